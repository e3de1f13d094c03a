import { type NamePart, nameParts } from './nameParts.ts';
import { isVisitUnit, type SeenVisit, seenVisit } from './visitWords.ts';

/** What one stretch of a name is, as far as it shows by itself. */
export interface NameItem {
  readonly kind: 'visit' | 'person' | 'code' | 'number' | 'word' | 'panel' | 'counter' | 'date' | 'filler' | 'copy';
  /** As written. */
  readonly text: string;
  /** Equal for spellings of one thing: "Pat 1", "pat01". */
  readonly key: string;
  /** What stands before the number: the column of the item, "pat#". */
  readonly column: string;
  readonly visit: SeenVisit | undefined;
  /** What stands between it and the item before. */
  readonly gap: string;
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const patient = set('p pat pats patient patients patientin pt pts paciente');
const person = set(
  'proband probandin subject subj sbj suj sujet sujeto donor donneur donante spender hd hdonor hc healthy nd volunteer vol id nr no num case fall kontrolle control ctrl temoin',
);
// A number behind them counts tubes, not people. "Sample 3" may be anybody.
const counters = set(
  'specimen sample probe tube tubes rohrchen roehrchen well echantillon muestra tubo run acq acquisition file data exp experiment plate platte rep replicate wdh wiederholung repeat duplicate aliquot batch',
);
const places = set('site center centre zentrum centro klinik hospital');
const panels =
  /^(panel\w*|(b|t|nk|nkt|dc|ilc)cells?|(b|t|nk)zellen?|tbnk|treg\w*|breg\w*|bmem|tmem|mono|monos|monocytes?|monozyten|lineages?|lin|maturation|phenotyp\w*|lymphs?|myeloid|cd\d{1,3}[a-z]{0,2})$/;
const fillers = set(
  'export th ther therapie therapy therapia treatment tx rx behandlung traitement tratamiento fcs lmd',
);
const copies = set('copy kopie copie copia kopia');

/** The items of a path, in order. @param path in NFC, with `/`, without its ending */
export function nameItems(path: string): readonly NameItem[] {
  const parts = nameParts(path);
  const items: NameItem[] = [];
  for (let at = 0; at < parts.length; ) {
    const { item, length } = itemAt(path, parts, at);
    items.push(item);
    at += length;
  }
  return joinedCodes(withoutWells(items));
}

type Found = { readonly item: NameItem; readonly length: number };

function itemAt(path: string, parts: readonly NamePart[], at: number): Found {
  const [first, second, third] = parts.slice(at, at + 3);
  if (first === undefined) throw new Error('no part of a name where one was counted');
  const made = (kind: NameItem['kind'], length: number, more: Partial<NameItem> = {}): Found => {
    const text = path.slice(first.start, parts[at + length - 1]?.end);
    const key = keyOf(parts.slice(at, at + length));
    const item = { kind, text, key, column: key.replace(/\d.*$/, '#'), visit: undefined, gap: first.gap, ...more };
    return { item, length };
  };
  const date = dateLength(first, second, third);
  if (date > 0) return made('date', date);
  const visit = visitAt(first, second, third);
  if (visit !== undefined) return made('visit', visit.length, { visit: visit.visit });
  if (copies.has(first.key) || (isNumber(first) && first.gap.endsWith('(') && path[first.end] === ')')) {
    return made('copy', 1);
  }
  const named = namedNumber(parts, at);
  if (named !== undefined) return made(named.kind, named.length);
  if (isClose(second) && panels.test(first.key + second.key)) return made('panel', 2);
  if (panels.test(first.key)) return made('panel', 1);
  if (fillers.has(first.key) || counters.has(first.key)) return made('filler', 1);
  if (isNumber(first)) return made('number', 1);
  return made(/\d/.test(first.key) ? 'code' : 'word', 1);
}

function isNumber(part: NamePart): boolean {
  return /^\d+$/.test(part.key);
}

/** In the same folder or file name, with nothing else between. */
function isClose(part: NamePart | undefined): part is NamePart {
  return part !== undefined && !part.gap.includes('/');
}

/** 20260105, 2026-01-05, 05.01.2026, 05-Jan-2026: how many parts it takes; 0 for none. */
function dateLength(first: NamePart, second: NamePart | undefined, third: NamePart | undefined): number {
  if (/^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(first.key)) return 1;
  if (/^(0?[1-9]|[12]\d|3[01])[a-z]{3}(19|20)\d\d$/.test(first.key)) return 1;
  if (!isClose(second) || !isClose(third)) return 0;
  const shape = `${first.key}-${second.key}-${third.key}`;
  const isDate =
    /^(19|20)\d\d-\d{1,2}-\d{1,2}$/.test(shape) || /^\d{1,2}-(\d{1,2}|[a-z]{3,9})-(19|20)\d\d$/.test(shape);
  return isDate ? 3 : 0;
}

type FoundVisit = { readonly visit: SeenVisit; readonly length: number };

function visitAt(first: NamePart, second: NamePart | undefined, third: NamePart | undefined): FoundVisit | undefined {
  if (isClose(second)) {
    const two = forwardVisit(first, second) ?? backwardVisit(first, second, third) ?? endVisit(first, second);
    if (two !== undefined) return { visit: two, length: 2 };
  }
  const visit = seenVisit(first.key);
  return visit === undefined ? undefined : { visit, length: 1 };
}

/** "week 4", "V_2"; "Day -7" lies before day 0, and "D-7" may be either. */
function forwardVisit(first: NamePart, second: NamePart): SeenVisit | undefined {
  if (!isVisitUnit(first.key) || !isNumber(second)) return undefined;
  const visit = seenVisit(first.key + second.key);
  if (visit === undefined || visit.family !== 'calendar' || !second.gap.endsWith('-')) return visit;
  if (second.gap === '-') return first.key.length > 2 ? visit : { ...visit, isTorn: true };
  const day = -(visit.day ?? 0);
  return { ...visit, key: `${visit.key}-before`, order: day, day };
}

/** "4 Wochen", "1. Monat", "2nd visit"; but "017 Week 12" is week 12, and "3 Monate 7" may be either. */
function backwardVisit(first: NamePart, second: NamePart, third: NamePart | undefined): SeenVisit | undefined {
  const ordinal = first.key.replace(/^(\d{1,2})(st|nd|rd|th|er|ere|re|eme|e|te|ter)$/, '$1');
  if (!/^\d{1,3}$/.test(ordinal) || second.key.length < 2 || !isVisitUnit(second.key)) return undefined;
  const visit = seenVisit(second.key + ordinal);
  const isCounted = ordinal !== first.key || second.gap.startsWith('.');
  if (visit === undefined || isCounted || !isClose(third) || !isNumber(third)) return visit;
  // "P 3_week 4" is week 4 and "P1-3 Monate-002" is month 3: the closer word is the one that belongs to it.
  const closer = closeness(second.gap) - closeness(third.gap);
  const isOfCode = /^0\d/.test(ordinal) || (first.gap === '-' && second.gap !== '-');
  if (closer < 0 || (closer === 0 && isOfCode)) return undefined;
  return closer > 0 || /^0\d/.test(third.key) ? visit : { ...visit, isTorn: true };
}

/** How closely two words stand: written together, by a blank, by a hyphen or a dot, by an underscore. */
function closeness(gap: string): number {
  const order = ['_', '-', ' ', ''];
  return order.indexOf(gap === '.' ? '-' : gap);
}

/** "follow up", "end of treatment" in two words. */
function endVisit(first: NamePart, second: NamePart): SeenVisit | undefined {
  const visit = seenVisit(first.key + second.key);
  return visit?.family === 'end' ? visit : undefined;
}

/** "Pat 1", "Patient_ID_007", "HD01", "Specimen_001": words that say what their number counts. */
function namedNumber(parts: readonly NamePart[], at: number): { kind: Numbered; length: number } | undefined {
  const joined = /^([a-z]+)(\d+[a-z]?)$/.exec(parts[at]?.key ?? '');
  if (joined !== null) {
    const kind = numbering(joined[1] ?? '');
    return kind === undefined ? undefined : { kind, length: 1 };
  }
  let length = 0;
  const kinds: Numbered[] = [];
  for (let part = parts[at]; part !== undefined; part = parts[at + length]) {
    const kind = numbering(part.key);
    if (length > 0 && !isClose(part)) return undefined;
    // "Donor A" is a person as "Donor 1" is; "Donor B cells" is none.
    const isLetter =
      /^[A-Z]$/.test(part.text) && kinds[0] === 'person' && !/^cell/.test(parts[at + length + 1]?.key ?? '');
    if (length > 0 && (/^\d+[a-z]?$/.test(part.key) || isLetter)) {
      // "Patient_ID_007" and "Sample ID 7" count what their first word says.
      return { kind: kinds[0] ?? 'counter', length: length + 1 };
    }
    if (kind === undefined) return undefined;
    kinds.push(kind);
    length += 1;
  }
  return undefined;
}

type Numbered = 'person' | 'code' | 'counter' | 'panel';

function numbering(word: string): Numbered | undefined {
  if (places.has(word)) return 'code';
  if (patient.has(word) || person.has(word)) return 'person';
  if (counters.has(word)) return 'counter';
  return word === 'panel' ? 'panel' : undefined;
}

/** Letters and numbers apart, numbers without leading zeros, words for a patient alike: "Pat 01" and "P1" are pat-1. */
function keyOf(parts: readonly NamePart[]): string {
  const atoms = parts.flatMap(({ key }) => key.match(/\d+|\D+/g) ?? []);
  return atoms
    .map((atom) => (/^\d/.test(atom) ? atom.replace(/^0+(?=\d)/, '') : patient.has(atom) ? 'pat' : atom))
    .join('-');
}

/** "A01 Well - A01", "P01 BL_A1_A01", "Specimen_001_A01_V1_000": a place on a plate is nobody. */
function withoutWells(items: readonly NameItem[]): readonly NameItem[] {
  const isOfPlate = items.some((item) => item.key === 'well' || /^specimen/i.test(item.text));
  const isWell = (item: NameItem) =>
    (item.kind === 'code' || item.kind === 'visit') &&
    /^[A-P]\d{1,2}$/i.test(item.text) &&
    (isOfPlate || items.some((other) => other !== item && other.key === item.key));
  return items.map((item) => (isWell(item) ? { ...item, kind: 'filler', visit: undefined } : item));
}

function isNumbered({ kind }: NameItem): boolean {
  return kind === 'person' || kind === 'code' || kind === 'number';
}

/** "SLE-07", "01-003", "ABC-01-003": what hyphens alone join is one code, if it holds a number. */
function joinedCodes(items: readonly NameItem[]): readonly NameItem[] {
  const isPiece = ({ kind }: NameItem) => kind === 'word' || kind === 'code' || kind === 'number' || kind === 'person';
  const joined: NameItem[] = [];
  for (const item of items) {
    const last = joined.at(-1);
    // Behind a code and its visit, "mye-001" is a word and a running number.
    const isBehind = joined.some((one, at) => one.kind === 'visit' && joined.slice(0, at).some(isNumbered));
    if (last === undefined || isBehind || item.gap !== '-' || !isPiece(item) || !isPiece(last)) joined.push(item);
    else {
      const kind = [last, item].some((one) => /\d/.test(one.key))
        ? last.kind === 'person'
          ? 'person'
          : 'code'
        : 'word';
      const text = `${last.text}-${item.text}`;
      const key = `${last.key}-${item.key}`;
      joined[joined.length - 1] = { ...last, kind, text, key, column: key.replace(/\d.*$/, '#') };
    }
  }
  return joined;
}
