import { median } from 'd3-array';
import type { FcsFile } from '../fcs/index.ts';
import { uOfChannels } from './unstableTime.ts';

/** Stretches of a trace: about eighty looked-at events in each. */
const BINS = 48;

/** How a tube ran: its events in equal stretches of the time that the file kept. */
export interface TimeTrace {
  /** $PnN of the time. */
  readonly channel: string;
  /** First and last time, as the file has them. */
  readonly from: number;
  readonly to: number;
  /** Of the events that were looked at, evenly over the file: how many came in each stretch. */
  readonly counts: readonly number[];
  /** Median light of each stretch against that of the whole, mean over the channels, in u; null: no event came. */
  readonly light: readonly (number | null)[];
}

/**
 * Rate and light along a run, from the events that are watched for stability; no verdict.
 * @param valuesOf linear values of a channel at `watchedEvents`
 * @param channels those that the template uses, without the time
 * @returns undefined where no event has a time, or all have the same
 */
export function timeTrace(
  valuesOf: (channel: string) => Float64Array,
  file: FcsFile,
  time: string,
  channels: readonly string[],
): TimeTrace | undefined {
  const at = valuesOf(time);
  const finite = at.filter(Number.isFinite);
  const [from, to] = [
    finite.reduce((a, b) => Math.min(a, b), Infinity),
    finite.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  if (!(to > from)) return undefined;
  const bins = Array.from(at, (t) => Math.min(BINS - 1, Math.floor(((t - from) / (to - from)) * BINS)));
  const counts = Array.from({ length: BINS }, (_, bin) => bins.filter((own) => own === bin).length);
  const moved = uOfChannels(valuesOf, file, channels).flatMap((values) => movedBy(values, bins));
  const light = counts.map((_, bin) => {
    const own = moved.flatMap((shifts) => shifts[bin] ?? []);
    return own.length === 0 ? null : own.reduce((sum, one) => sum + one, 0) / own.length;
  });
  return { channel: time, from, to, counts, light };
}

/** How far the median of each stretch lies from that of the whole; undefined where no value is a number. */
function movedBy(values: Float64Array, bins: readonly number[]): (number | undefined)[][] {
  const own = Array.from({ length: BINS }, (): number[] => []);
  values.forEach((value, i) => {
    if (Number.isFinite(value)) own[bins[i] ?? -1]?.push(value);
  });
  const middle = median(own.flat());
  if (middle === undefined) return [];
  return [own.map((stretch) => (stretch.length === 0 ? undefined : median(stretch)! - middle))];
}
