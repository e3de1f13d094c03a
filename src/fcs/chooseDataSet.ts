import type { DataSet } from './dataSets.ts';
import type { Findings } from './findings.ts';
import { wholeNumber } from './wholeNumber.ts';

/**
 * Which data set of a file to read. One asked for is taken. Of several, one is chosen only where they are the same
 * events twice, as Coulter's LMD files hold them (2.0: 10 bits, often compensated; 3.0: full resolution, raw): the last
 * of version 3. Otherwise the file is refused: different tubes in one file must be asked for by number.
 * @param asked from 1
 * @returns its position in `sets`, from 0, or undefined (reported)
 */
export function chooseDataSet(
  sets: readonly DataSet[],
  asked: number | undefined,
  findings: Findings,
): number | undefined {
  if (asked !== undefined) {
    if (Number.isInteger(asked) && asked >= 1 && asked <= sets.length) return asked - 1;
    const message = `data set ${asked} was asked for; the file holds ${sets.length}`;
    findings.add('error', 'fcs.data-set-absent', message);
    return undefined;
  }
  if (sets.length === 1) return 0;
  const listed = sets.slice(0, 6).map((set, i) => `${i + 1}: ${set.header.version}, $TOT ${totOf(set) ?? 'missing'}`);
  const which = `${listed.join('; ')}${sets.length > 6 ? '; …' : ''}`;
  const filled = sets.flatMap((set, i) => (totOf(set) === 0 ? [] : [i]));
  const last = filled.length === 1 ? filled[0] : lastOfSameEvents(sets);
  if (last === undefined) {
    const message = `${sets.length} data sets that are not the same events (${which}); which one is meant cannot be told`;
    findings.add('error', 'fcs.several-data-sets', message, sets[1]?.base, [
      'ask for one by number: ',
      { data_set: 1 },
    ]);
    return undefined;
  }
  const why = filled.length === 1 ? 'the only one with events' : 'the same events at full resolution';
  const message = `${sets.length} data sets (${which}); read number ${last + 1}, ${why}`;
  findings.add('warning', 'fcs.several-data-sets', message, sets[last]?.base, [
    'ask for another by number: ',
    { data_set: 1 },
  ]);
  return last;
}

function totOf(set: DataSet): number | undefined {
  return wholeNumber(set.table?.entries.get('$TOT')?.value);
}

function lastOfSameEvents(sets: readonly DataSet[]): number | undefined {
  const first = sets[0];
  const last = sets.length - 1;
  const modern = sets[last];
  if (first === undefined || modern === undefined) return undefined;
  const tot = totOf(first);
  const isSame = tot !== undefined && sets.every((set) => totOf(set) === tot);
  if (!isSame || first.header.version >= 'FCS3.0' || modern.header.version < 'FCS3.0') return undefined;
  const modernDetectors = detectorsOf(modern);
  const oldDetectors = [...detectorsOf(first)];
  const sharesDetectors = oldDetectors.length > 0 && oldDetectors.some((detector) => modernDetectors.has(detector));
  return sharesDetectors ? last : undefined;
}

/** FL1, FS, SS …: the detector that begins a name ("FL1 Log", "FL1 INT LIN"), apart from how it was recorded. */
function detectorsOf(set: DataSet): Set<string> {
  const detectors = new Set<string>();
  for (const [key, { value }] of set.table?.entries ?? []) {
    if (!/^\$P\d+[NS]$/.test(key)) continue;
    const detector = /^(FL\d+|FSC?|SSC?)\b/i.exec(value)?.[1];
    if (detector !== undefined) detectors.add(detector.toUpperCase().replace(/^([FS]S)C$/, '$1'));
  }
  return detectors;
}
