import { type ScaleRule, tieTolerance, valueOnScale } from '../../statistics/index.ts';
import type { EndpointTubes, Tube } from './tubes.ts';

/** One subject's tubes of a visit pair, and of a third visit where the question needs one. */
export interface TubePair {
  readonly subject: string;
  readonly from: Tube | undefined;
  readonly to: Tube | undefined;
  /** Empty where the pair takes part. */
  readonly reason: string;
}

export interface CompletePair {
  readonly subject: string;
  readonly from: Tube;
  readonly to: Tube;
  /** The tube of the return visit of a transient question. */
  readonly later: Tube | undefined;
}

/** Every subject with a tube at either visit, ascending; with the reason why a pair does not take part. */
export function pairTubes(tubes: EndpointTubes, from: string, to: string, third?: string): TubePair[] {
  return [...tubes].flatMap(([subject, visits]): TubePair[] => {
    const pair = { subject, from: visits.get(from), to: visits.get(to) };
    if (!pair.from && !pair.to) return [];
    const reason = reasonOf('from', pair.from) || reasonOf('to', pair.to);
    const thirdReason = third === undefined ? '' : reasonOf('third_visit', visits.get(third));
    return [{ ...pair, reason: reason || thirdReason }];
  });
}

/** The pairs that take part; with `later`, the patients who have all three visits. */
export function completePairs(tubes: EndpointTubes, from: string, to: string, later?: string): CompletePair[] {
  return pairTubes(tubes, from, to, later).flatMap(({ subject, from: first, to: second, reason }) => {
    if (reason !== '' || !first || !second) return [];
    return [
      { subject, from: first, to: second, later: later === undefined ? undefined : tubes.get(subject)?.get(later) },
    ];
  });
}

function reasonOf(side: string, tube: Tube | undefined): string {
  if (!tube) return `missing_${side}`;
  return tube.reason === '' ? '' : `${tube.reason}_${side}`;
}

export interface ScaledPairs {
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** to − from. */
  readonly differences: readonly number[];
  readonly tolerance: number;
  /** False where the scale has no value for a tube (a zero without counts). */
  readonly isOnScale: boolean;
}

/** Both tubes of every pair on the scale, in the order of the pairs. */
export function scalePairs(pairs: readonly { from: Tube; to: Tube }[], rule: ScaleRule): ScaledPairs {
  const from = pairs.map((pair) => valueOnScale(pair.from, rule) ?? Number.NaN);
  const to = pairs.map((pair) => valueOnScale(pair.to, rule) ?? Number.NaN);
  const isOnScale = [...from, ...to].every(Number.isFinite);
  const differences = to.map((value, i) => value - from[i]!);
  return { from, to, differences, tolerance: isOnScale ? tieTolerance(rule.scale, [...from, ...to]) : 0, isOnScale };
}
