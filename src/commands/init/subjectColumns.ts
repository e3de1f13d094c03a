import type { NameItem } from './nameItems.ts';
import type { SampleName } from './sampleName.ts';

/** What a name says of its subject. */
export type SubjectGuess =
  | { readonly kind: 'subject'; readonly key: string; readonly text: string; readonly items: readonly NameItem[] }
  | { readonly kind: 'open'; readonly reason: string };

interface Value {
  readonly key: string;
  readonly text: string;
  readonly items: readonly NameItem[];
}

/** One column of the folder: what the names that have it hold there. */
interface Column {
  readonly name: string;
  readonly rank: 'person' | 'code' | 'number' | 'later number' | 'words' | 'only words';
  /** By position of the name. */
  readonly values: ReadonlyMap<number, Value>;
  /** Behind the visit in some name, where running numbers stand. */
  readonly isBehind: boolean;
}

/** Why a name stays open in which nothing looks like a subject. */
export const noSubject = 'no subject can be told from the name';

const ranks: readonly Column['rank'][] = ['person', 'code', 'number', 'later number', 'words', 'only words'];
// Numbers that are all different run on with the files; of two or three they may be two or three people.
const fewestRunning = 4;
// With them two patients of one number are two: "site 1 P03" and "site 2 P03".
const sites = /^(site|center|centre|zentrum|centro|klinik|hospital)-#$/;

/**
 * The subject of each name, by what recurs over the folder: a word for a person with its number, a code, a number that
 * is no running number, a word. Where another part of the names divides one subject, it may be two people or a tube:
 * then it is left open.
 */
export function subjectGuesses(names: readonly SampleName[]): readonly SubjectGuess[] {
  const columns = columnsOf(names);
  const guesses: (SubjectGuess | undefined)[] = names.map(() => undefined);
  const tried = new Set<Column>();
  while (guesses.includes(undefined)) {
    const open = (at: number) => guesses[at] === undefined;
    const eligible = columns.filter(
      (one) => !tried.has(one) && [...one.values.keys()].some(open) && isEligible(one, columns, names),
    );
    const best = fewestConflicts(eligible, columns, names);
    if (best === undefined) break;
    tried.add(best.column);
    for (const [at, value] of best.column.values) {
      if (!open(at)) continue;
      const isDivided = best.conflicts.has(value.key);
      guesses[at] = isDivided
        ? { kind: 'open', reason: dividedReason(best.conflicts) }
        : { kind: 'subject', ...withSite(value, at, columns) };
    }
  }
  return guesses.map((guess) => guess ?? { kind: 'open', reason: noSubject });
}

/** The same for all of them, with the first as an example. */
function dividedReason(conflicts: ReadonlyMap<string, string>): string {
  const [example = ''] = conflicts.values();
  return `one subject stands beside several (${example}): visits, tubes, or other patients?`;
}

function columnsOf(names: readonly SampleName[]): readonly Column[] {
  const columns = new Map<string, Column & { values: Map<number, Value> }>();
  const put = (rank: Column['rank'], name: string, at: number, items: readonly NameItem[], isBehind = false): void => {
    const id = `${rank} ${name}`;
    const column = columns.get(id) ?? { name, rank, values: new Map<number, Value>(), isBehind };
    columns.set(id, { ...column, isBehind: column.isBehind || isBehind });
    const text = items.map((item) => item.text).join('_');
    column.values.set(at, { key: items.map((item) => item.key).join('_'), text, items });
  };
  const common = commonWords(names);
  names.forEach(({ items }, at) => {
    const first = items.findIndex((item) => item.visit !== undefined);
    const isBefore = (index: number) => first < 0 || index < first;
    const counts = new Map<string, number>();
    const nth = (name: string): string => {
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return `${name}${counts.get(name) === 1 ? '' : ` ${counts.get(name)}`}`;
    };
    items.forEach((item, index) => {
      if (item.kind === 'person') put('person', nth(item.column), at, [item]);
      else if (item.kind === 'code') put('code', nth(item.column), at, [item], !isBefore(index));
      else if (item.kind === 'number' && isBefore(index)) put('number', nth('before'), at, [item]);
      else if (item.kind === 'number') put('later number', nth('after'), at, [item]);
    });
    const words = items.filter((item, index) => item.kind === 'word' && !common.has(item.key) && isBefore(index));
    const later = items.filter((item) => item.kind === 'word' && !common.has(item.key));
    const all = items.filter((item) => item.kind === 'word');
    if (all.length > 0) put('only words', '', at, all);
    if (later.length > 0) put('words', '', at, words.length > 0 ? words : later);
  });
  return [...columns.values()].sort((a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank));
}

/** Words that all names share say nothing of any. */
export function commonWords(names: readonly SampleName[]): ReadonlySet<string> {
  const [first, ...others] = names.map(({ items }) => new Set(items.map((item) => item.key)));
  if (first === undefined || others.length === 0) return new Set();
  return new Set([...first].filter((key) => others.every((keys) => keys.has(key))));
}

function isEligible(column: Column, columns: readonly Column[], names: readonly SampleName[]): boolean {
  if (sites.test(column.name)) return false;
  // "Anna_BL", "Anna_M1": one word, each visit once, and nothing else in any name.
  if (column.rank === 'only words') {
    const isAlone = columns.every((other) => other.rank === 'only words' || other.values.size === 0);
    const visits = visitsOf(column, names);
    return isAlone && !varies(column) && column.values.size === names.length && visits.size === names.length;
  }
  const isOfPeople = (other: Column) => other.rank === 'person' || (other.rank === 'code' && !sites.test(other.name));
  const isRival = (other: Column) =>
    other !== column &&
    (column.rank === 'person' ? other.rank === 'person' : isOfPeople(other) || other.rank === 'number') &&
    recurs(other) &&
    varies(other) &&
    covers(other, column);
  const hasRival = columns.some(isRival);
  // All alike names the study; all different is a running number: if another part of the names can name the subject.
  if (!varies(column) && column.values.size > 1 && hasRival) return false;
  if (column.rank === 'person') return true;
  if (!recurs(column) && column.values.size > 1 && hasRival) return false;
  // Numbers that never come again while the visits change count the files, as far as anyone can see.
  if (column.rank === 'code' && !column.isBehind) return true;
  if (column.rank === 'number' || column.rank === 'code') return recurs(column) || visitsOf(column, names).size < 2;
  if (!varies(column) || !spansVisits(column, names)) return false;
  return column.rank === 'later number' || !sharesWords(column);
}

function covers(column: Column, other: Column): boolean {
  return [...other.values.keys()].every((at) => column.values.has(at));
}

function keysOf(column: Column): readonly string[] {
  return [...column.values.values()].map((value) => value.key);
}

function varies(column: Column): boolean {
  return new Set(keysOf(column)).size > 1;
}

function recurs(column: Column): boolean {
  return new Set(keysOf(column)).size < column.values.size;
}

function visitsOf(column: Column, names: readonly SampleName[]): ReadonlySet<string> {
  return new Set([...column.values.keys()].map((at) => visitKey(names[at])));
}

function visitKey(name: SampleName | undefined): string {
  return name?.visit?.visit?.key ?? name?.maybe[0]?.visit?.key ?? '';
}

function spansVisits(column: Column, names: readonly SampleName[]): boolean {
  const visits = new Map<string, Set<string>>();
  for (const [at, { key }] of column.values) {
    const seen = visitKey(names[at]);
    if (seen !== '') visits.set(key, (visits.get(key) ?? new Set()).add(seen));
  }
  return [...visits.values()].some((seen) => seen.size > 1);
}

/** "Hans Mueller" and "Hans Schmidt": which of the words is the person cannot be told. */
function sharesWords(column: Column): boolean {
  const values = new Map([...column.values.values()].map((value) => [value.key, value.items]));
  const words = [...values.values()].flatMap((items) => [...new Set(items.map((item) => item.key))]);
  return new Set(words).size < words.length;
}

type Best = { readonly column: Column; readonly conflicts: ReadonlyMap<string, string> };

function fewestConflicts(
  eligible: readonly Column[],
  columns: readonly Column[],
  names: readonly SampleName[],
): Best | undefined {
  let best: Best | undefined;
  // What calls itself a person is the subject, or nothing is.
  const people = eligible.filter((column) => column.rank === 'person');
  for (const column of people.length > 0 ? people : eligible) {
    const conflicts = conflictsOf(column, columns, names);
    if (best === undefined || conflicts.size < best.conflicts.size) best = { column, conflicts };
  }
  return best;
}

/** Values of a column that another column divides, each with what divides it, in words. */
function conflictsOf(
  column: Column,
  columns: readonly Column[],
  names: readonly SampleName[],
): ReadonlyMap<string, string> {
  const conflicts = new Map<string, string>();
  const others = columns.filter((other) => {
    const isOfPeople = other.rank === 'person' || other.rank === 'code' || other.rank === 'number';
    const isRunning = !recurs(other) && other.values.size >= fewestRunning;
    return other !== column && isOfPeople && !isRunning && !sites.test(other.name) && !isOfVisits(other, names);
  });
  for (const other of others) {
    const beside = new Map<string, Value>();
    for (const [at, own] of column.values) {
      const { key } = own;
      const value = other.values.get(at);
      const earlier = beside.get(key);
      if (value === undefined) continue;
      if (earlier === undefined) beside.set(key, value);
      else if (earlier.key !== value.key)
        conflicts.set(key, `"${own.text}" beside "${earlier.text}" and "${value.text}"`);
    }
  }
  return conflicts;
}

/** Does the visit alone decide what stands there? One file of a visit is no evidence that it does. */
function isOfVisits(column: Column, names: readonly SampleName[]): boolean {
  const ofVisit = new Map<string, string[]>();
  for (const [at, { key }] of column.values) {
    const visit = visitKey(names[at]);
    ofVisit.set(visit, [...(ofVisit.get(visit) ?? []), key]);
  }
  return [...ofVisit.values()].every((keys) => keys.length > 1 && new Set(keys).size === 1);
}

function withSite(value: Value, at: number, columns: readonly Column[]): Value {
  const site = columns.find(
    (one) => sites.test(one.name) && !value.items.some((item) => one.values.get(at)?.items.includes(item)),
  );
  const own = site?.values.get(at);
  if (site === undefined || own === undefined || !varies(site)) return value;
  return { key: `${own.key}_${value.key}`, text: `${own.text}_${value.text}`, items: [...own.items, ...value.items] };
}
