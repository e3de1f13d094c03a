import type { AgreementPair } from './agreementPair.ts';
import { type BlandAltman, blandAltman } from './blandAltman.ts';
import { type Deming, deming } from './deming.ts';
import { type LinConcordance, linConcordance } from './linConcordance.ts';
import { type PassingBablok, passingBablok } from './passingBablok.ts';

/** All that is said of how two counts of the same tubes agree. */
export interface Agreement {
  /** In the unit of the values. */
  readonly plain: BlandAltman;
  /** On natural logarithms, to be read as ratios auto ÷ manual; null where no tube is above zero in both. */
  readonly log: BlandAltman | null;
  /** Tubes that are zero in one of the two: they have no logarithm and are left out there. */
  readonly zeroCount: number;
  readonly lin: LinConcordance | null;
  readonly passingBablok: PassingBablok | null;
  readonly deming: Deming | null;
}

/** @returns undefined for no pairs */
export function agreement(pairs: readonly AgreementPair[], level = 0.95): Agreement | undefined {
  const plain = blandAltman(pairs, level);
  if (plain === undefined) return undefined;
  const above = pairs.filter(({ auto, manual }) => auto > 0 && manual > 0);
  const logs = above.map((pair) => ({ ...pair, auto: Math.log(pair.auto), manual: Math.log(pair.manual) }));
  return {
    plain,
    log: blandAltman(logs, level) ?? null,
    zeroCount: pairs.length - above.length,
    lin: linConcordance(pairs, level) ?? null,
    passingBablok: passingBablok(pairs, level) ?? null,
    deming: deming(pairs, level) ?? null,
  };
}
