import { problem } from '../../problems/index.ts';
import type { Tube } from '../../study/index.ts';
import type { ExportedRun } from '../exportedRun.ts';
import { type ExportFormat, type ExportPiece, textPiece } from '../exportFormat.ts';
import { type Definition, gateDefinitions } from '../gateDefinitions.ts';
import { daysFromBaseline, levelText, type ReportedPopulation, reportedPopulations } from '../shares.ts';

/** The templates' own limits, in characters. */
const LONGEST_NAME = 150;
const LONGEST_COMMENT = 500;

const VERSION = '3.33';

export const immport: ExportFormat = {
  name: 'immport',
  summary: 'draft: the two tab-separated templates of ImmPort, samples and derived results',
  isDraft: true,
  needs: 'study',
  async *pieces(run) {
    if (run.planned === undefined || !run.tableNames.includes('frequencies')) return;
    yield textPiece('immport/README.txt', readme(run));
    yield textPiece('immport/experimentSamples.Flow_Cytometry.txt', samplesText(run));
    const definitions = new Map(run.books.flatMap((book) => [...gateDefinitions(book)]));
    const rows = reportedPopulations(run).flatMap((one) => derivedRows(one, definitions));
    yield textPiece('immport/FCM_Derived_data.txt', template('fcm_derived_data', derivedColumns, rows));
    yield* tooLong(rows);
  },
};

function readme({ study, version }: ExportedRun): string {
  return `DRAFT: not checked by ImmPort's validator. Written by cytopair ${version} from the study "${study}".

- Columns follow the ImmPort data-submission documentation, schema ${VERSION}; compare them with the templates of your package.
- Empty cells are for you: biosample, experiment, protocol and reagent ids are known to your ImmPort package alone.
- Study Time Collected counts days from the patient's sample at the first visit, by the dates of the sheet.
- Workspace File names the Gating-ML document of each tube, which cytopair export-gates RUN --as gatingml writes.
- A population without a value has the reason in Comments.
`;
}

/** A table as the templates have it: its name, its version, then the columns; what is written stands from the second cell on. */
function template(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = [`${name}\tSchema Version ${VERSION}`, 'Please do not delete or edit this column'];
  const lines = [['Column Name', ...columns], ...rows.map((cells) => ['', ...cells])];
  return `${[...head, ...lines.map((cells) => cells.map(oneLine).join('\t'))].join('\n')}\n`;
}

const oneLine = (cell: string): string => cell.replace(/[\t\r\n]+/g, ' ');

const sampleColumns = [
  'Expsample ID',
  'Biosample ID',
  'Experiment ID',
  'Reagent ID(s)',
  'Treatment ID(s)',
  '.Fcs Result File',
  'Expsample Name',
  'Study ID',
  'Protocol ID(s)',
  'Subject ID',
  'Planned Visit ID',
  'Type',
  'Study Time Collected',
  'Study Time Collected Unit',
  'Study Time T0 Event',
  'Study Time T0 Event Specify',
  'Experiment Name',
  'Measurement Technique',
];

function samplesText(run: ExportedRun): string {
  const tubes = run.planned?.tubes ?? [];
  const days = daysFromBaseline(tubes);
  const baseline = run.planned?.visits[0]?.id ?? '';
  const rows = tubes
    .filter(({ role }) => role === 'sample')
    .map((tube) => sampleCells(run, tube, { day: days.get(tube.sampleId), baseline }));
  return template('experimentSamples.Flow_Cytometry', sampleColumns, rows);
}

interface Time {
  readonly day: number | undefined;
  readonly baseline: string;
}

function sampleCells({ study }: ExportedRun, tube: Tube, { day, baseline }: Time): readonly string[] {
  const time = day === undefined ? ['', '', '', ''] : [String(day), 'Days', 'Other', `sample at ${baseline}`];
  const { sampleId, subject, visit, specimen, displayPath } = tube;
  const file = displayPath.split('/').at(-1) ?? displayPath;
  const ids = [sampleId, '', '', '', '', file, sampleId, study, '', subject ?? '', visit ?? '', specimen];
  return [...ids, ...time, study, 'Flow Cytometry'];
}

const derivedColumns = [
  'Expsample ID',
  'Population Name Reported',
  'Gating Definition Reported',
  'Parent Population Reported',
  'Population Statistic (count, percentile, etc)',
  'Population Stat Unit Reported',
  'Workspace File',
  'Comments',
];

function derivedRows(one: ReportedPopulation, definitions: ReadonlyMap<string, Definition>): string[][] {
  const { tube, population, parent, count, shares, status, flags } = one;
  const name = population.split('/').slice(-2).join('/');
  const definition = levelText(definitions.get(population), ',');
  const full = definition.length <= LONGEST_NAME ? definition : ownPart(definitions, population, parent);
  const told = [status === 'ok' ? '' : status.replaceAll('_', ' '), flags.replaceAll(';', ', ')].filter(
    (word) => word !== '',
  );
  const comment = told.join(': ').slice(0, LONGEST_COMMENT);
  const row = (value: number | null, unit: string, text = comment): string[] => [
    tube.sampleId,
    name,
    full === '' ? name : full,
    parent.split('/').at(-1) ?? parent,
    value === null || status !== 'ok' ? '' : String(value),
    unit,
    `${tube.sampleId}.gating-ml.xml`,
    text,
  ];
  return [...shares.map(({ of, percent }) => row(percent, `% of ${of}`)), row(count, 'events')];
}

/** Where the whole definition is longer than the template takes: what the gate adds to its parent. */
function ownPart(definitions: ReadonlyMap<string, Definition>, population: string, parent: string): string {
  const above = definitions.get(parent);
  const own = [...(definitions.get(population) ?? [])].filter(([marker, level]) => above?.get(marker) !== level);
  return levelText(new Map(own), ',');
}

/** A name that the template would cut is not cut here: two populations could become one. */
function* tooLong(rows: readonly (readonly string[])[]): Iterable<ExportPiece> {
  const long = new Set(
    rows.flatMap(([, name = '', definition = '']) => [name, definition].filter((one) => one.length > LONGEST_NAME)),
  );
  for (const one of long) {
    const message = `"${one.slice(0, 60)}" has ${one.length} characters, and ImmPort takes ${LONGEST_NAME}`;
    yield { kind: 'problem', problem: problem('warning', 'output.not-exported', message, {}) };
  }
}
