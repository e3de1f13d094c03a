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

/** Margins on the scale of the differences. */
export interface ScaledMargins {
  readonly low: number;
  readonly high: number;
}

export interface TostOutcome extends TestOutcome {
  readonly status: 'ok';
  readonly pLower: number;
  readonly pUpper: number;
}

/** How a test was used in one analysis, as far as its methods sentence depends on it. */
export interface TestUse {
  /** Of the rows that name the test. */
  readonly zeroHandlings: ReadonlySet<string>;
  readonly alpha: number;
}

/** What n used pairs can reach where the null distribution is counted, n ≥ 0. */
export interface ReachableLevels {
  smallestP(n: number, alternative: Alternative): number;
  /** The largest p that does not pass alpha: the level really kept. */
  attained(n: number, alpha: number, alternative: Alternative): number;
  /** The fewest used pairs with which one member of a family of `familySize` can be rejected at alpha. */
  pairsNeeded(familySize: number, alpha: number, alternative: Alternative): number;
}

/** Power for normal differences of standardised mean dz. */
export interface ChangePower {
  /** Where the t test stands for another one that comes near it. */
  readonly of?: 'paired_t';
  readonly how: 'simulated' | 'computed';
  /** One power an effect; n ≥ 2. */
  at(
    n: number,
    effects: readonly number[],
    level: { readonly alpha: number; readonly alternative: Alternative },
  ): readonly number[];
}

/** Power for normal differences of mean 0 on the scale of the margins. */
export interface EquivalencePower {
  readonly how: 'simulated' | 'computed';
  /** One power a deviation; n ≥ 2. */
  at(
    n: number,
    deviations: readonly number[],
    asked: { readonly margins: ScaledMargins; readonly alpha: number },
  ): readonly number[];
}

/** What is said and kept of a paired test, whatever it asks; its name is its key in the registry. */
export interface TestFacts {
  /** What a plan and a caption call it: `exact sign`. */
  readonly called: string;
  readonly summary: string;
  readonly source: string;
  /** Whether zero differences leave the test. */
  readonly dropsZeros: boolean;
  /** Whether the zero handling of the plan makes a difference to it. */
  readonly ranksZeros: boolean;
  /** What a sentence calls its p. */
  readonly words: string;
  /** The estimate that stands beside its p. */
  readonly companion: 'hodges_lehmann' | 'mean';
}

interface PlannedTest extends TestFacts {
  /** Its sentence in the methods paragraph. */
  methods(use: TestUse): string;
  /** Null where no p is the smallest. */
  readonly levels: ReachableLevels | null;
}

/** A paired test of change. */
export interface PairedTest extends PlannedTest {
  readonly question: 'change';
  /** The statistic by which maxT can flip whole patients; left out where it cannot. */
  readonly flippedAs?: 'signed_rank' | 't';
  /** Null where none is known: the plan then prints none. */
  readonly power: ChangePower | null;
  /** A power to read it against, printed at alpha. */
  readonly powerBeside?: ChangePower;
  run(differences: Differences): TestOutcome | NotEstimable;
}

/** A paired test of equivalence within margins. */
export interface EquivalenceTest extends PlannedTest {
  readonly question: 'equivalence';
  readonly power: EquivalencePower | null;
  /** The interval beside the verdict, of the estimate that the test stands on: nominal level 1 − 2α; null where there is none. */
  interval(differences: Differences, alpha: number): { low: number; high: number; level: number } | null;
  run(differences: Differences, margins: ScaledMargins): TostOutcome | NotEstimable;
}
