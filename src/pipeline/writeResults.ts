import {
  associationColumns,
  comparisonColumns,
  pairColumns,
  profileEffectColumns,
  tableOneColumns,
  visitColumns,
} from '../analysis/index.ts';
import { type RecordInput, type RecordTube, type RunLog, runRecord, sortInputs, version } from '../batch/index.ts';
import { frequencyColumns, siblingColumns } from '../frequencies/index.ts';
import type { TubeCounts } from '../gating/index.ts';
import { byText, hasErrors, type Problem, sortProblems } from '../problems/index.ts';
import type { ReportInput, TubeSketch } from '../report/index.ts';
import { writeOverrides } from '../review/index.ts';
import type { Tube } from '../study/index.ts';
import { jsonText, writeCsv } from '../tables/index.ts';
import { writeCountTables } from './countTables.ts';
import { methodsText } from './methodsText.ts';
import { type Outputs, openOutputs, removeFormerExports, removeFormerOutputs } from './outputs.ts';
import { type Compared, type Gated, type Results, type Reviewed, tubeInputs, tubeRecords } from './results.ts';
import { moveColumns } from './review/reviewed.ts';
import { reviewWords } from './review/reviewWords.ts';
import type { WalkedTube } from './walked.ts';

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
  const tubes = tubeRecords(results);
  if (results.gated !== undefined) writeTubes(outputs, results.gated);
  if (results.command === 'run') writeCountTables(outputs, results.gated);
  if (results.compared !== undefined) writeComparisons(outputs, results.compared, methodsText(results));
  if (results.command === 'run' && results.reviewed !== undefined) writeReviewed(outputs, results.reviewed);
  const inputs = [...results.inputs, ...tubeInputs(results)];
  await writeReport(outputs, reportInput(results, tubes, inputs));
  removeFormerExports(folder);
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
    plan: results.compared?.plan,
    overrides: results.command === 'run' ? recordedPatches(results.reviewed) : [],
    seeds: seedsOf(results),
    versions: { cytopair: version },
    finished: new Date(),
  });
  outputs.write('run.json', jsonText(record));
}

/** What persons moved, and below `planned/` the tables with every gate where it was placed. */
function writeReviewed(outputs: Outputs, { planned: { gated, compared }, summary, patches }: Reviewed): void {
  outputs.write('overrides-used.yaml', writeOverrides(patches.map(({ patch }) => patch)));
  outputs.write('moves.csv', writeCsv(moveColumns, summary.rows));
  outputs.write('planned/frequencies.csv', writeCsv(frequencyColumns(gated.denominators), gated.frequencies));
  outputs.write('planned/comparisons.csv', writeCsv(comparisonColumns, compared.analysis.comparisons));
  outputs.write('planned/pairs.csv', writeCsv(pairColumns, compared.analysis.pairs));
  for (const { name, book } of namedBooks(gated)) outputs.write(`planned/${name}`, jsonText(book));
}

function recordedPatches(reviewed: Reviewed | undefined): readonly object[] {
  return (reviewed?.patches ?? []).map(({ patch, isAfterLock }) => ({ ...patch, after_lock: isAfterLock }));
}

function writeComparisons(outputs: Outputs, { analysis, siblings }: Compared, methods: string): void {
  outputs.write('comparisons.csv', writeCsv(comparisonColumns, analysis.comparisons));
  outputs.write('pairs.csv', writeCsv(pairColumns, analysis.pairs));
  outputs.write('visits.csv', writeCsv(visitColumns, analysis.visits));
  if (analysis.tableOne.length > 0) outputs.write('table_one.csv', writeCsv(tableOneColumns, analysis.tableOne));
  if (analysis.associations.length > 0) {
    outputs.write('associations.csv', writeCsv(associationColumns, analysis.associations));
  }
  if (analysis.profileEffects.length > 0) {
    outputs.write('ridge_effects.csv', writeCsv(profileEffectColumns, analysis.profileEffects));
  }
  if (siblings.length > 0) outputs.write('siblings.csv', writeCsv(siblingColumns, siblings));
  outputs.write('methods.txt', methods);
}

function seedsOf({ study, gated }: Results): Readonly<Record<string, number>> {
  return gated === undefined ? {} : { placement: study.seed };
}

/** The books with the names of their files. */
function namedBooks({ walked: { panels } }: Gated) {
  return panels.map(({ panel, book }) => ({
    name: panels.length === 1 ? 'placements.json' : `placements-${panel}.json`,
    book,
  }));
}

function writeTubes(outputs: Outputs, gated: Gated): void {
  const {
    walked: { tubes },
    denominators,
    frequencies,
  } = gated;
  outputs.write('frequencies.csv', writeCsv(frequencyColumns(denominators), frequencies));
  for (const { name, book } of namedBooks(gated)) outputs.write(name, jsonText(book));
  for (const { tube, counts } of tubes) {
    if (counts?.membership) outputs.write(`membership/${tube.sampleId}.csv`, membershipText(counts, counts.membership));
  }
}

/** One row an event in file order, `0` or `1`; no index column: the line is the event, column sums are the counts. */
export function membershipText({ populations, eventCount }: TubeCounts, membership: readonly Uint8Array[]): string {
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
  for (const { pair, further, ...course } of pairedFigures(input)) {
    for (const { fileName, svg } of [course, pair, ...further]) outputs.write(`figures/${fileName}`, svg);
  }
  outputs.write('report.html', renderReport(input));
}

function reportInput(results: Results, records: readonly RecordTube[], inputs: readonly RecordInput[]): ReportInput {
  const { command, study, gated, compared } = results;
  const walked = gated?.walked;
  const analysis = compared?.analysis;
  return {
    command,
    study: { name: study.name, title: study.title, isSynthetic: /\bsynthetic\b/i.test(study.title) },
    isPlanned: compared?.isPlanned ?? false,
    plan: compared?.plan ?? null,
    events: study.events,
    visits: study.visits.map(({ id, label, day }) => ({ id, label, day })),
    tubes: (walked?.tubes ?? []).flatMap(({ tube }, index) => reportTube(tube, records[index], results.problems)),
    panels: walked?.panels ?? [],
    frequencies: [...(gated?.frequencies ?? [])].sort((a, b) => byText(a.sampleId, b.sampleId)),
    comparisons: analysis?.comparisons ?? [],
    associations: analysis?.associations ?? [],
    tableOne: analysis?.tableOne ?? [],
    pairs: analysis?.pairs ?? [],
    visitRows: analysis?.visits ?? [],
    values: compared?.observations ?? [],
    profileEffects: analysis?.profileEffects ?? [],
    quality: results.quality,
    likeness: walked?.likeness,
    siblings: compared?.siblings ?? [],
    reviewed: reportReviewed(results),
    pictures: new Map(
      (walked?.tubes ?? []).flatMap(({ tube, counts }) => (counts ? [[tube.sampleId, counts.pictures] as const] : [])),
    ),
    sketches: new Map((walked?.tubes ?? []).map((one) => [one.tube.sampleId, sketchOf(one)])),
    problems: withoutSheetRows(results.problems),
    methods: analysis === undefined ? '' : methodsText(results),
    files: sortInputs(inputs).flatMap(({ role, path, sampleId, bytes, sha256 }) =>
      bytes === null || sha256 === null ? [] : [{ role, path, sampleId, sizeBytes: bytes, sha256 }],
    ),
    versions: { cytopair: version },
    seeds: seedsOf(results),
  };
}

function reportReviewed(results: Results): ReportInput['reviewed'] {
  if (results.command !== 'run' || results.reviewed === undefined) return undefined;
  const { planned, summary } = results.reviewed;
  return {
    words: reviewWords(summary),
    moves: summary.rows,
    planned: planned.compared.analysis.comparisons,
  };
}

function sketchOf({ look, decision, trace, cells }: WalkedTube): TubeSketch {
  const isApplied = decision?.compensation.isApplied === true && look?.matrix.kind === 'matrix';
  const matrix = isApplied ? { channels: look.matrix.channels, values: look.matrix.matrix } : null;
  return { compensation: decision?.compensation.says ?? '', matrix, trace, cells };
}

// The page is the same however the sheet's rows are ordered: a finding there is named without its row, which run.json has.
function withoutSheetRows(problems: readonly Problem[]): readonly Problem[] {
  const withoutRows = problems.map((found) => {
    const { line, column, ...where } = found.where;
    return found.code.startsWith('sheet.') ? { ...found, where } : found;
  });
  return sortProblems(withoutRows);
}

function reportTube(tube: Tube, record: RecordTube | undefined, problems: readonly Problem[]): ReportInput['tubes'] {
  if (record === undefined) return [];
  const { sampleId, subject, visit, panel, role, batch, arm } = tube;
  const { status, events: eventCount, flags } = record;
  const own = problems.find((found) => found.where.sampleId === sampleId && hasErrors([found]));
  const reasons = { ok: '', failed: own?.message ?? '', excluded: tube.excludeReason };
  return [{ sampleId, subject, visit, panel, role, batch, arm, status, reason: reasons[status], eventCount, flags }];
}
