import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { compensateColumn, makeCompensator, matchSpillover, spilloverFromKeywords } from '../../compensation/index.ts';
import type { ExportEvents, ExportTube } from '../../exports/index.ts';
import {
  type FcsFile,
  type FcsReadingOptions,
  type OpenSource,
  openFile,
  readColumns,
  readFcs,
  sha256Of,
} from '../../fcs/index.ts';
import { countPopulations, type PlacementBook, tubeBook } from '../../gating/index.ts';
import { type Problem, problem, type Reading, type Where } from '../../problems/index.ts';
import type { RecordedHandling } from './runRecord.ts';

/** A tube of a run, and where its file may be. */
export interface RunTube {
  readonly sampleId: string;
  /** As the record names it. */
  readonly shown: string;
  readonly sha256: string | null;
  readonly reading: FcsReadingOptions;
  /** Absolute, the likeliest first. */
  readonly candidates: readonly string[];
  readonly handling: RecordedHandling | undefined;
  readonly book: PlacementBook | undefined;
  /** Population -> events in it, as the run counted them. */
  readonly counts: ReadonlyMap<string, number | null>;
}

/** Where the record's path may have been meant from: the working directory, the run's folder and those above it. */
export function candidatesOf(folder: string, path: string, fcsFolder: string | undefined): string[] {
  const name = path.split('/').at(-1) ?? path;
  const bases = [process.cwd(), folder, dirname(folder), dirname(dirname(folder)), dirname(dirname(dirname(folder)))];
  const wanted = fcsFolder === undefined ? [] : [join(fcsFolder, name), join(fcsFolder, path)];
  return [...wanted, ...bases.map((base) => join(base, path))].map((one) => resolve(one));
}

/** Opens the file of a tube, found by its hash, and hands it over. */
export function withRunTube<T>(tube: RunTube, use: (opened: ExportTube) => Reading<T>): Reading<T> {
  const where = { file: tube.shown, sampleId: tube.sampleId };
  const refuse = (message: string): Reading<T> => {
    return { value: undefined, problems: [problem('error', 'output.not-exported', message, where)] };
  };
  const path = tube.candidates.find(
    (one) => statSync(one, { throwIfNoEntry: false })?.isFile() && hashOf(one) === tube.sha256,
  );
  if (path === undefined) return refuse('its FCS file was not found as the run read it; name its folder with --fcs');
  const source = openFile(path, tube.shown);
  try {
    const { value: file, problems } = readFcs(source, tube.reading);
    if (file === undefined) return { value: undefined, problems };
    const { version, eventCount, parameters, keywords } = file;
    const fileName = tube.shown.split('/').at(-1) ?? tube.shown;
    return use({
      fileName,
      version,
      eventCount,
      parameters,
      keywords,
      events: () => eventsOf(tube, source, file, where),
    });
  } finally {
    source.close();
  }
}

function hashOf(path: string): string {
  const source = openFile(path);
  try {
    return sha256Of(source);
  } finally {
    source.close();
  }
}

/** Values and populations as the run had them: the counts are held against those that it wrote. */
function eventsOf(tube: RunTube, source: OpenSource, file: FcsFile, where: Where): Reading<ExportEvents> {
  const { handling, book, counts } = tube;
  const refuse = (message: string): Reading<ExportEvents> => {
    return { value: undefined, problems: [problem('error', 'output.not-exported', message, where)] };
  };
  if (handling === undefined || book === undefined) return refuse('the run does not say how its values were handled');
  if (handling.values !== 'linear') return refuse(`the file keeps its values on a display scale (${handling.values})`);
  const read = linearColumns(handling, source, file, where);
  if (read.value === undefined) return { value: undefined, problems: read.problems };
  const columns = read.value;
  const own = tubeBook(book, tube.sampleId);
  const events = {
    count: file.eventCount,
    values(
      channel: {
        readonly name: string;
        readonly scale?: { forwardColumn(from: Float64Array, to: Float64Array): void } | undefined;
      },
      wanted: 'all' | Uint32Array,
    ) {
      const column = columns.get(channel.name);
      if (column === undefined) throw new Error(`${tube.shown} has no channel "${channel.name}"`);
      const out = wanted === 'all' ? Float64Array.from(column) : Float64Array.from(wanted, (event) => column[event]!);
      channel.scale?.forwardColumn(out, out);
      return out;
    },
  };
  const counted = countPopulations(events, own, { membership: true, pictures: false });
  const unlike = counted.populations.filter(({ population, count }) => counts.get(population) !== count);
  if (unlike.length > 0) {
    const [{ population, count } = { population: '', count: null }] = unlike;
    return refuse(
      `read again it has ${count ?? 'no'} events in ${population}, where the run had ${counts.get(population) ?? 'none'}`,
    );
  }
  const membership = new Map(
    own.gates.map(({ population }, i) => [population, counted.membership?.[i] ?? new Uint8Array()]),
  );
  return { value: { columns, membership }, problems: [] };
}

/** Every channel, compensated by the matrix that the run applied, in the unit of the study. */
function linearColumns(
  handling: RecordedHandling,
  source: OpenSource,
  file: FcsFile,
  where: Where,
): Reading<ReadonlyMap<string, Float64Array>> {
  const { amplification, unit_factors: factors } = handling;
  const indices = file.parameters.map(({ index }) => index);
  const stored = readColumns(source, file, indices, { amplification }).columns;
  const raw = new Map(file.parameters.map(({ name }, i) => [name, stored[i]!]));
  const matrix = appliedMatrix(handling, file, where);
  if (matrix.value === undefined) return { value: undefined, problems: matrix.problems };
  const compensator = matrix.value === null ? undefined : makeCompensator(matrix.value);
  const columns = file.parameters.map(({ name }) => {
    const weights = compensator?.weights(name);
    const out = weights === undefined ? Float64Array.from(raw.get(name)!) : new Float64Array(file.eventCount);
    if (weights !== undefined)
      compensateColumn(
        weights.channels.map((one) => raw.get(one)!),
        weights.weights,
        out,
      );
    const factor = factors[name] ?? 1;
    // In the unit of the file first: its matrix was measured in that.
    if (factor !== 1) for (let i = 0; i < out.length; i++) out[i]! *= factor;
    return [name, out] as const;
  });
  return { value: new Map(columns), problems: [] };
}

type Matrix = Parameters<typeof makeCompensator>[0];

function appliedMatrix({ compensated, matrix }: RecordedHandling, file: FcsFile, where: Where): Reading<Matrix | null> {
  if (!compensated) return { value: null, problems: [] };
  if (matrix === null) {
    const own = spilloverFromKeywords(file.keywords, file.parameters, where);
    return own.value === null ? { value: undefined, problems: [lost(where)] } : own;
  }
  const written = {
    channels: matrix.channels,
    matrix: Float64Array.from(matrix.values),
    source: 'run.json',
    conditionNumber: 1,
  };
  return matchSpillover(written, file.parameters, where);
}

function lost(where: Where): Problem {
  return problem('error', 'output.not-exported', 'the matrix with which it was compensated is not in its file', where);
}
