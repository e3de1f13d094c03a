import {
  compensateColumn,
  judgePairs,
  makeCompensator,
  type PairSlopes,
  pairSlopes,
  poolPairs,
  type Spillover,
  spilloverFromKeywords,
} from '../src/compensation/index.ts';
import type { ValuesVerdict } from '../src/compensation/tools.ts';
import { openFile, readColumns, readFcs } from '../src/fcs/index.ts';

// What the values of real tubes are taken for, as they are and compensated by their own matrix, held against their own
// matrix and against foreign ones. Run: npm run bench:compensated -- FOLDER FILE...

type Columns = readonly Float64Array[];
type Outcome = 'right' | 'undecided' | 'wrong';
const mostEvents = 10_000;
const extracts = 20;

interface Tube {
  readonly spillover: Spillover;
  readonly columns: Columns;
}

function load(path: string): Tube | undefined {
  const source = openFile(path, path);
  try {
    const { value: file } = readFcs(source);
    const spillover = file && spilloverFromKeywords(file.keywords, file.parameters, {}).value;
    if (!file || !spillover) return undefined;
    const numbers = spillover.channels.map((name) => file.parameters.find((one) => one.name === name)?.index ?? 0);
    const step = Math.max(1, Math.floor(file.eventCount / mostEvents));
    const { columns } = readColumns(source, file, numbers);
    return { spillover, columns: columns.map((column) => column.filter((_, i) => i % step === 0)) };
  } finally {
    source.close();
  }
}

function compensated({ spillover, columns }: Tube): Columns {
  const compensator = makeCompensator(spillover);
  return spillover.channels.map((channel) => {
    const out = new Float64Array(columns[0]?.length ?? 0);
    compensateColumn(columns, compensator.weights(channel)?.weights ?? new Float64Array(), out);
    return out;
  });
}

/** The matrix with every cell taken from another one. */
function changed(spillover: Spillover, cell: (at: (i: number, j: number) => number, i: number, j: number) => number) {
  const n = spillover.channels.length;
  const at = (i: number, j: number): number => spillover.matrix[(i % n) * n + (j % n)] ?? 0;
  return {
    ...spillover,
    matrix: Float64Array.from({ length: n * n }, (_, k) => cell(at, Math.floor(k / n), k % n)),
  };
}

function foreignMatrices(spillover: Spillover): Spillover[] {
  const rotated = spillover.channels.slice(1).map((_, k) => changed(spillover, (at, i, j) => at(i + k + 1, j + k + 1)));
  const turned = changed(spillover, (at, i, j) => at(j, i));
  const twice = changed(spillover, (at, i, j) => (i === j ? at(i, j) : 2 * at(i, j)));
  return [...rotated, turned, twice];
}

function dimmest(columns: Columns): Columns {
  const sums = Float64Array.from(columns[0] ?? [], (_, event) =>
    columns.reduce((sum, column) => sum + (column[event] ?? 0), 0),
  );
  const limit = sums.slice().sort()[Math.floor(sums.length / 5)] ?? 0;
  return columns.map((column) => column.filter((_, event) => (sums[event] ?? 0) < limit));
}

function part(columns: Columns, k: number): Columns {
  return columns.map((column) => column.filter((_, event) => event % extracts === k));
}

type Truth = 'raw' | 'compensated' | 'raw, foreign matrix' | 'compensated, foreign matrix' | 'dim events, raw';

function outcomeOf(truth: Truth, { verdict, misfit }: ValuesVerdict): Outcome {
  const isSaid = misfit !== 'none';
  switch (truth) {
    case 'raw':
      if (verdict === 'compensated' || isSaid) return 'wrong';
      return verdict === 'raw' ? 'right' : 'undecided';
    case 'dim events, raw':
      if (verdict === 'compensated') return 'wrong';
      return verdict === 'raw' ? 'right' : 'undecided';
    case 'compensated':
      if (verdict === 'raw') return 'wrong';
      return verdict === 'compensated' ? 'right' : 'undecided';
    case 'raw, foreign matrix':
      if (isSaid) return 'right';
      return verdict === 'undecided' ? 'undecided' : 'wrong';
    case 'compensated, foreign matrix':
      if (isSaid || verdict === 'compensated') return 'right';
      return verdict === 'undecided' ? 'undecided' : 'wrong';
    default:
      return truth satisfies never;
  }
}

const table = new Map<string, Record<Outcome, number>>();
function note(row: string, truth: Truth, found: ValuesVerdict, file: string): void {
  const outcome = outcomeOf(truth, found);
  const counts = table.get(row) ?? { right: 0, undecided: 0, wrong: 0 };
  counts[outcome] += 1;
  table.set(row, counts);
  if (outcome === 'wrong' || process.env.VERBOSE) console.log(`${outcome} ${file}: ${row}: ${JSON.stringify(found)}`);
}

const [folder = '.', ...files] = process.argv.slice(2);
for (const file of files) {
  const tube = load(`${folder}/${file}`);
  if (tube === undefined) continue;
  const { spillover, columns } = tube;
  const judge = (matrix: Spillover, pairs: readonly PairSlopes[]) => judgePairs(matrix, pairs);
  for (const [truth, own] of [
    ['raw', columns],
    ['compensated', compensated(tube)],
  ] as const) {
    note(`${truth}, whole`, truth, judge(spillover, pairSlopes(spillover, own)), file);
    const pieces = Array.from({ length: extracts }, (_, k) => pairSlopes(spillover, part(own, k)));
    for (const piece of pieces) note(`${truth}, 500 events alone`, truth, judge(spillover, piece), file);
    note(`${truth}, 20 × 500 events pooled`, truth, judge(spillover, poolPairs(pieces)), file);
    for (const foreign of foreignMatrices(spillover)) {
      note(`${truth}, foreign matrix`, `${truth}, foreign matrix`, judge(foreign, pairSlopes(foreign, own)), file);
      for (const piece of pieces.slice(0, 4)) {
        note(`${truth}, foreign matrix, 500 events`, `${truth}, foreign matrix`, judge(foreign, piece), file);
      }
    }
  }
  const dim = dimmest(columns);
  note('raw, dimmest fifth', 'dim events, raw', judge(spillover, pairSlopes(spillover, dim)), file);
}
console.log('| values and matrix | right | undecided | wrong |\n|---|---|---|---|');
for (const [row, { right, undecided, wrong }] of table) console.log(`| ${row} | ${right} | ${undecided} | ${wrong} |`);
