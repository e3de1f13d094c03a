import { type ScaledMargins, tostTPower } from '../../statistics/index.ts';

/** What a joint claim of equivalence can show: all endpoints within their margins. */
export interface JointDesign {
  /** On the scale of the margins. */
  readonly deviations: readonly number[];
  /** Nothing changes, and the endpoints are independent: the product of their powers. */
  readonly power: readonly number[];
  /** The largest deviation with 80 % power. */
  readonly deviationFor80: number;
  /** What would do where the deviation is `at`. */
  readonly at: number;
  /** Pairs with 80 % power; null where 500 are not enough. */
  readonly pairsFor80: number | null;
  /** Half the width of margins with 80 % power, on their scale. */
  readonly halfWidthFor80: number;
}

export interface Member {
  readonly pairs: number;
  readonly margins: ScaledMargins;
}

const WANTED = 0.8;
const MOST_PAIRS = 500;

/**
 * Power of the intersection–union claim of several equivalences by two one-sided t tests: the product over independent
 * endpoints (endpoints that go together have more). Margins of one kind; n ≥ 2 for each.
 * @param at the deviation for which pairs and margins are asked
 */
export function jointDesign(
  members: readonly Member[],
  deviations: readonly number[],
  at: number,
  alpha: number,
): JointDesign | undefined {
  if (members.some(({ pairs }) => pairs < 2)) return undefined;
  const power = (of: readonly Member[], sd: number) =>
    jointPower(
      of,
      of.map(() => sd),
      alpha,
    );
  const widths = members.map(({ margins }) => (margins.high - margins.low) / 2);
  const within = (half: number) =>
    power(
      members.map(({ pairs }) => ({ pairs, margins: { low: -half, high: half } })),
      at,
    );
  return {
    deviations,
    power: deviations.map((sd) => power(members, sd)),
    deviationFor80: boundary((sd) => power(members, sd) >= WANTED, 0, Math.max(...widths) * 2),
    at,
    pairsFor80: pairsNeeded(
      members,
      members.map(() => at),
      alpha,
    ),
    halfWidthFor80: -boundary((half) => within(-half) >= WANTED, -100 * at, 0),
  };
}

/** @param deviations one a member, on the scale of its margins */
export function jointPower(members: readonly Member[], deviations: readonly number[], alpha: number): number {
  return members.reduce(
    (product, { pairs, margins }, i) => product * tostTPower(pairs, { sd: deviations[i]!, centre: 0 }, margins, alpha),
    1,
  );
}

/** The fewest pairs, the same for all members, with 80 % power; null where 500 are not enough. */
export function pairsNeeded(members: readonly Member[], deviations: readonly number[], alpha: number): number | null {
  for (let pairs = 2; pairs <= MOST_PAIRS; pairs++) {
    const of = members.map(({ margins }) => ({ pairs, margins }));
    if (jointPower(of, deviations, alpha) >= WANTED) return pairs;
  }
  return null;
}

/** Where `holds`, true at `low`, stops; 60 halvings. */
function boundary(holds: (x: number) => boolean, low: number, high: number): number {
  let [inside, outside] = [low, high];
  for (let step = 0; step < 60; step++) {
    const middle = (inside + outside) / 2;
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
