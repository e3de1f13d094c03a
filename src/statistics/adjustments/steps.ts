/** p-values of the planned members, in order; null where a member is not estimable. */
type Adjust = (p: readonly (number | null)[]) => (number | null)[];

/** What is said of an adjustment; its name is its key in the registry. */
export interface AdjustmentFacts {
  readonly summary: string;
  /** Author and year: the methods paragraph cites it so. */
  readonly source: string;
  /** What a sentence calls the adjusted p. */
  readonly words: string;
}

/** An adjustment of p-values alone. */
export interface Adjustment extends AdjustmentFacts {
  readonly needs: 'p';
  readonly adjust: Adjust;
}

/**
 * Running maximum from the smallest p upward, of p × factor(rank, m); at most 1. The family is as large as it was
 * planned: a member without a p counts as p = 1 and gets none.
 */
export function stepDown(
  p: readonly (number | null)[],
  factor: (rank: number, m: number) => number,
): (number | null)[] {
  const order = ascending(p);
  const adjusted = new Array<number | null>(p.length).fill(null);
  let running = 0;
  order.forEach((index, place) => {
    running = Math.max(running, Math.min(1, factor(place + 1, p.length) * (p[index] ?? 1)));
    if (p[index] !== null) adjusted[index] = running;
  });
  return adjusted;
}

/** Running minimum from the largest p downward, of p × factor(rank, m); at most 1; missing members as in stepDown. */
export function stepUp(p: readonly (number | null)[], factor: (rank: number, m: number) => number): (number | null)[] {
  const order = ascending(p);
  const adjusted = new Array<number | null>(p.length).fill(null);
  let running = 1;
  for (let place = order.length - 1; place >= 0; place--) {
    const index = order[place]!;
    running = Math.min(running, factor(place + 1, p.length) * (p[index] ?? 1));
    if (p[index] !== null) adjusted[index] = running;
  }
  return adjusted;
}

function ascending(p: readonly (number | null)[]): number[] {
  return p.map((_, index) => index).sort((a, b) => (p[a] ?? 1) - (p[b] ?? 1) || a - b);
}
