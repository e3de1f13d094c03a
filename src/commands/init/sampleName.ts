import type { NameItem } from './nameItems.ts';
import type { SeenVisit } from './visitWords.ts';

/** The name of a sample: its items, and the visit so far as the name alone tells it. */
export interface SampleName {
  readonly path: string;
  readonly items: readonly NameItem[];
  /** The one visit that is sure by its word; undefined where there is none. */
  readonly visit: NameItem | undefined;
  /** Two words for a visit that do not say the same. */
  readonly isTornBetween: readonly NameItem[];
  /** Letters with a number that may be a visit: "M01", "T2". */
  readonly maybe: readonly NameItem[];
}

export function sampleName(path: string, items: readonly NameItem[]): SampleName {
  const seen = items.filter((item) => item.visit !== undefined);
  const sure = distinct(seen.filter((item) => item.visit?.isSure === true));
  const maybe = distinct(seen.filter((item) => item.visit?.isSure === false));
  const told = reduced(sure);
  return {
    path,
    items,
    visit: told.length === 1 ? told[0] : undefined,
    isTornBetween: told.length > 1 ? told : [],
    maybe,
  };
}

export function visitOf(item: NameItem): SeenVisit {
  if (item.visit === undefined) throw new Error(`"${item.text}" is no visit`);
  return item.visit;
}

function distinct(items: readonly NameItem[]): readonly NameItem[] {
  return [...new Map(items.map((item) => [visitOf(item).key, item])).values()];
}

/** "week 4 post" is week 4, "baseline (pre)" is baseline; "pre week 4" stays two. */
export function reduced(items: readonly NameItem[]): readonly NameItem[] {
  const therapy = items.filter((item) => visitOf(item).family === 'therapy');
  const others = items.filter((item) => visitOf(item).family !== 'therapy');
  const [other] = others;
  const [word] = therapy;
  if (therapy.length !== 1 || others.length !== 1 || other === undefined || word === undefined) return items;
  const isAfter = visitOf(word).key === 'post';
  const isStart = visitOf(other).order <= 0;
  return isAfter === isStart ? items : others;
}
