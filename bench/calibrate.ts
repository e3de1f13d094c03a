import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Cell, verdictOf } from './calibration/cell.ts';
import { claims } from './calibration/claims.ts';
import { counting } from './calibration/counting.ts';
import { coverage } from './calibration/coverage.ts';
import { equivalence, transientRise } from './calibration/equivalence.ts';
import { families } from './calibration/families.ts';
import { typeOne } from './calibration/typeOne.ts';
import { visitModel } from './calibration/visits.ts';

// Simulates what the statistics promise (level, coverage, power) and writes the table at the end of docs/statistics.md.

const usage = 'npm run calibrate -- [--share 1]: a share of the runs, for a quick look; only a whole one is written';
const heading = '## Calibration';

interface Part {
  readonly title: string;
  /** Runs of a cell, and of the document that the expected values come from where it names them. */
  readonly runs: number;
  readonly cells: (runs: number) => Cell[];
}

const parts: readonly Part[] = [
  { title: 'Error of the first kind at α = .05, two-sided', runs: 40_000, cells: typeOne },
  { title: 'Coverage of intervals, nominal 95 %', runs: 20_000, cells: coverage },
  { title: 'Families of endpoints, 8 patients', runs: 6_000, cells: families },
  { title: 'Equivalence within ×0.80 to 1.25', runs: 40_000, cells: equivalence },
  { title: 'Transient rise (intersection–union), 8 patients', runs: 40_000, cells: transientRise },
  { title: 'Claims of several endpoints or visits, 8 patients', runs: 40_000, cells: claims },
  { title: 'All visits', runs: 2_000, cells: visitModel },
  { title: 'Few events: share 3 %, ratio 2, 8 patients', runs: 4_000, cells: counting },
];

function main(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { share: { type: 'string' } } });
  const share = Number(values.share ?? 1);
  if (!(share > 0 && share <= 1)) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const done = parts.map((part) => {
    const cells = part.cells(Math.ceil(share * part.runs));
    process.stdout.write(`\n${part.title}\n${cells.map(lineOf).join('')}`);
    return { title: part.title, cells };
  });
  const out = done.flatMap(({ cells }) => cells).filter((cell) => verdictOf(cell) === 'OUT');
  const cellCount = done.reduce((sum, { cells }) => sum + cells.length, 0);
  process.stdout.write(`\n${cellCount} cells, ${out.length} outside\n`);
  if (share === 1) writeTable(done);
  return out.length === 0 ? 0 : 1;
}

function lineOf(cell: Cell): string {
  const { what, found, error, seed } = cell;
  const numbers = `${three(found)} ± ${error.toFixed(4)}, expected ${expectedText(cell)}`;
  return `  ${what.padEnd(70)} ${numbers.padEnd(44)} ${verdictOf(cell)} (seed ${seed})\n`;
}

function expectedText({ expected }: Cell): string {
  switch (expected.kind) {
    case 'near':
      return three(expected.value);
    case 'atMost':
      return `≤ ${three(expected.value)}`;
    case 'atLeast':
      return `≥ ${three(expected.value)}`;
    case 'between':
      return `${three(expected.low)} to ${three(expected.high)}`;
    case 'shown':
      return '–';
    default:
      return expected satisfies never;
  }
}

function three(x: number): string {
  return x.toFixed(4).replace(/0$/, '');
}

/** Everything from the heading on is remade; what stands above it is kept. */
function writeTable(done: readonly { readonly title: string; readonly cells: readonly Cell[] }[]): void {
  // Run as built code, from dist/bench: the repository is two folders up.
  const path = join(import.meta.dirname, '..', '..', 'docs', 'statistics.md');
  const text = readFileSync(path, 'utf8');
  const at = text.indexOf(`\n${heading}\n`);
  const above = at < 0 ? text.trimEnd() : text.slice(0, at).trimEnd();
  const cells = done.flatMap((part) => part.cells);
  const count = (verdict: string) => cells.filter((cell) => verdictOf(cell) === verdict).length;
  const tables = done.map(({ title, cells: own }) => {
    const rows = own.map((cell) => {
      const { what, runs, seed, found, error } = cell;
      return `| ${what} | ${three(found)} | ${error.toFixed(4)} | ${expectedText(cell)} | ${verdictOf(cell)} | ${runs} | ${seed} |`;
    });
    return `### ${title}\n\n| simulated | found | error | expected | verdict | runs | seed |\n| --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
  });
  writeFileSync(path, `${above}\n\n${heading}\n\n${preface(cells.length, count)}\n\n${tables.join('\n\n')}\n`);
}

function preface(cellCount: number, count: (verdict: string) => number): string {
  return `Made by \`npm run calibrate\`, which simulates what the statistics promise and judges it: *within* three Monte-Carlo standard errors of the expected value (and of what that value is itself uncertain by: its last digit, its own simulation), *conservative* where a bound is kept by more than that, *OUT* otherwise. ${cellCount} cells: ${count('within')} within, ${count('conservative')} conservative, ${count('shown')} shown without an expected value, ${count('OUT')} outside. One cell in 370 would lie outside by chance.

A skewed shift is no null hypothesis of the signed-rank test: it tests symmetry about zero, neither the mean nor the median. With log-normal differences of median zero it and the t test reject more often than at 5 %, as the table shows; the sign test, which is about the median, keeps its level.`;
}

process.exitCode = main(process.argv.slice(2));
