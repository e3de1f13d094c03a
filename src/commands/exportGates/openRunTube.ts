import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { spilloverFromKeywords } from '../../compensation/index.ts';
import { type FcsParameter, openFile, readFcs, sha256Of } from '../../fcs/index.ts';
import {
  type BookTube,
  bookSample,
  type ForeignMatrix,
  type ForeignSample,
  gatingMlUnit,
  matrixOf,
} from '../../foreign/index.ts';
import { tubeBook } from '../../gating/index.ts';
import { problem, type Reading } from '../../problems/index.ts';
import type { ReadRun, RunTube, TubeHandling } from './readRun.ts';

/** A tube of a run, with its placed gates in the common model. */
export interface OpenedRunTube {
  readonly sampleId: string;
  readonly fileName: string;
  readonly parameters: readonly FcsParameter[];
  readonly keywords: ReadonlyMap<string, string>;
  readonly sample: ForeignSample;
  readonly left: ReadonlyMap<string, string>;
  /** The file itself. */
  readonly path: string;
  /** $PnN -> what values of the file are multiplied by before gates see them. */
  readonly unitFactors: Readonly<Record<string, number>>;
  /** The matrix that was applied, also where it is the file's own. */
  readonly matrix: ForeignMatrix | undefined;
}

/** Finds the file of a tube, by its hash, and brings its gates into the common model. */
export function openRunTube(
  folder: string,
  run: ReadRun,
  tube: RunTube,
  fcsFolder: string | undefined,
): Reading<OpenedRunTube> {
  const where = { file: tube.path, sampleId: tube.sampleId };
  const refuse = (message: string): Reading<OpenedRunTube> => {
    return { value: undefined, problems: [problem('error', 'import.not-exported', message, where)] };
  };
  const { handling } = tube;
  if (handling === undefined)
    return refuse('the run does not say how the tube was compensated: it is of an older version');
  if (handling.values !== 'linear')
    return refuse(`the file keeps its values on a display scale (${handling.values}), on which no other program gates`);
  if (handling.amplification === 'stored')
    return refuse('the template takes numbers of log amplifiers as they stand, which no other program does');
  const book = run.books.find(({ gates }) =>
    gates.some(({ tubes }) => tubes.some((one) => one.sample_id === tube.sampleId)),
  );
  if (book === undefined) return refuse('the run placed no gate in the tube');
  const path = fileOf(folder, tube, fcsFolder);
  if (path === undefined) return refuse('its FCS file was not found as the run read it; name its folder with --fcs');
  const source = openFile(path, tube.path);
  try {
    const { value: file, problems } = readFcs(source);
    if (file === undefined) return { value: undefined, problems };
    const own = spilloverFromKeywords(file.keywords, file.parameters, where).value ?? undefined;
    const matrix = appliedMatrix(handling, own);
    if (handling.compensated && matrix === undefined)
      return refuse('the matrix with which it was compensated is not in its file any more');
    const fileName = tube.path.split('/').at(-1) ?? tube.path;
    const unitFactors = unitsOf(handling, file.parameters, file.keywords);
    const made = bookSample({
      fileName,
      eventCount: file.eventCount,
      keywords: file.keywords,
      book: tubeBook(book, tube.sampleId),
      matrix,
      unitFactors,
      anyChannel: file.parameters[0]?.name ?? '',
      counts: run.counts.get(tube.sampleId) ?? new Map(),
    });
    const { parameters, keywords } = file;
    const applied = matrix === undefined ? undefined : matrixOf(matrix);
    return {
      value: { sampleId: tube.sampleId, fileName, path, unitFactors, parameters, keywords, ...made, matrix: applied },
      problems: [],
    };
  } finally {
    source.close();
  }
}

/** What values of the file are multiplied by before gates see them; Gating-ML's units are those of the template. */
function unitsOf(
  { amplification, unit_factors: factors }: TubeHandling,
  parameters: readonly FcsParameter[],
  keywords: ReadonlyMap<string, string>,
): Readonly<Record<string, number>> {
  if (amplification !== 'gating-ml') return factors;
  return Object.fromEntries(
    parameters.map((one) => [one.name, gatingMlUnit(one, keywords) * (factors[one.name] ?? 1)]),
  );
}

type Applied = NonNullable<BookTube['matrix']>;

function appliedMatrix(
  { compensated, matrix }: TubeHandling,
  own: { readonly channels: readonly string[]; readonly matrix: ArrayLike<number> } | undefined,
): Applied | undefined {
  if (!compensated) return undefined;
  const from = matrix === null ? own : { channels: matrix.channels, matrix: matrix.values };
  if (from === undefined) return undefined;
  const { channels, matrix: values } = from;
  const n = channels.length;
  const rows = channels.map((_, i) => Array.from({ length: n }, (_unused, j) => values[i * n + j]!));
  return { channels, rows, isFilesOwn: matrix === null };
}

/** By the record's path from where it may have been meant, and only with the bytes that the run read. */
function fileOf(folder: string, { path, sha256 }: RunTube, fcsFolder: string | undefined): string | undefined {
  const name = path.split('/').at(-1) ?? path;
  const bases = [process.cwd(), folder, dirname(folder), dirname(dirname(folder)), dirname(dirname(dirname(folder)))];
  const wanted = fcsFolder === undefined ? [] : [join(fcsFolder, name), join(fcsFolder, path)];
  const candidates = [...wanted, ...bases.map((base) => join(base, path))].map((one) => resolve(one));
  return candidates.find((one) => statSync(one, { throwIfNoEntry: false })?.isFile() && hashOf(one) === sha256);
}

function hashOf(path: string): string {
  const source = openFile(path);
  try {
    return sha256Of(source);
  } finally {
    source.close();
  }
}
