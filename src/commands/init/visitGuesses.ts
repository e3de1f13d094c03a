import { byText } from '../../problems/index.ts';
import { foldWord } from './foldWord.ts';
import type { NameItem } from './nameItems.ts';
import { reduced, type SampleName, visitOf } from './sampleName.ts';
import type { SubjectGuess } from './subjectColumns.ts';
import type { VisitFamily } from './visitWords.ts';

/** What a name says of its visit. */
export type VisitGuess =
  | { readonly kind: 'visit'; readonly key: string; readonly id: string; readonly item: NameItem }
  | { readonly kind: 'open'; readonly reason: string };

/**
 * The visit of each name: a word for one, or a letter and a number beside a subject. Visits whose order among each other
 * no name tells ("V2" and "week 4") are not both taken: the kind with the most files is.
 */
export function visitGuesses(names: readonly SampleName[], subjects: readonly SubjectGuess[]): readonly VisitGuess[] {
  const items = names.map((name, at) => itemOf(name, subjects[at]));
  const seen = items.filter((item) => typeof item !== 'string');
  const family = mostUsed(seen);
  const chosen = seen.filter((item) => isOf(family, item) && !visitOf(item).isTorn);
  const ids = idsOf(chosen);
  const sameDay = sameDays(chosen);
  return items.map((item): VisitGuess => {
    if (typeof item === 'string') return { kind: 'open', reason: item };
    const { key } = visitOf(item);
    if (visitOf(item).isTorn) return { kind: 'open', reason: `"${item.text}" may be one visit or another` };
    if (!isOf(family, item))
      return { kind: 'open', reason: `the order of "${item.text}" and the other visits cannot be told` };
    const twin = sameDay.get(key);
    if (twin !== undefined) return { kind: 'open', reason: `"${item.text}" and "${twin}" may be one visit or two` };
    return { kind: 'visit', key, id: ids.get(key) ?? '', item };
  });
}

function itemOf({ visit, isTornBetween, maybe }: SampleName, subject: SubjectGuess | undefined): NameItem | string {
  const taken = subject?.kind === 'subject' ? subject.items : [];
  const free = maybe.filter((item) => !taken.includes(item));
  if (isTornBetween.length > 1) return `the name says ${quotedList(isTornBetween)}`;
  if (visit !== undefined) {
    // "post M1" is month 1; beside any other word for a visit the letter is something else.
    if (visitOf(visit).family !== 'therapy' || subject?.kind !== 'subject' || free.length === 0) return visit;
    const both = reduced([visit, ...free]);
    return both.length === 1 && both[0] !== undefined ? both[0] : `the name says ${quotedList([visit, ...free])}`;
  }
  if (free.length === 0) return 'no visit can be told from the name';
  if (subject?.kind !== 'subject' || free.length > 1) return 'a letter with a number may be a visit, or not';
  return free[0] ?? '';
}

function quotedList(items: readonly NameItem[]): string {
  return items.map((item) => `"${item.text}"`).join(' and ');
}

/** Baseline goes with every family, an end with those that count. */
function isOf(family: VisitFamily | undefined, item: NameItem): boolean {
  const own = visitOf(item).family;
  return own === 'any' || own === family || (own === 'end' && family !== 'therapy');
}

function mostUsed(items: readonly NameItem[]): VisitFamily | undefined {
  const counts = new Map<VisitFamily, number>();
  for (const item of items) {
    const { family } = visitOf(item);
    if (family !== 'any' && family !== 'end') counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || byText(a[0], b[0]))[0]?.[0];
}

/** One id a visit: its commonest spelling in capitals, without accents and blanks. */
function idsOf(items: readonly NameItem[]): ReadonlyMap<string, string> {
  const spellings = new Map<string, string[]>();
  for (const item of items) {
    const id = foldWord(item.text)
      .toUpperCase()
      .replace(/\s+-(?=\d)/g, '-')
      .replace(/[^A-Z0-9-]+/g, '')
      .replace(/-(?=\d+$)/, (hyphen) => (visitOf(item).order < 0 ? hyphen : ''))
      .slice(0, 40);
    const { key } = visitOf(item);
    spellings.set(key, [...(spellings.get(key) ?? []), id]);
  }
  return new Map([...spellings].map(([key, ids]) => [key, commonest(ids)]));
}

/** The text that stands most often; of equals the first. */
export function commonest(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}

/** Visits of one day under two names ("D28" and "W4"), each with the other as written. */
function sameDays(items: readonly NameItem[]): ReadonlyMap<string, string> {
  const twins = new Map<string, string>();
  for (const item of items) {
    const own = visitOf(item);
    const twin = items.find((other) => visitOf(other).key !== own.key && visitOf(other).order === own.order);
    if (twin !== undefined) twins.set(own.key, twin.text);
  }
  return twins;
}

/** The visits that were taken, in the order of time. */
export function orderedVisits(guesses: readonly VisitGuess[]) {
  const taken = new Map(guesses.flatMap((guess) => (guess.kind === 'visit' ? [[guess.key, guess] as const] : [])));
  return [...taken.values()]
    .sort((a, b) => visitOf(a.item).order - visitOf(b.item).order)
    .map(({ id, item }) => ({ id, day: visitOf(item).day, isBaseline: visitOf(item).key === 'bl' }));
}
