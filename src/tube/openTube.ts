import { type FcsFile, type OpenSource, openFile, readFcs } from '../fcs/index.ts';
import { type Problem, problem, type Reading, systemRefusal, type Where } from '../problems/index.ts';
import type { MarkerMap, Template } from '../template/index.ts';
import type { TubeFile } from './task.ts';
import { tubeChannels } from './tubeChannels.ts';
import { type TubeMatrix, tubeMatrix } from './tubeMatrix.ts';

/** A tube's file, described and named, before any event is used. */
export interface OpenedTube {
  readonly source: OpenSource;
  readonly file: FcsFile;
  readonly channels: MarkerMap;
  readonly matrix: TubeMatrix;
  /** What messages about this tube name. */
  readonly where: Where;
  /** What is doubtful about file, names and matrix. */
  readonly problems: readonly Problem[];
}

/**
 * Opens a tube and hands it over.
 * @returns what `use` gives, every problem of it naming the tube; where the file cannot be used, why
 */
export function withTube<T>(tube: TubeFile, template: Template, use: (opened: OpenedTube) => Reading<T>): Reading<T> {
  const where: Where = { file: tube.displayPath, sampleId: tube.sampleId };
  const source = open(tube);
  if (typeof source === 'string') {
    return { value: undefined, problems: [problem('error', 'fcs.unreadable-file', source, where)] };
  }
  try {
    const opened = describe(source, tube, template, where);
    if (opened.value === undefined) return { value: undefined, problems: opened.problems };
    const used = use(opened.value);
    return { value: used.value, problems: nameProblems(used.problems, where) };
  } finally {
    source.close();
  }
}

function open({ path, displayPath }: TubeFile): OpenSource | string {
  try {
    return openFile(path, displayPath);
  } catch (error) {
    const refusal = systemRefusal(error);
    if (refusal === undefined) throw error;
    return `the file cannot be opened: ${refusal}`;
  }
}

function describe(source: OpenSource, tube: TubeFile, template: Template, where: Where): Reading<OpenedTube> {
  const { value: file, problems } = readFcs(source, tube.reading);
  if (!file) return { value: undefined, problems: nameProblems(problems, where) };
  const channels = tubeChannels(template, file, where);
  const matrix = tubeMatrix(file, tube.compensation ?? template.compensation, where);
  const found = nameProblems([...problems, ...channels.problems, ...matrix.problems], where);
  if (!channels.value || !matrix.value) return { value: undefined, problems: found };
  const opened = { source, file, channels: channels.value, matrix: matrix.value, where, problems: found };
  return { value: opened, problems: [] };
}

/** Every finding names its tube, wherever it was made. */
function nameProblems(problems: readonly Problem[], where: Where): Problem[] {
  return problems.map((one) => ({ ...one, where: { ...where, ...one.where } }));
}
