import type { FcsFile, FcsParameter } from '../../fcs/index.ts';
import { counted, type Problem } from '../../problems/index.ts';
import { alignedTable } from '../../tables/index.ts';
import { identifyingKeywords } from './identifiers.ts';
import type { InspectedTube } from './inspectTube.ts';
import { spilloverMap } from './spilloverMap.ts';

/** What a person asked to be shown. */
export interface Shown {
  readonly showIdentifiers: boolean;
}

/** One file in words: first whether it is right, compensated, and what it stains; then all that it says. */
export function inspectionText(tube: InspectedTube, shown: Shown): string {
  const { displayPath, file, spillover } = tube;
  if (file === undefined) return `${displayPath}\n  file  cannot be read as FCS\n`;
  const verdict = [
    ['file', fileVerdict(tube.problems)],
    ['compensated', compensationWords(tube)],
    ['markers', markersOf(file).join(', ') || 'none is named: give the panel in the template'],
    ['values', valuesWords(tube)],
  ];
  const facts = [
    ['version', file.version],
    ['cytometer', cytometerOf(file) || 'not stated'],
    ['date', dateWords(file, shown)],
    ['events', eventWords(file)],
    ['spillover', spilloverWords(tube)],
    ...identifierLines(file, shown),
  ];
  const map = spillover
    ? `\n  spillover in percent, row = dye, column = detector\n${indentText(spilloverMap(spillover))}`
    : '';
  return `${displayPath}\n${indentText(alignedTable([...verdict, ...facts]))}\n${indentText(channelTable(tube, file))}${map}`;
}

/** How sure one may be of the numbers, in a few words. */
export function fileVerdict(problems: readonly Problem[]): string {
  const count = (severity: Problem['severity']): number => problems.filter((one) => one.severity === severity).length;
  const some = (n: number, what: string): string[] => (n === 0 ? [] : [counted(n, what)]);
  const said = [...some(count('error'), 'error'), ...some(count('warning'), 'warning'), ...some(count('note'), 'note')];
  if (count('error') > 0) return `not to be used as it is: ${said.join(', ')}`;
  if (count('warning') > 0) return `read by the rules that the warnings name: ${said.join(', ')}`;
  return said.length === 0 ? 'right: nothing departs from the standard' : `right: ${said.join(', ')}`;
}

/** Whether the numbers are light or coordinates of an axis. */
export function valuesWords({ values }: InspectedTube): string {
  if (values === undefined) return '';
  const { verdict, scale, keys } = values;
  const ways = keys.map((key) => `values: ${key}`).join(', or ');
  const words = {
    linear: 'linear',
    display: `on a display scale: ${scale}; export linear values, or write in the template ${ways}`,
    doubtful: `perhaps on a display scale: ${scale}; write in the template values: linear, or ${ways}`,
    unknown: 'not to be told: too few events, or no stain',
  };
  return words[verdict];
}

export function compensationWords({ compensation }: InspectedTube): string {
  if (compensation === undefined) return '';
  const { state, says } = compensation;
  const words = {
    raw: 'no',
    compensated: 'yes, already',
    contradiction: 'signs contradict each other',
    misfit: 'cannot be told',
    undecided: 'cannot be told',
    no_matrix: 'nothing to apply',
    unusable_matrix: 'cannot be told',
    display_scale: 'cannot be told',
  };
  return `${words[state]}: ${says}`;
}

/** `CD19 (FITC-A)`: what is stained, and where it is read. */
export function markersOf({ parameters }: FcsFile): string[] {
  return parameters.flatMap(({ name, stain }) => (stain === undefined || stain === name ? [] : [`${stain} (${name})`]));
}

/** Model of the machine, which names nobody. */
export function cytometerOf(file: FcsFile): string {
  return file.keywords.get('$CYT') ?? '';
}

function dateWords({ keywords }: FcsFile, { showIdentifiers }: Shown): string {
  const date = keywords.get('$DATE') ?? keywords.get('$BEGINDATETIME') ?? '';
  if (date === '') return 'not stated';
  return showIdentifiers ? date : 'hidden (--show-identifiers)';
}

export function eventWords({ eventCount, partial, dataSet, dataSetCount }: FcsFile): string {
  const sets = dataSetCount > 1 ? `, data set ${dataSet} of ${dataSetCount}` : '';
  return `${eventCount}${partial ? ' (the file ends inside its data)' : ''}${sets}`;
}

function spilloverWords({ spillover }: InspectedTube): string {
  if (spillover === null) return 'none';
  if (spillover === undefined) return 'there is one that cannot be used';
  const { source, channels, conditionNumber } = spillover;
  return `${source}, ${counted(channels.length, 'channel')}, condition number ${conditionNumber.toFixed(1)}`;
}

function identifierLines(file: FcsFile, { showIdentifiers }: Shown): string[][] {
  const names = identifyingKeywords(file.keywords);
  if (names.length === 0) return [];
  if (showIdentifiers) return names.map((name) => [name, file.keywords.get(name) ?? '']);
  const values = names.length === 1 ? 'the value of 1 keyword' : `the values of ${names.length} keywords`;
  return [['hidden', `${values} that may name a person or a place (--show-identifiers)`]];
}

function channelTable({ events }: InspectedTube, { parameters }: FcsFile): string {
  const head = ['channel', 'marker', 'range', 'voltage', 'bits', 'lowest', 'highest'];
  const rows = parameters.map((one, i) => {
    const range = events?.ranges[i];
    const seen = range === undefined ? ['', ''] : [displayValue(range.min), displayValue(range.max)];
    return [one.name, one.stain ?? '', one.rangeText, one.voltage ?? '', bitsOf(one), ...seen];
  });
  return alignedTable([head, ...rows]);
}

/** Stored values for the eye: whole numbers, small ones with three digits. */
function displayValue(value: number): string {
  return Math.abs(value) >= 100 || Number.isInteger(value) ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function bitsOf({ dataType, bits }: FcsParameter): string {
  return `${dataType}${bits === 0 ? '' : ` ${bits}`}`;
}

function indentText(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
