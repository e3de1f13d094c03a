import { compareSpillovers } from '../../compensation/index.ts';
import type { FcsFile } from '../../fcs/index.ts';
import { andMore, counted } from '../../problems/index.ts';
import { alignedTable } from '../../tables/index.ts';
import { compensationWords, cytometerOf, eventWords, fileVerdict, markersOf, valuesWords } from './inspection.ts';
import type { InspectedTube } from './inspectTube.ts';

/** Named files of one value; the rest are counted. */
const NAMED = 3;

/** Several files as a table, one line each, and below it in what they differ. */
export function inspectionTable(tubes: readonly InspectedTube[]): string {
  const head = ['tube', 'file', 'values', 'compensated', 'cytometer', 'events', 'channels', 'markers'];
  const rows = tubes.map((tube) => {
    const { displayPath, file } = tube;
    if (file === undefined) return [displayPath, 'cannot be read as FCS', '', '', '', '', '', ''];
    const [compensated = ''] = compensationWords(tube).split(':');
    const [values = ''] = valuesWords(tube).split(':');
    const counts = [eventWords(file), String(file.parameters.length), String(markersOf(file).length)];
    return [displayPath, fileVerdict(tube.problems), values, compensated, cytometerOf(file) || 'not stated', ...counts];
  });
  const differences = differencesText(tubes);
  const closing = differences === '' ? 'panel, voltages, ranges, spillover and cytometer agree\n' : differences;
  return `${alignedTable([head, ...rows])}\n${closing}`;
}

/**
 * In what several files differ: version, cytometer, spillover, which channels there are, and of the common ones marker,
 * range, voltage and gain.
 * @returns '' where they agree in everything; unreadable files are left out
 */
function differencesText(tubes: readonly InspectedTube[]): string {
  const files = tubes.flatMap(({ displayPath, file }) =>
    file === undefined ? [] : [{ displayPath, facts: factsOf(file) }],
  );
  const keys = [...new Set(files.flatMap(({ facts }) => [...facts.keys()]))];
  const rows = keys.flatMap((key) => {
    const byValue = new Map<string, string[]>();
    for (const { displayPath, facts } of files) {
      // A channel that a file lacks has a line of its own; its range and voltage are then nobody's difference.
      const value = facts.get(key);
      if (value !== undefined) byValue.set(value, [...(byValue.get(value) ?? []), displayPath]);
    }
    return byValue.size < 2 ? [] : [...byValue].map(([value, paths]) => [key, value, andMore(paths, NAMED)]);
  });
  const all = [...rows, ...absentRows(tubes), ...spilloverRows(tubes)];
  return all.length === 0 ? '' : alignedTable([['differs', 'value', 'files'], ...all]);
}

/** Channels that only some files have, one line for all that the same files have. */
function absentRows(tubes: readonly InspectedTube[]): string[][] {
  const files = tubes.flatMap(({ displayPath, file }) =>
    file === undefined ? [] : [{ displayPath, names: new Set(file.parameters.map(({ name }) => name)) }],
  );
  const byHolders = new Map<string, string[]>();
  for (const name of new Set(files.flatMap(({ names }) => [...names]))) {
    const holders = files.filter(({ names }) => names.has(name)).map(({ displayPath }) => displayPath);
    if (holders.length === files.length) continue;
    const key = andMore(holders, NAMED);
    byHolders.set(key, [...(byHolders.get(key) ?? []), name]);
  }
  return [...byHolders].map(([holders, names]) => ['channels', andMore(names, 6), `only ${holders}`]);
}

function factsOf(file: FcsFile): ReadonlyMap<string, string> {
  const facts = new Map([
    ['version', file.version],
    ['cytometer', cytometerOf(file)],
  ]);
  for (const { name, stain, rangeText, voltage, gain } of file.parameters) {
    facts.set(`${name} marker`, stain ?? '');
    facts.set(`${name} range`, rangeText);
    facts.set(`${name} voltage`, voltage ?? '');
    facts.set(`${name} gain`, gain === undefined ? '' : String(gain));
  }
  return facts;
}

/** Groups of files with the same matrix; each but the first with the cell that departs most from the first. */
function spilloverRows(tubes: readonly InspectedTube[]): string[][] {
  const groups: { tube: InspectedTube; paths: string[] }[] = [];
  for (const tube of tubes) {
    if (tube.file === undefined) continue;
    const group = groups.find((one) => isSame(one.tube, tube));
    if (group === undefined) groups.push({ tube, paths: [tube.displayPath] });
    else group.paths.push(tube.displayPath);
  }
  if (groups.length < 2) return [];
  const reference = groups.find(({ tube }) => tube.spillover)?.tube;
  return groups.map(({ tube, paths }) => ['spillover', spilloverValue(tube, reference), andMore(paths, NAMED)]);
}

function isSame({ spillover: a }: InspectedTube, { spillover: b }: InspectedTube): boolean {
  if (!a || !b) return a === b;
  return compareSpillovers(a, b).largestDifference === 0;
}

function spilloverValue({ spillover }: InspectedTube, reference: InspectedTube | undefined): string {
  if (spillover === null) return 'none';
  if (spillover === undefined) return 'cannot be used';
  const first = reference?.spillover;
  if (!first || first === spillover) return `${spillover.source}, ${counted(spillover.channels.length, 'channel')}`;
  const { largestDifference, row, column } = compareSpillovers(first, spillover);
  return `${spillover.source}, ${row} into ${column} differs by ${(100 * largestDifference).toFixed(2)} %`;
}
