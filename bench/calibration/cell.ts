/** One simulated share or mean with what it should be. */
export interface Cell {
  /** What was simulated, in words. */
  readonly what: string;
  readonly runs: number;
  readonly seed: number;
  readonly found: number;
  /** Monte-Carlo standard error of `found`. */
  readonly error: number;
  readonly expected: Expected;
}

/**
 * near: equal within three standard errors and what the expected value itself is uncertain by (its last printed digit,
 * and its own simulation); atMost, atLeast: a bound, three standard errors of slack.
 */
export type Expected =
  | { readonly kind: 'near'; readonly value: number; readonly slack: number }
  | { readonly kind: 'atMost'; readonly value: number }
  | { readonly kind: 'atLeast'; readonly value: number }
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  | { readonly kind: 'shown' };

export type Verdict = 'within' | 'conservative' | 'shown' | 'OUT';

/** Three standard errors: one cell in 370 would lie outside by chance alone. */
const REACH = 3;
/** A bound that is kept by more than this is called conservative. */
const CLEARLY = 0.005;

export function verdictOf({ found, error, expected }: Cell): Verdict {
  const slack = REACH * error;
  switch (expected.kind) {
    case 'near':
      return Math.abs(found - expected.value) <= slack + expected.slack ? 'within' : 'OUT';
    case 'atMost':
      if (found > expected.value + slack) return 'OUT';
      return found < expected.value - slack - CLEARLY ? 'conservative' : 'within';
    case 'atLeast':
      if (found < expected.value - slack) return 'OUT';
      return found > expected.value + slack + CLEARLY ? 'conservative' : 'within';
    case 'between':
      return found >= expected.low - slack && found <= expected.high + slack ? 'within' : 'OUT';
    case 'shown':
      return 'shown';
    default:
      return expected satisfies never;
  }
}

/** How often something holds in `runs` trials, each of them told its draws. */
export function shareOf(runs: number, trial: () => boolean): { found: number; error: number; runs: number } {
  let count = 0;
  for (let run = 0; run < runs; run++) if (trial()) count++;
  return shareOfCount(count, runs);
}

export function shareOfCount(count: number, runs: number): { found: number; error: number; runs: number } {
  // Half a trial on either side: a share of 0 or 1 is not known without error.
  const shrunk = (count + 0.5) / (runs + 1);
  return { found: count / runs, error: Math.sqrt((shrunk * (1 - shrunk)) / runs), runs };
}

/** An expected value printed with so many decimals, itself a simulation of `runs` trials (0: computed). */
export function printed(value: number, decimals: number, runs: number): Expected {
  const own = runs === 0 ? 0 : REACH * Math.sqrt((value * (1 - value)) / runs);
  return { kind: 'near', value, slack: 0.5 * 10 ** -decimals + own };
}

/** A value that is known exactly. */
export function exactly(value: number): Expected {
  return { kind: 'near', value, slack: 0 };
}
