import type { Visit } from '../../study/index.ts';
import { type CellValue, type CsvColumn, writeCsv } from '../../tables/index.ts';
import type { ExportedRun } from '../exportedRun.ts';
import { type ExportFormat, textPiece } from '../exportFormat.ts';
import { type Definition, gateDefinitions } from '../gateDefinitions.ts';
import { daysFromBaseline, levelText, type ReportedPopulation, reportedPopulations } from '../shares.ts';

export const sdtmCp: ExportFormat = {
  name: 'sdtm-cp',
  summary: 'draft: cell phenotype findings, the domain CP of CDISC SDTM (SDTMIG 3.4)',
  isDraft: true,
  needs: 'study',
  async *pieces(run) {
    if (run.planned === undefined || !run.tableNames.includes('frequencies')) return;
    yield textPiece('sdtm/README.txt', readme(run));
    yield textPiece('sdtm/cp.csv', writeCsv(columns, recordsOf(run)));
  },
};

function readme({ study, version }: ExportedRun): string {
  return `DRAFT: not validated against CDISC's rules. Written by cytopair ${version} from the study "${study}".

- Variables follow the specification of domain CP in SDTMIG 3.4. CPTESTCD, CPTEST and units are not from the codelists
  C181173, C181174 and C71620: the sponsor has to replace them.
- USUBJID is the study and the patient's pseudonym joined by "-"; replace it by the sponsor's.
- CPDY is 1 on the day of the patient's sample at the first visit, by the dates of the sheet; there is no day 0.
- CPSPEC is as the sheet has it, empty where it says nothing. CPDRVFL is empty: a value by a lab's procedure counts as collected.
- CPMRKSTR tells the markers of the population, "/", those of the denominator; levels as the gates have them.
- A sample that failed, was excluded or could not be evaluated has a record with CPSTAT "NOT DONE" and the reason.
`;
}

type Finding = Readonly<Record<string, CellValue>>;

const texts = ['STUDYID', 'DOMAIN', 'USUBJID'];
const identifiers = [
  'CPREFID',
  'CPTESTCD',
  'CPTEST',
  'CPSBMRKS',
  'CPMRKSTR',
  'CPGATE',
  'CPGATDEF',
  'CPTSTPNL',
  'CPCAT',
];
const results = ['CPORRES', 'CPORRESU', 'CPRESTYP', 'CPSTRESC'];
const timing = ['CPSTRESU', 'CPSTAT', 'CPREASND', 'CPSPEC', 'CPMETHOD', 'CPANMETH', 'CPBLFL'];

const columns: readonly CsvColumn<Finding>[] = [
  ...texts.map(text),
  { name: 'CPSEQ', kind: 'count' },
  ...identifiers.map(text),
  ...results.map(text),
  { name: 'CPSTRESN', kind: 'exact' },
  ...timing.map(text),
  { name: 'VISITNUM', kind: 'count' },
  text('VISIT'),
  text('CPDTC'),
  { name: 'CPDY', kind: 'count' },
];

function text(name: string): CsvColumn<Finding> {
  return { name, kind: 'text' };
}

interface Context {
  readonly run: ExportedRun;
  readonly visits: readonly Visit[];
  readonly days: ReadonlyMap<string, number>;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly codes: ReadonlyMap<string, string>;
}

function recordsOf(run: ExportedRun): readonly Finding[] {
  const populations = reportedPopulations(run);
  const context: Context = {
    run,
    visits: run.planned?.visits ?? [],
    days: daysFromBaseline(run.planned?.tubes ?? []),
    definitions: new Map(run.books.flatMap((book) => [...gateDefinitions(book)])),
    codes: testCodes(populations.map(({ population }) => testOf(population).test)),
  };
  const seen = new Map<string, number>();
  return populations.flatMap((one) =>
    valuesOf(one).map((value) => {
      const subject = `${run.study}-${one.tube.subject ?? ''}`;
      const sequence = (seen.get(subject) ?? 0) + 1;
      seen.set(subject, sequence);
      return { ...record(context, one, value), USUBJID: subject, CPSEQ: sequence };
    }),
  );
}

interface Value {
  readonly number: number | null;
  readonly unit: string;
  readonly type: 'NUMBER FRACTION' | 'NUMBER CONCENTRATION';
  /** Path or name of the denominator; undefined for cells in blood. */
  readonly of: string | undefined;
}

function valuesOf({ shares, parent, population, cellsPerUl }: ReportedPopulation): readonly Value[] {
  const fractions = shares.map(({ of, name, percent }): Value => {
    const path = name === 'pct_parent' ? parent : ancestorNamed(population, of);
    return { number: percent, unit: '%', type: 'NUMBER FRACTION', of: path };
  });
  // A cell in a microlitre is a million in a litre.
  const blood: Value = { number: cellsPerUl, unit: '10^6/L', type: 'NUMBER CONCENTRATION', of: undefined };
  return cellsPerUl === null ? fractions : [...fractions, blood];
}

/** The part of the path that ends in the name of a denominator; the name where it is called otherwise. */
function ancestorNamed(population: string, name: string): string {
  const names = population.split('/');
  const at = names.lastIndexOf(name);
  return at < 0 ? name : names.slice(0, at + 1).join('/');
}

function record(context: Context, one: ReportedPopulation, { number, unit, type, of }: Value): Finding {
  const { tube, population, status } = one;
  const { test, markers } = testOf(population);
  const isDone = status === 'ok' && number !== null;
  const value = isDone ? String(number) : '';
  return {
    STUDYID: context.run.study,
    DOMAIN: 'CP',
    CPREFID: tube.sampleId,
    CPTESTCD: context.codes.get(test) ?? '',
    CPTEST: test,
    CPSBMRKS: markers,
    CPMRKSTR: markerString(context, population, of),
    CPGATE: population.split('/').at(-1) ?? population,
    CPGATDEF: population.replaceAll('/', '|'),
    CPTSTPNL: tube.panel,
    CPCAT: 'IMMUNOPHENOTYPING',
    CPORRES: value,
    CPORRESU: isDone ? unit : '',
    CPRESTYP: type,
    CPSTRESC: value,
    CPSTRESN: isDone ? number : null,
    CPSTRESU: isDone ? unit : '',
    CPSTAT: isDone ? '' : 'NOT DONE',
    CPREASND: isDone ? '' : reasonOf(one),
    CPSPEC: tube.specimen.toUpperCase(),
    CPMETHOD: 'FLOW CYTOMETRY',
    CPANMETH: analysisOf(context.run, population),
    CPBLFL: tube.visitIndex === 0 ? 'Y' : '',
    VISITNUM: tube.visitIndex === null ? null : tube.visitIndex + 1,
    VISIT: context.visits[tube.visitIndex ?? -1]?.id ?? '',
    CPDTC: tube.date ?? '',
    CPDY: studyDay(context.days.get(tube.sampleId)),
  };
}

/** There is no day 0: the day of the baseline is 1, the one before it −1. */
function studyDay(day: number | undefined): number | null {
  if (day === undefined) return null;
  return day >= 0 ? day + 1 : day;
}

function reasonOf({ status, flags, tube }: ReportedPopulation): string {
  if (status === 'excluded') return tube.excludeReason === '' ? 'excluded by the sheet' : tube.excludeReason;
  const why = flags === '' ? '' : `: ${flags.replaceAll(';', ', ')}`;
  return status === 'ok' ? 'no value' : `${status.replaceAll('_', ' ')}${why}`;
}

function markerString({ definitions }: Context, population: string, of: string | undefined): string {
  const plain = (path: string): string =>
    levelText(
      new Map(
        [...(definitions.get(path) ?? [])].map(([marker, level]) => [marker.replace(/[^A-Za-z0-9]/g, ''), level]),
      ),
    );
  const [own, base] = [plain(population), of === undefined ? '' : plain(of)];
  return base === '' ? own : `${own}/${base}`;
}

/** A population that is named by its markers is a subset of the nearest above it that has a name of its own. */
function testOf(population: string): { readonly test: string; readonly markers: string } {
  const names = population.split('/');
  const isPhenotype = (name: string): boolean => /(?:[+-]|hi|lo|mid)$/.test(name) && /\d/.test(name);
  const at = names.findLastIndex((name) => !isPhenotype(name));
  const name = names[at] ?? population;
  const markers = names
    .slice(at + 1)
    .join('')
    .replace(/[^A-Za-z0-9+-]/g, '');
  return { test: (markers === '' ? name : `${name} Sub`).slice(0, 40), markers };
}

/** Eight characters a test, the same for the same test, no two alike. */
function testCodes(tests: readonly string[]): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  const taken = new Set<string>();
  for (const test of new Set(tests)) {
    const plain = test
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .replace(/^(?=\d)/, 'C');
    let code = plain.slice(0, 8);
    for (let n = 2; taken.has(code); n++) code = `${plain.slice(0, 8 - String(n).length)}${n}`;
    taken.add(code);
    codes.set(test, code);
  }
  return codes;
}

function analysisOf({ books }: ExportedRun, population: string): string {
  const book = books.find(({ gates }) => gates.some((gate) => gate.population === population));
  return book === undefined ? '' : `${book.template.name} sha-256 ${book.template.sha256}`;
}
