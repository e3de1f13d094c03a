import { spilloverFromKeywords } from '../compensation/index.ts';
import { type OpenSource, openFile, readColumns, readFcs, sha256Of } from '../fcs/index.ts';
import type { ForeignTube } from '../foreign/index.ts';
import { type Problem, problem, type Reading, systemRefusal, type Where } from '../problems/index.ts';
import type { TubeFile } from './task.ts';

/** A tube's file for gates of another program, and what a record says of it. */
export interface OpenedForeignTube {
  readonly tube: ForeignTube;
  readonly bytes: number;
  readonly sha256: string;
  readonly cytometer: string;
}

/**
 * Opens a tube for gates of another program and hands it over; columns are read when they are asked for.
 * @returns what `use` gives, every problem of it naming the tube; where the file cannot be used, why
 */
export function withForeignTube<T>(tube: TubeFile, use: (opened: OpenedForeignTube) => Reading<T>): Reading<T> {
  const where: Where = { file: tube.displayPath, sampleId: tube.sampleId };
  const source = open(tube);
  if (typeof source === 'string') {
    return { value: undefined, problems: [problem('error', 'fcs.unreadable-file', source, where)] };
  }
  try {
    const { value: file, problems } = readFcs(source, tube.reading);
    if (file === undefined) return { value: undefined, problems: named(problems, where) };
    const matrix = spilloverFromKeywords(file.keywords, file.parameters, where);
    const used = use({
      tube: {
        eventCount: file.eventCount,
        parameters: file.parameters,
        keywords: file.keywords,
        fileMatrix: matrix.value ?? undefined,
        matrixFault: matrix.value === undefined ? faultOf(matrix.problems) : undefined,
        column(name) {
          const parameter = file.parameters.find((one) => one.name === name);
          if (parameter === undefined) throw new Error(`${file.name} has no channel "${name}"`);
          return readColumns(source, file, [parameter.index]).columns[0]!;
        },
      },
      bytes: source.sizeBytes,
      sha256: sha256Of(source),
      cytometer: (file.keywords.get('$CYT') ?? '').trim(),
    });
    return { value: used.value, problems: named([...problems, ...used.problems], where) };
  } finally {
    source.close();
  }
}

/** Told where a gate asks for the matrix: others do without it. */
function faultOf(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  return `the matrix of the file cannot be used: ${errors.join('; ')}`;
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

function named(problems: readonly Problem[], where: Where): Problem[] {
  return problems.map((one) => ({ ...one, where: { ...where, ...one.where } }));
}
