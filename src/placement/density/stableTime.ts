import { median } from 'd3-array';
import { sortedQuantile } from '../../statistics/index.ts';

export interface TimeSettings {
  readonly bins: number;
  /** Standard errors of a stretch's mean beyond which it has drifted. */
  readonly z: number;
  /** Least drift that matters, in u. */
  readonly drift: number;
  /** Fold of the usual rate beyond which a stretch is not like the others. */
  readonly rate: number;
}

/** What is used where nobody says otherwise. */
export const STABLE_TIME: TimeSettings = { bins: 64, z: 6, drift: 0.1, rate: 2 };

/** A stretch of time, from ≤ t < to; null: the beginning or the end of the tube. */
export type Stretch = readonly [from: number | null, to: number | null];

export interface StableTime {
  /** Empty where nothing was stable. */
  readonly kept: readonly Stretch[];
  /** `drift`, `rate_changed`: why stretches were left out. */
  readonly reasons: readonly string[];
}

/** Fewer events a bin than this show no mean. */
const LEAST_IN_BIN = 40;
/** Stable stretches shorter than this, in bins, between unstable ones are chance. */
const LEAST_RUN = 3;
/** Bins whose mean or rate is judged together, so that one odd bin is not a stretch. */
const WINDOW = 3;

/**
 * Stretches of a tube's acquisition in which the rate and the mean of every watched channel stay what they are in most of
 * it. Bins hold equal numbers of events, so that a slow stretch counts by its events, not by its length; the usual level
 * is the densest half of the bins, so that a disturbance of up to half of the events does not move it.
 * @param time in the file's own unit, one an event, finite
 * @param channels u of the watched channels, one array a channel, finite
 * @returns undefined where there are too few events or too few different times
 */
export function stableTime(
  time: Float64Array,
  channels: readonly Float64Array[],
  settings: TimeSettings,
): StableTime | undefined {
  const bins = equalBins(time, Math.min(settings.bins, Math.floor(time.length / LEAST_IN_BIN)));
  if (bins.length < 2 * WINDOW) return undefined;
  const drifted = channels.map((values) => driftedBins(bins, values, settings));
  const rates = bins.map(({ events, from, to }) => Math.log(events.length / (to - from)));
  const usualRate = densestHalf(rates);
  const isOdd = movingAverage(rates).map((rate) => Math.abs(rate - usualRate) > Math.log(settings.rate));
  const hasDrifted = bins.map((_, b) => drifted.some((of) => of[b]));
  const isStable = longRuns(bins.map((_, b) => !isOdd[b] && !hasDrifted[b]));
  const reasons = [...(hasDrifted.includes(true) ? ['drift'] : []), ...(isOdd.includes(true) ? ['rate_changed'] : [])];
  return { kept: stretches(bins, isStable), reasons: isStable.includes(false) ? reasons : [] };
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly events: readonly number[];
}

/** Bins of about equal numbers of events; events of one time stay together. */
function equalBins(time: Float64Array, count: number): Bin[] {
  const order = Array.from(time.keys());
  // A file is mostly in order of time; a sample of it is not.
  if (time.some((t, i) => i > 0 && t < time[i - 1]!)) order.sort((a, b) => time[a]! - time[b]! || a - b);
  const size = Math.ceil(order.length / Math.max(1, count));
  const bins: Bin[] = [];
  let start = 0;
  while (start < order.length) {
    let end = Math.min(order.length, start + size);
    while (end < order.length && time[order[end]!] === time[order[end - 1]!]) end++;
    const last = time[order[end - 1]!]!;
    const to = end < order.length ? time[order[end]!]! : last;
    const from = time[order[start]!]!;
    if (to > from) bins.push({ from, to, events: order.slice(start, end) });
    start = end;
  }
  return bins;
}

function driftedBins(bins: readonly Bin[], values: Float64Array, settings: TimeSettings): boolean[] {
  const sorted = Float64Array.from(values).sort();
  const [low, high] = [sortedQuantile(sorted, 0.02)!, sortedQuantile(sorted, 0.98)!];
  const clipped = (event: number) => Math.min(high, Math.max(low, values[event]!));
  const moments = bins.map(({ events }) => {
    let sum = 0;
    let squares = 0;
    for (const event of events) sum += clipped(event);
    const mean = sum / events.length;
    for (const event of events) squares += (clipped(event) - mean) ** 2;
    return { mean, variance: squares / events.length, count: events.length };
  });
  const usual = densestHalf(moments.map(({ mean }) => mean));
  // A bin that holds few of a rare bright kind by chance would seem steadier than it is: no bin is steadier than usual.
  const usualVariance = median(moments, ({ variance }) => variance) ?? 0;
  return movingAverage(moments.map(({ mean }) => mean)).map((mean, b) => {
    const { variance, count } = moments[b]!;
    const error = Math.sqrt(Math.max(variance, usualVariance) / (WINDOW * count));
    return Math.abs(mean - usual) > Math.max(settings.drift, settings.z * error);
  });
}

/** Mean of the shortest interval that holds half of the values (the shorth, Andrews et al. 1972). */
function densestHalf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const size = Math.floor(sorted.length / 2) + 1;
  let best = 0;
  for (let i = 0; i + size <= sorted.length; i++) {
    if (sorted[i + size - 1]! - sorted[i]! < sorted[best + size - 1]! - sorted[best]!) best = i;
  }
  return sorted.slice(best, best + size).reduce((sum, value) => sum + value, 0) / size;
}

/** Means of each value and its neighbours; at the ends, of the first and last three. */
function movingAverage(values: readonly number[]): number[] {
  return values.map((_, i) => {
    const from = Math.min(Math.max(0, i - (WINDOW - 1) / 2), values.length - WINDOW);
    return values.slice(from, from + WINDOW).reduce((sum, value) => sum + value, 0) / WINDOW;
  });
}

/** True only where it stays true for long enough. */
function longRuns(isStable: readonly boolean[]): boolean[] {
  const kept = [...isStable];
  let start = 0;
  for (let i = 0; i <= kept.length; i++) {
    if (isStable[i]) continue;
    if (i - start < LEAST_RUN) kept.fill(false, start, i);
    start = i + 1;
  }
  return kept;
}

function stretches(bins: readonly Bin[], isStable: readonly boolean[]): Stretch[] {
  const found: [number | null, number | null][] = [];
  bins.forEach((bin, b) => {
    if (!isStable[b]) return;
    const to = b === bins.length - 1 ? null : bin.to;
    const last = found.at(-1);
    if (last && isStable[b - 1]) last[1] = to;
    else found.push([b === 0 ? null : bin.from, to]);
  });
  return found;
}
