import type { FcsFile } from '../fcs/index.ts';
import { type Problem, problem, type Where } from '../problems/index.ts';
import type { Stretch } from './stretch.ts';

/** More than this share at the limit means that a voltage was too high, not that some events were bright. */
const MOST_AT_LIMIT = 0.01;
/** One step of an 18-bit converter, as a share of its range: values this near the highest are the same value. */
const STEP = 2 ** -18;
/** A highest value below this share of the range is no limit of the detector. */
const NEAR_RANGE = 0.9;

/** Watches the values of one channel go by, as stored, before compensation. */
export interface LimitWatch {
  add(values: Float32Array | Float64Array, stretch: Stretch): void;
  /** Share of the events that hold the highest value, where that is the end of the range. */
  share(): number;
}

/** @param range $PnR; undefined: nothing is known of a limit */
export function limitWatch(range: number | undefined): LimitWatch {
  const known = range ?? Number.NaN;
  let highest = Number.NEGATIVE_INFINITY;
  let count = 0;
  // Whatever lies within a step of a highest value that counts: few, unless the detector was at its limit.
  const least = NEAR_RANGE * known * (1 - 2 * STEP);
  let near = new Float64Array(64);
  let nearCount = 0;
  const keep = (value: number): void => {
    if (nearCount === near.length) {
      nearCount = dropBelow(near, highest * (1 - STEP));
      if (2 * nearCount > near.length) near = grown(near, nearCount);
    }
    near[nearCount++] = value;
  };
  return {
    add(values, { offset, width, count: added }) {
      count += added;
      if (Number.isNaN(known)) return;
      for (let i = 0, at = offset; i < added; i++, at += width) {
        const value = values[at]!;
        if (value > highest) highest = value;
        if (value >= least || known <= 0) keep(value);
      }
    },
    share() {
      if (!(highest >= NEAR_RANGE * known)) return 0;
      const limit = highest * (1 - STEP);
      return near.subarray(0, nearCount).reduce((sum, value) => (value >= limit ? sum + 1 : sum), 0) / count;
    },
  };
}

/** Keeps, at the front, what is not below a limit. @returns how many */
function dropBelow(values: Float64Array, limit: number): number {
  let kept = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! >= limit) values[kept++] = values[i]!;
  return kept;
}

function grown(values: Float64Array, count: number): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(2 * values.length);
  wider.set(values.subarray(0, count));
  return wider;
}

/**
 * Tells of channels in which more than 1 % of the events lie at the upper limit of the detector: such events have no value,
 * only a bound, and what is compensated or gated from them is wrong by an unknown amount. Nothing is taken out.
 * @param watches channel -> what was seen of it; only channels that a template uses
 */
export function detectorLimitProblems(
  watches: ReadonlyMap<string, LimitWatch>,
  file: FcsFile,
  where: Where,
): readonly Problem[] {
  const piled = [...watches].flatMap(([name, watch]) => {
    const parameter = file.parameters.find((one) => one.name === name);
    const share = parameter?.range === undefined || parameter.isTime ? 0 : watch.share();
    return share > MOST_AT_LIMIT ? [`"${name}" (${(100 * share).toFixed(1)} %)`] : [];
  });
  if (piled.length === 0) return [];
  const message = `events lie at the upper limit of the detector in ${piled.join(', ')}; they were kept`;
  return [problem('warning', 'quality.saturated', message, where)];
}
