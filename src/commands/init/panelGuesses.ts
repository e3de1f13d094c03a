import { foldWord } from './foldWord.ts';
import type { NameItem } from './nameItems.ts';
import type { SampleName } from './sampleName.ts';
import { commonWords, type SubjectGuess } from './subjectColumns.ts';
import { commonest, type VisitGuess } from './visitGuesses.ts';

/** What a name says of its panel; an empty name where the folder shows none. */
export type PanelGuess =
  | { readonly kind: 'panel'; readonly name: string }
  | { readonly kind: 'open'; readonly reason: string };

/** A name with a sure subject and visit. */
interface Placed {
  readonly at: number;
  readonly items: readonly NameItem[];
  readonly subject: string;
  readonly visit: string;
}

/**
 * The panel of each name: words for one, where they differ over the folder; else words or tube numbers that tell the
 * tubes of one subject at one visit apart, alike in every such group. Tubes that nothing tells apart stay open, and so
 * do names in which a word divides one subject without being a panel.
 */
export function panelGuesses(
  names: readonly SampleName[],
  subjects: readonly SubjectGuess[],
  visits: readonly VisitGuess[],
): readonly PanelGuess[] {
  const placed = names.flatMap(({ items }, at): Placed[] => {
    const [subject, visit] = [subjects[at], visits[at]];
    if (subject?.kind !== 'subject' || visit?.kind !== 'visit') return [];
    const free = items.filter((item) => !subject.items.includes(item) && item !== visit.item);
    return [{ at, items: free, subject: subject.key, visit: visit.key }];
  });
  const common = commonWords(names);
  const of = (name: Placed, kinds: readonly NameItem['kind'][]) =>
    joinItems(name.items.filter((item) => kinds.includes(item.kind) && !common.has(item.key)));
  const divided = dividingWords(placed, common);
  const ways: ((name: Placed) => string)[] = [
    (name) => of(name, ['panel']),
    (name) =>
      joinItems(name.items.filter((item) => (item.kind === 'panel' && !common.has(item.key)) || divided.has(item))),
    (name) => of(name, ['counter']),
  ];
  const isSettled = (one: (name: Placed) => string, index: number): boolean => {
    const names = new Set(placed.map(one));
    const isOfAll = !names.has('') || names.size === 1;
    return isOfAll && tellsApart(placed, one) && (index === 0 || repeats(placed, one));
  };
  const way = ways.find(isSettled);
  const named = inOneSpelling(new Map(placed.map((name) => [name.at, (way ?? ways[0])?.(name) ?? ''])));
  const isUsed = way === ways[1];
  const open = new Map([
    ...unlikeWords(isUsed ? [] : placed, divided),
    ...withoutPanel(placed, named),
    ...sameTubes(placed, named),
  ]);
  return names.map((_, at): PanelGuess => {
    const reason = open.get(at);
    return reason === undefined ? { kind: 'panel', name: named.get(at) ?? '' } : { kind: 'open', reason };
  });
}

/** "Bcell" and "bcell" are one panel. */
function inOneSpelling(named: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const written = new Map<string, string[]>();
  for (const name of named.values()) written.set(foldWord(name), [...(written.get(foldWord(name)) ?? []), name]);
  return new Map([...named].map(([at, name]) => [at, commonest(written.get(foldWord(name)) ?? [])]));
}

/** A name that study.yaml can hold: letters, digits and hyphens. */
function joinItems(items: readonly NameItem[]): string {
  const text = items.map((item) => item.text.normalize('NFD').replace(/\p{M}/gu, '')).join('-');
  return text
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
}

function groupsOf(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const groups = new Map<string, Placed[]>();
  for (const name of placed) {
    const key = JSON.stringify([name.subject, name.visit]);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()];
}

function tellsApart(placed: readonly Placed[], way: (name: Placed) => string): boolean {
  return groupsOf(placed).every((group) => new Set(group.map((name) => foldWord(way(name)))).size === group.length);
}

/** Every value stands with two subjects or visits at least: a panel, and no remark on one tube. */
function repeats(placed: readonly Placed[], way: (name: Placed) => string): boolean {
  const groups = new Map<string, number>();
  for (const group of groupsOf(placed)) {
    for (const name of new Set(group.map((one) => foldWord(way(one))))) groups.set(name, (groups.get(name) ?? 0) + 1);
  }
  return groups.size > 1 && [...groups].every(([name, count]) => name !== '' && count > 1);
}

/** Words of a name that neither its subject nor its visit explains. */
function dividingWords(placed: readonly Placed[], common: ReadonlySet<string>): ReadonlySet<NameItem> {
  const isExplained = (key: string, of: (name: Placed) => string, leastFiles: number): boolean => {
    const having = new Set(placed.filter((name) => name.items.some((item) => item.key === key)).map(of));
    const groups = [...having].map((value) => placed.filter((name) => of(name) === value));
    return groups.every(
      (group) => group.length >= leastFiles && group.every((name) => name.items.some((item) => item.key === key)),
    );
  };
  const words = new Set(
    placed.flatMap(({ items }) => items.filter((item) => item.kind === 'word').map((item) => item.key)),
  );
  const dividing = [...words].filter(
    (key) =>
      !common.has(key) &&
      !isExplained(key, (name) => name.subject, 1) &&
      // One file of a visit is no evidence that the word belongs to the visit.
      !isExplained(key, (name) => name.visit, 2),
  );
  return new Set(
    placed.flatMap(({ items }) => items.filter((item) => item.kind === 'word' && dividing.includes(item.key))),
  );
}

/** One subject with "Mueller" at one visit and "Schmidt" at another; the first stands as an example for all. */
function unlikeWords(placed: readonly Placed[], divided: ReadonlySet<NameItem>): [number, string][] {
  const bySubject = new Map<string, Placed[]>();
  for (const name of placed) bySubject.set(name.subject, [...(bySubject.get(name.subject) ?? []), name]);
  const words = ({ items }: Placed) =>
    items
      .filter((item) => divided.has(item))
      .map((item) => item.text)
      .join(' ');
  const unlike = [...bySubject.values()]
    .map((group) => ({ group, texts: [...new Set(group.map(words))].filter((text) => text !== '') }))
    .filter(({ texts }) => texts.length > 1);
  const example = unlike[0]?.texts.map((text) => `"${text}"`).join(' and ');
  const reason = `one subject stands beside different words (${example}): one patient or two?`;
  return unlike.flatMap(({ group }) => group.map((name): [number, string] => [name.at, reason]));
}

function withoutPanel(placed: readonly Placed[], named: ReadonlyMap<number, string>): [number, string][] {
  if (![...named.values()].some((name) => name !== '')) return [];
  return placed
    .filter((name) => named.get(name.at) === '')
    .map((name) => [name.at, 'the name says no panel, as others do']);
}

function sameTubes(placed: readonly Placed[], named: ReadonlyMap<number, string>): [number, string][] {
  const groups = new Map<string, Placed[]>();
  for (const name of placed) {
    const key = JSON.stringify([name.subject, name.visit, foldWord(named.get(name.at) ?? '')]);
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  const reason = 'several tubes of one subject at one visit: which one counts, or which panel is each?';
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .flatMap((group) => group.map((name) => [name.at, reason] as [number, string]));
}
