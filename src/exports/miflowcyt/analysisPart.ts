import { type BookScale, scaleSpecOf } from '../../gating/index.ts';
import type { ExportedRun } from '../exportedRun.ts';
import { gateDefinitions } from '../gateDefinitions.ts';
import { levelText } from '../shares.ts';
import { rowsOf } from '../typedTable.ts';
import { item, NOT_RECORDED, table } from './markdown.ts';

/** Item 4: files, compensation, transformations, gates. */
export function analysisPart(run: ExportedRun): string {
  const compensation = [...new Set(run.tubes.flatMap((tube) => tube.compensation ?? []))];
  return [
    '## 4 Data analysis',
    item('4.1', 'List-mode data files', 'every file with its hash; where they are kept is to be completed'),
    table(['sample_id', 'file', 'events', 'sha-256'], fileRows(run)),
    item('4.2', 'Compensation', compensationWords(compensation)),
    item('4.3', 'Data transformation', 'for display and for gates that are not drawn on linear values'),
    table(
      ['marker', 'channel', 'kind', 'parameters'],
      run.books.flatMap(({ scales }) => scales.map(scaleRow)),
    ),
    item('4.4', 'Gating', 'where each gate lies in each tube is in placements.json, pictures of all in report.html'),
    table(['population', 'parent', 'method', 'markers', '% of parent, median (lowest to highest tube)'], gateRows(run)),
  ].join('\n\n');
}

function fileRows({ inputs, tubes }: ExportedRun): readonly (readonly string[])[] {
  const events = new Map(tubes.map((tube) => [tube.sampleId, tube.events]));
  return inputs
    .filter(({ role }) => role === 'fcs')
    .map(({ path, sampleId, sha256 }) => [
      sampleId ?? '',
      path,
      String(events.get(sampleId ?? '') ?? NOT_RECORDED),
      sha256 ?? NOT_RECORDED,
    ]);
}

function compensationWords(says: readonly string[]): string {
  if (says.length === 0) return NOT_RECORDED;
  return `spillover matrix, solved with the measured values: ${says.join('; ')}. A matrix of the file is its keyword; another one is in run.json under handling`;
}

function scaleRow(scale: BookScale): readonly string[] {
  const { kind, ...parameters } = scaleSpecOf(scale);
  const words = Object.entries(parameters).map(([name, value]) => `${name} = ${String(value)}`);
  return [scale.marker, scale.channel, kind, words.join(', ')];
}

function gateRows(run: ExportedRun): readonly (readonly string[])[] {
  const inside = percentages(run);
  return run.books.flatMap((book) => {
    const definitions = gateDefinitions(book);
    return book.gates.map(({ population, parent, method }) => {
      const markers = levelText(definitions.get(population));
      return [population, parent, method, markers === '' ? 'none' : markers, inside.get(population) ?? 'not evaluable'];
    });
  });
}

/** Population -> median and range over the tubes in which it could be evaluated. */
function percentages(run: ExportedRun): ReadonlyMap<string, string> {
  const found = new Map<string, number[]>();
  const rows = run.tableNames.includes('frequencies') ? rowsOf(run.table('frequencies')) : [];
  for (const { population, pct_parent: percent, status } of rows) {
    if (typeof percent === 'number' && status === 'ok')
      found.set(String(population), [...(found.get(String(population)) ?? []), percent]);
  }
  return new Map([...found].map(([population, values]) => [population, range(values)]));
}

function range(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)];
  return `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}; ${sorted.length} tubes)`;
}
