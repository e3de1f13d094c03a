import type { GatedTube } from './gatedCohort.ts';

/** How well a population was found over the tubes of a cohort. */
export interface Figures {
  /** 2·TP / (counted + true) over all events of all tubes. */
  readonly f1: number;
  /** Correlation of the logarithms of the shares of B, over the tubes where both are above 0. */
  readonly r: number;
  /**
   * Geometric mean over subjects of the share of B at M1 over the share at baseline: as counted, and as true. A share is
   * (count + ½) / (B + 1), so that the same subjects stand on both sides, those without a cell too.
   */
  readonly shownFold: number;
  readonly trueFold: number;
}

export function figuresOf(tubes: readonly GatedTube[]): Figures {
  const total = (pick: (tube: GatedTube) => number) => tubes.reduce((all, tube) => all + pick(tube), 0);
  const both = tubes.filter((tube) => tube.count > 0 && tube.trueCount > 0);
  return {
    f1: (2 * total((tube) => tube.truePositives)) / (total((tube) => tube.count) + total((tube) => tube.trueCount)),
    r: correlation(
      both.map((tube) => Math.log(shownShare(tube))),
      both.map((tube) => Math.log(trueShare(tube))),
    ),
    shownFold: foldAtM1(tubes, ({ count, bCount }) => (count + HALF_CELL) / (bCount + 1)),
    trueFold: foldAtM1(tubes, ({ trueCount, trueBCount }) => (trueCount + HALF_CELL) / (trueBCount + 1)),
  };
}

export function shownShare({ count, bCount }: GatedTube): number {
  return count / bCount;
}

export function trueShare({ trueCount, trueBCount }: GatedTube): number {
  return trueCount / trueBCount;
}

const HALF_CELL = 0.5;

function foldAtM1(tubes: readonly GatedTube[], share: (tube: GatedTube) => number): number {
  const withB = tubes.filter(({ bCount, trueBCount }) => bCount > 0 && trueBCount > 0);
  const logs = withB.flatMap((tube) => {
    const before = withB.find((other) => other.subject === tube.subject && other.visit === 'BL');
    return tube.visit === 'M1' && before ? [Math.log(share(tube) / share(before))] : [];
  });
  return Math.exp(mean(logs));
}

export function mean(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0) / values.length;
}

/** Twice the standard error of a mean of two or more values. */
export function twoErrors(values: readonly number[]): number {
  const centre = mean(values);
  const square = values.reduce((all, value) => all + (value - centre) ** 2, 0);
  return 2 * Math.sqrt(square / (values.length - 1) / values.length);
}

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - mx) * (y[i]! - my);
    xx += (x[i]! - mx) ** 2;
    yy += (y[i]! - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
