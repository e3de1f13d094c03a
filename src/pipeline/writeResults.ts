import {
  associationColumns,
  comparisonColumns,
  pairColumns,
  ridgeEffectColumns,
  visitColumns,
} from '../analysis/index.ts';
import { type RecordInput, type RecordTube, type RunLog, runRecord, sortInputs, version } from '../batch/index.ts';
import { frequencyColumns, siblingColumns } from '../frequencies/index.ts';
import type { TubeCounts } from '../gating/index.ts';
import { byText, hasErrors, type Problem, sortProblems } from '../problems/index.ts';
import type { ReportInput } from '../report/index.ts';
import { jsonText, writeCsv } from '../tables/index.ts';
import { writeCountTables } from './countTables.ts';
import { methodsText } from './methodsText.ts';
import { type Outputs, openOutputs, removeFormerOutputs } from './outputs.ts';
import { type Results, tubeInputs, tubeRecords } from './results.ts';

/** What the record needs beyond the results. */
export interface Ending {
  readonly exit: 0 | 3;
  readonly threads: number;
  readonly started: Date;
  readonly log: RunLog;
}

/**
 * Writes all files of a run; run.json comes last, so that a folder with a record is complete.
 * @param folder absolute path
 */
export async function writeResults(folder: string, results: Results, { log, ...ending }: Ending): Promise<void> {
  const outputs = openOutputs(folder, log);
  const tubes = results.walked === undefined ? [] : tubeRecords(results.tubes, results.walked);
  if (results.walked !== undefined) writeTubes(outputs, results);
  if (results.command === 'run') writeCountTables(outputs, results);
  if (results.analysis !== undefined) {
    outputs.write('comparisons.csv', writeCsv(comparisonColumns, results.analysis.comparisons));
    outputs.write('pairs.csv', writeCsv(pairColumns, results.analysis.pairs));
    outputs.write('visits.csv', writeCsv(visitColumns, results.analysis.visits));
    if (results.analysis.associations.length > 0) {
      outputs.write('associations.csv', writeCsv(associationColumns, results.analysis.associations));
    }
    if (results.analysis.ridgeEffects.length > 0) {
      outputs.write('ridge_effects.csv', writeCsv(ridgeEffectColumns, results.analysis.ridgeEffects));
    }
    if (results.siblings.length > 0) outputs.write('siblings.csv', writeCsv(siblingColumns, results.siblings));
    outputs.write('methods.txt', methodsText(results));
  }
  const fcsInputs = results.walked === undefined ? [] : tubeInputs(results.tubes, results.walked);
  const inputs = [...results.inputs, ...fcsInputs];
  await writeReport(outputs, reportInput(results, tubes, inputs));
  removeFormerOutputs(folder, results.command, outputs.written);
  const { command, study, problems } = results;
  const record = runRecord({
    command,
    study: study.name,
    ...ending,
    inputs,
    outputs: outputs.written,
    tubes,
    problems,
    plan: results.plan,
    seeds: seedsOf(results),
    versions: { cytopair: version },
    finished: new Date(),
  });
  outputs.write('run.json', jsonText(record));
}

function seedsOf({ study, walked }: Results): Readonly<Record<string, number>> {
  return walked === undefined ? {} : { placement: study.seed };
}

function writeTubes(outputs: Outputs, { walked, denominators, frequencies, panels, tubes }: Results): void {
  outputs.write('frequencies.csv', writeCsv(frequencyColumns(denominators), frequencies));
  for (const { panel } of panels) {
    const book = walked?.books.get(panel);
    const name = panels.length === 1 ? 'placements.json' : `placements-${panel}.json`;
    if (book !== undefined) outputs.write(name, jsonText(book));
  }
  for (const { sampleId } of tubes) {
    const counts = walked?.counts.get(sampleId);
    if (counts?.membership) outputs.write(`membership/${sampleId}.csv`, membershipText(counts, counts.membership));
  }
}

/** One row an event in file order, `0` or `1`; no index column: the line is the event, column sums are the counts. */
function membershipText({ populations, eventCount }: TubeCounts, membership: readonly Uint8Array[]): string {
  const header = populations.slice(1).map((one) => one.population);
  const lines = [header.join(',')];
  for (let event = 0; event < eventCount; event += 1) {
    lines.push(membership.map((column) => (column[event] === 1 ? '1' : '0')).join(','));
  }
  return `${lines.join('\n')}\n`;
}

// The libraries of the report take longer to load than a small study to gate: they come when all numbers are written.
async function writeReport(outputs: Outputs, input: ReportInput): Promise<void> {
  const { pairedFigures, renderReport } = await import('../report/index.ts');
  for (const { fileName, svg } of pairedFigures(input)) outputs.write(`figures/${fileName}`, svg);
  outputs.write('report.html', renderReport(input));
}

function reportInput(results: Results, records: readonly RecordTube[], inputs: readonly RecordInput[]): ReportInput {
  const { command, study, walked, analysis, panels } = results;
  return {
    command,
    study: { name: study.name, title: study.title, isSynthetic: /\bsynthetic\b/i.test(study.title) },
    isPlanned: results.isPlanned,
    plan: results.plan ?? null,
    visits: study.visits.map(({ id, label }) => ({ id, label })),
    tubes: results.tubes.flatMap((tube, index) => reportTube(tube, records[index], results.problems)),
    panels: panels.flatMap(({ panel, template }) => {
      const book = walked?.books.get(panel);
      return book === undefined ? [] : [{ panel, template, book }];
    }),
    frequencies: [...results.frequencies].sort((a, b) => byText(a.sampleId, b.sampleId)),
    comparisons: analysis?.comparisons ?? [],
    associations: analysis?.associations ?? [],
    pairs: analysis?.pairs ?? [],
    visitRows: analysis?.visits ?? [],
    quality: results.quality,
    likeness: walked?.likeness,
    siblings: results.siblings,
    pictures: new Map([...(walked?.counts ?? [])].map(([sampleId, counts]) => [sampleId, counts.pictures])),
    problems: withoutSheetRows(results.problems),
    methods: analysis === undefined ? '' : methodsText(results),
    files: sortInputs(inputs).flatMap(({ role, path, sampleId, bytes, sha256 }) =>
      bytes === null || sha256 === null ? [] : [{ role, path, sampleId, sizeBytes: bytes, sha256 }],
    ),
    versions: { cytopair: version },
    seeds: seedsOf(results),
  };
}

// The page is the same however the sheet's rows are ordered: a finding there is named without its row, which run.json has.
function withoutSheetRows(problems: readonly Problem[]): readonly Problem[] {
  const withoutRows = problems.map((found) => {
    const { line, column, ...where } = found.where;
    return found.code.startsWith('sheet.') ? { ...found, where } : found;
  });
  return sortProblems(withoutRows);
}

function reportTube(
  tube: Results['tubes'][number],
  record: RecordTube | undefined,
  problems: readonly Problem[],
): ReportInput['tubes'] {
  if (record === undefined) return [];
  const { sampleId, subject, visit, panel, role, batch, arm } = tube;
  const { status, events: eventCount, flags } = record;
  const own = problems.find((found) => found.where.sampleId === sampleId && hasErrors([found]));
  const reasons = { ok: '', failed: own?.message ?? '', excluded: tube.excludeReason };
  return [{ sampleId, subject, visit, panel, role, batch, arm, status, reason: reasons[status], eventCount, flags }];
}
