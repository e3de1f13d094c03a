import type { FcsFile } from '../fcs/index.ts';
import { type Problem, problem, type Where } from '../problems/index.ts';

/** More than this share at the limit means that a voltage was too high, not that some events were bright. */
const MOST_AT_LIMIT = 0.01;
/** One step of an 18-bit converter, as a share of its range: values this near the highest are the same value. */
const STEP = 2 ** -18;
/** A highest value below this share of the range is no limit of the detector. */
const NEAR_RANGE = 0.9;

/**
 * Tells of channels in which more than 1 % of the events lie at the upper limit of the detector: such events have no value,
 * only a bound, and what is compensated or gated from them is wrong by an unknown amount. Nothing is taken out.
 * @param columns channel -> values as stored, before compensation; only channels that a template uses
 */
export function detectorLimitProblems(
  columns: ReadonlyMap<string, Float64Array>,
  file: FcsFile,
  where: Where,
): readonly Problem[] {
  const piled = [...columns].flatMap(([name, values]) => {
    const parameter = file.parameters.find((one) => one.name === name);
    const share = parameter?.range === undefined || parameter.isTime ? 0 : shareAtLimit(values, parameter.range);
    return share > MOST_AT_LIMIT ? [`"${name}" (${(100 * share).toFixed(1)} %)`] : [];
  });
  if (piled.length === 0) return [];
  const message = `events lie at the upper limit of the detector in ${piled.join(', ')}; they were kept`;
  return [problem('warning', 'quality.saturated', message, where)];
}

/** Share of the events that hold the highest value, where that is the end of the range. */
function shareAtLimit(values: Float64Array, range: number): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (const value of values) if (value > highest) highest = value;
  if (!(highest >= NEAR_RANGE * range)) return 0;
  const limit = highest * (1 - STEP);
  let count = 0;
  for (const value of values) if (value >= limit) count++;
  return count / values.length;
}
