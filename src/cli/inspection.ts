import { recordedProblem } from '../batch/index.ts';
import type { FcsFile, FcsParameter } from '../fcs/index.ts';
import { identifyingKeywords } from './identifiers.ts';
import { alignedTable } from './terminal.ts';
import type { TubeText } from './tubeText.ts';

interface Shown {
  readonly showIdentifiers: boolean;
}

/** One file in words, for reading. */
export function inspectionText({ displayPath, file, spillover }: TubeText, { showIdentifiers }: Shown): string {
  if (file === undefined) return `${displayPath}\n  cannot be read as FCS\n`;
  const matrix = spillover
    ? `${spillover.source}, ${spillover.channels.length} channels, condition number ${spillover.conditionNumber.toFixed(1)}`
    : spillover === null
      ? 'none'
      : 'there is one that cannot be used';
  const sets = file.dataSetCount > 1 ? `, data set ${file.dataSet} of ${file.dataSetCount}` : '';
  const facts = [
    ['version', file.version],
    ['cytometer', cytometerOf(file) || 'not stated'],
    ['events', `${file.eventCount}${file.partial ? ' (the file ends inside its data)' : ''}${sets}`],
    ['spillover', matrix],
    ...identifierLines(file, showIdentifiers),
  ];
  const head = ['channel', 'marker', 'range', 'voltage', 'bits'];
  const rows = file.parameters.map((one) => [one.name, one.stain ?? '', one.rangeText, one.voltage ?? '', bitsOf(one)]);
  return `${displayPath}\n${indented(alignedTable(facts))}${indented(alignedTable([head, ...rows]))}`;
}

/** Model of the machine, which names nobody. */
function cytometerOf(file: FcsFile): string {
  return file.keywords.get('$CYT') ?? '';
}

function identifierLines(file: FcsFile, showIdentifiers: boolean): string[][] {
  const names = identifyingKeywords(file.keywords);
  if (names.length === 0) return [];
  if (showIdentifiers) return names.map((name) => [name, file.keywords.get(name) ?? '']);
  const values = names.length === 1 ? 'the value of 1 keyword' : `the values of ${names.length} keywords`;
  return [['hidden', `${values} that may name a person or a place (--show-identifiers)`]];
}

function bitsOf({ dataType, bits }: FcsParameter): string {
  return `${dataType}${bits === 0 ? '' : ` ${bits}`}`;
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** One file as `--json` gives it. */
export function inspectionJson(
  { displayPath, file, spillover, problems }: TubeText,
  { showIdentifiers }: Shown,
): object {
  const names = file === undefined ? [] : identifyingKeywords(file.keywords);
  return {
    file: displayPath,
    readable: file !== undefined,
    version: file?.version ?? null,
    cytometer: file === undefined ? null : cytometerOf(file),
    events: file?.eventCount ?? null,
    partial: file?.partial ?? null,
    data_set: file?.dataSet ?? null,
    data_sets: file?.dataSetCount ?? null,
    channels: (file?.parameters ?? []).map(({ index, name, stain, range, voltage, gain, dataType, bits }) => {
      return {
        index,
        channel: name,
        marker: stain ?? null,
        range: range ?? null,
        ...numbers({ voltage, gain }),
        type: dataType,
        bits,
      };
    }),
    spillover: spillover ? { source: spillover.source, channels: spillover.channels } : null,
    identifiers: showIdentifiers
      ? Object.fromEntries(names.map((name) => [name, file?.keywords.get(name) ?? '']))
      : null,
    hidden_keywords: showIdentifiers ? 0 : names.length,
    problems: problems.map(recordedProblem),
  };
}

function numbers({ voltage, gain }: Pick<FcsParameter, 'voltage' | 'gain'>): object {
  return { voltage: voltage ?? null, gain: gain ?? null };
}

/**
 * In what several files differ: version, cytometer, which channels there are, and of the common ones marker, range and
 * voltage.
 * @returns '' where they agree in everything; unreadable files are left out
 */
export function differencesText(texts: readonly TubeText[]): string {
  const files = texts.flatMap(({ displayPath, file }) =>
    file === undefined ? [] : [{ displayPath, facts: factsOf(file) }],
  );
  const keys = [...new Set(files.flatMap(({ facts }) => [...facts.keys()]))];
  const rows = keys.flatMap((key) => {
    const byValue = new Map<string, string[]>();
    for (const { displayPath, facts } of files) {
      // Of a channel that a file lacks one line says so; its range and voltage are then nobody's difference.
      const value = facts.get(key) ?? (key.startsWith(channelKey) ? 'absent' : undefined);
      if (value !== undefined) byValue.set(value, [...(byValue.get(value) ?? []), displayPath]);
    }
    return byValue.size < 2 ? [] : [...byValue].map(([value, paths]) => [key, value, someOf(paths)]);
  });
  return rows.length === 0 ? '' : alignedTable([['differs', 'value', 'files'], ...rows]);
}

const channelKey = 'channel ';

function factsOf(file: FcsFile): ReadonlyMap<string, string> {
  const facts = new Map([
    ['version', file.version],
    ['cytometer', cytometerOf(file)],
  ]);
  for (const { name, stain, rangeText, voltage } of file.parameters) {
    facts.set(`${channelKey}${name}`, 'present');
    facts.set(`${name} marker`, stain ?? '');
    facts.set(`${name} range`, rangeText);
    facts.set(`${name} voltage`, voltage ?? '');
  }
  return facts;
}

function someOf(paths: readonly string[]): string {
  const first = paths.slice(0, 3).join(', ');
  return paths.length > 3 ? `${first} and ${paths.length - 3} more` : first;
}
