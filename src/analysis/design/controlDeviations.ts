import { deviation } from 'd3-array';
import type { Problem } from '../../problems/index.ts';
import { chiSquareQuantile } from '../../statistics/index.ts';
import { type AnalysisInput, type Endpoint, endpointId, type Family } from '../analysisInput.ts';
import { completePairs, scalePairs } from '../comparison/pairing.ts';
import { primarySetup } from '../comparison/setup.ts';
import { tubesByEndpoint, zeroRuleOf } from '../comparison/tubes.ts';

/** How far the same patients lie apart between two visits over which nothing is expected to change. */
export interface ControlDeviation {
  /** Patients with both visits. */
  readonly pairs: number;
  /** Standard deviation of their differences on the scale of the margins; null with fewer than 2 pairs. */
  readonly sd: number | null;
  /** Of the deviation, by χ² at the level of the plan; null as above. */
  readonly interval: readonly [number, number] | null;
}

/** The deviation of an endpoint; undefined where its family names no control visits. */
export type DeviationOf = (family: Family, endpoint: Endpoint) => ControlDeviation | undefined;

/**
 * The deviations of all families with `sd_from`. Only the values of these two visits are looked at, so that nothing is seen of
 * the change that is to be tested.
 * @param problems gains what is wrong with the values
 */
export function controlDeviations(input: AnalysisInput, problems: Problem[]): DeviationOf {
  const visits = new Set(input.plan.families.flatMap(({ sdFrom }) => (sdFrom ? [sdFrom.from, sdFrom.to] : [])));
  const observations = input.observations.filter(({ visit }) => visits.has(visit));
  const tubes = tubesByEndpoint({ ...input, observations }, problems);
  return (family, endpoint) => {
    if (family.sdFrom === undefined) return undefined;
    const { from, to } = family.sdFrom;
    const own = tubes.get(endpointId(endpoint)) ?? new Map();
    const pairs = completePairs(own, from, to);
    const { rule } = primarySetup(family, endpoint, input.plan, zeroRuleOf(endpoint, own, input.plan.rules));
    const { differences, isOnScale } = scalePairs(pairs, rule);
    const sd = isOnScale ? (deviation(differences) ?? null) : null;
    return { pairs: pairs.length, sd, interval: sd === null ? null : intervalOf(sd, pairs.length, input.plan.level) };
  };
}

function intervalOf(sd: number, pairs: number, level: number): readonly [number, number] {
  const df = pairs - 1;
  const bound = (p: number) => sd * Math.sqrt(df / chiSquareQuantile(p, df));
  return [bound((1 + level) / 2), bound((1 - level) / 2)];
}
