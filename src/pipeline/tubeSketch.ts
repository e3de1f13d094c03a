import { countPopulations, type Events, type TubeBook, tubeBook } from '../gating/index.ts';
import type { TubeSurvey } from '../placement/index.ts';
import type { PlacedPanel } from './placedPanel.ts';
import type { WalkTube } from './walkTube.ts';

type Reservoir = TubeSurvey['reservoirs'][number];

/** Some cells of a population with all their markers: to see where they lie in the gates above. */
export interface SampledCells {
  readonly population: string;
  /** Marker -> linear, compensated values, one a cell. */
  readonly columns: Readonly<Record<string, Float32Array>>;
}

/** Rows of a sample that are sorted into the tree: of a random order any first part is a sample as well. */
const MOST_ROWS = 4_000;

/** Cells of one population that are shown: enough for a cloud, few enough for a page of hundreds of tubes. */
const MOST_CELLS = 40;

/**
 * Cells of some populations, from the sample on which the gates were placed: no file is read again. A rare population is
 * taken from the sample of its own stratum, where the template keeps one.
 */
export function sampledCells(survey: TubeSurvey, book: TubeBook, populations: readonly string[]): SampledCells[] {
  const inside = new Map<Reservoir, ReadonlyMap<string, Uint8Array>>();
  return populations.flatMap((population) => {
    const reservoir = reservoirOf(survey, population);
    if (reservoir === undefined || reservoir.rowCount === 0) return [];
    const marks = inside.get(reservoir) ?? membersIn(survey, reservoir, book);
    inside.set(reservoir, marks);
    const rows = firstMarked(marks.get(population));
    if (rows.length === 0) return [];
    const columns = Object.entries(reservoir.columns).map(
      ([marker, values]) => [marker, Float32Array.from(rows, (row) => values[row]!)] as const,
    );
    return [{ population, columns: Object.fromEntries(columns) }];
  });
}

/** sampleId -> cells of what is asked about, or of the ends of the tree where nothing is. */
export function cellsOfTubes(
  tubes: readonly WalkTube[],
  surveys: ReadonlyMap<string, TubeSurvey>,
  panels: ReadonlyMap<string, PlacedPanel>,
  endpoints: readonly string[] | undefined,
): ReadonlyMap<string, readonly SampledCells[]> {
  return new Map(
    tubes.flatMap((tube) => {
      const { sampleId } = tube.file;
      const [survey, placed] = [surveys.get(sampleId), panels.get(tube.panel)];
      if (survey === undefined || placed === undefined) return [];
      const book = tubeBook(placed.book, sampleId);
      return [[sampleId, sampledCells(survey, book, shownPopulations(book, endpoints))] as const];
    }),
  );
}

/** Populations beyond which a choice on the page is no choice any more. */
const MOST_POPULATIONS = 8;

/** Those of the endpoints that the tube's tree has; where nothing is asked, the ends of the tree. */
export function shownPopulations({ gates }: TubeBook, endpoints: readonly string[] | undefined): string[] {
  const parents = new Set(gates.map(({ parent }) => parent));
  const paths = gates.map(({ population }) => population);
  const shown =
    endpoints === undefined
      ? paths.filter((path) => !parents.has(path))
      : paths.filter((path) => endpoints.includes(path));
  return shown.slice(0, MOST_POPULATIONS);
}

/** The stratum that the population lies in, else the sample of all events. */
function reservoirOf({ reservoirs }: TubeSurvey, population: string): Reservoir | undefined {
  const stratum = reservoirs.find((one) => one.for !== '' && `${population}/`.startsWith(`${one.for}/`));
  return stratum ?? reservoirs.find(({ name }) => name === 'root');
}

function membersIn({ channels }: TubeSurvey, reservoir: Reservoir, book: TubeBook): ReadonlyMap<string, Uint8Array> {
  const markers = new Map(Object.entries(channels).map(([marker, channel]) => [channel, marker]));
  const count = Math.min(reservoir.rowCount, MOST_ROWS);
  const columns = new Map(
    Object.entries(reservoir.columns).map(([marker, own]) => [marker, Float64Array.from(own.subarray(0, count))]),
  );
  const events: Events = {
    count,
    values({ name, scale }, wanted) {
      const column = columns.get(markers.get(name) ?? '');
      if (column === undefined) throw new Error(`the sample has no channel "${name}"`);
      if (wanted === 'all' && scale === undefined) return column;
      const out = wanted === 'all' ? new Float64Array(column) : gathered(column, wanted);
      scale?.forwardColumn(out, out);
      return out;
    },
  };
  const { membership } = countPopulations(events, book, { membership: true, pictures: false });
  return new Map(book.gates.map(({ population }, i) => [population, membership?.[i] ?? new Uint8Array()]));
}

function gathered(column: Float64Array, rows: Uint32Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = column[rows[i]!]!;
  return out;
}

/** Rows with a mark, as many as are shown. */
function firstMarked(marks: Uint8Array | undefined): number[] {
  const rows: number[] = [];
  for (let row = 0; marks !== undefined && row < marks.length && rows.length < MOST_CELLS; row++) {
    if (marks[row] === 1) rows.push(row);
  }
  return rows;
}
