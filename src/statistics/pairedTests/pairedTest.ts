export const alternatives = ['two-sided', 'greater', 'less'] as const;
export type Alternative = (typeof alternatives)[number];

/** `wilcoxon` drops zero differences before ranking, `pratt` ranks them and then drops their ranks. */
export const zeroHandlings = ['wilcoxon', 'pratt'] as const;
export type ZeroHandling = (typeof zeroHandlings)[number];

/** Paired differences of one endpoint (later − earlier) on its scale, and how to test them. */
export interface Differences {
  readonly values: readonly number[];
  /** τ of the tie rule, on the same scale. */
  readonly tolerance: number;
  readonly alternative: Alternative;
  readonly zeroHandling: ZeroHandling;
  /** Seed of random sign flips, where there are too many patterns to enumerate. */
  readonly seed?: number;
}

export interface TestOutcome {
  readonly status: 'ok' | 'approximate';
  readonly statistic: number;
  readonly p: number;
  /** p = count / total where the null distribution was counted; null otherwise. */
  readonly count: number | null;
  readonly total: number | null;
  /** The smallest p that this many used pairs can give; 0 where there is none. */
  readonly smallestP: number;
  readonly method: string;
}

export interface NotEstimable {
  readonly status: 'not_estimable';
  readonly reason: 'no_pairs' | 'all_zero' | 'sd_zero' | 'one_pair' | 'infinite_on_scale';
}

/** A paired test as the reference page and the engine see it. */
export interface PairedTest {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** Whether zero differences leave the test. */
  readonly dropsZeros: boolean;
  /** What a sentence calls its p. */
  readonly words: string;
  run(differences: Differences): TestOutcome | NotEstimable;
}
