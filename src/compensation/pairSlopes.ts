import { sortedFinite } from '../statistics/index.ts';
import type { Spillover } from './spillover.ts';

/** How bright events of one dye read in another detector, in one tube or in several: what spillover leaves behind. */
export interface PairSlopes {
  /** Positions in the matrix. */
  readonly dye: number;
  readonly detector: number;
  /** Bright events that were looked at. */
  readonly count: number;
  /** Detector to dye, both from their floors, of the bright events: ascending order statistics, at most `keptRatios`. */
  readonly ratios: readonly number[];
  /** The ratio that stands three times above the noise of the detector. */
  readonly seen: number;
}

const brightFraction = 0.05;
/** The floor of a channel: what nearly all events lie above, so that offsets and autofluorescence cancel. */
const floorFraction = 0.05;
// Between the 5 % and the 25 % quantile of a normal distribution lie .97 standard deviations.
const quartileSpread = 0.97;
// A dye is bright where its brightest 5 % lie this many spreads of its dimmest quarter above the floor. One broad
// population reaches about 6 (log-normal, 40 % wide), noise about 4: neither shows spillover, nor its absence.
const brightSpreads = 12;
/** Fewest bright events of one tube that may be pooled with those of others. */
const fewestPooled = 5;
const keptRatios = 40;

/**
 * For every dye that a tube holds brightly, the ratios that its brightest 5 % show in every other detector. In raw
 * values the lowest of them equal the spillover; in compensated ones they lie around 0.
 * @param columns one a channel of the matrix, in its order, all of one length; linear values
 * @param sortedColumns the finite values of each, ascending, where they are known already
 * @returns nothing of dyes that are not bright: noise around 0 tells nothing of spillover
 */
export function pairSlopes(
  spillover: Pick<Spillover, 'channels'>,
  columns: readonly Float64Array[],
  sortedColumns?: readonly Float64Array[],
): PairSlopes[] {
  const channels = spillover.channels.map((_, i) => {
    const column = columns[i] ?? new Float64Array();
    return channelOf(column, sortedColumns?.[i] ?? sortedFinite(column));
  });
  return channels.flatMap((dye, i) => {
    const bright = brightEvents(dye);
    if (bright.length < fewestPooled) return [];
    const height = quantile(valuesOf(dye, bright).sort(), 0.5) - dye.floor;
    if (height < brightSpreads * dye.spread) return [];
    return channels.flatMap((detector, j): PairSlopes[] => {
      if (i === j) return [];
      const ratios = ratiosOf(detector, dye, bright).sort();
      return [
        { dye: i, detector: j, count: bright.length, ratios: thinSorted(ratios), seen: (3 * detector.spread) / height },
      ];
    });
  });
}

/** The same pairs of several tubes as one: every tube's ratios weigh as many as its bright events are. */
export function poolPairs(tubes: readonly (readonly PairSlopes[])[]): PairSlopes[] {
  const byPair = new Map<string, PairSlopes[]>();
  for (const pair of tubes.flat()) {
    const key = `${pair.dye} ${pair.detector}`;
    byPair.set(key, [...(byPair.get(key) ?? []), pair]);
  }
  return [...byPair.values()].map((pairs) => {
    const ratios = Float64Array.from(pairs.flatMap(({ ratios: own, count }) => countRepeats(own, count))).sort();
    const seen = quantile(Float64Array.from(pairs, (pair) => pair.seen).sort(), 0.5);
    const { dye, detector } = pairs[0]!;
    return { dye, detector, count: pairs.reduce((sum, { count }) => sum + count, 0), ratios: [...ratios], seen };
  });
}

interface Channel {
  readonly column: Float64Array;
  readonly sorted: Float64Array;
  readonly floor: number;
  readonly spread: number;
}

function ratiosOf(detector: Channel, dye: Channel, bright: Uint32Array): Float64Array {
  const out = new Float64Array(bright.length);
  for (let i = 0; i < bright.length; i++) {
    const event = bright[i]!;
    out[i] = (detector.column[event]! - detector.floor) / (dye.column[event]! - dye.floor);
  }
  return out;
}

function channelOf(column: Float64Array, sorted: Float64Array): Channel {
  const floor = quantile(sorted, floorFraction);
  return { column, sorted, floor, spread: (quantile(sorted, 0.25) - floor) / quartileSpread };
}

/** Events of the brightest 5 % that lie above the floor and are finite. */
function brightEvents({ column, sorted, floor }: Channel): Uint32Array {
  const threshold = quantile(sorted, 1 - brightFraction);
  const found: number[] = [];
  for (let event = 0; event < column.length; event++) {
    const value = column[event]!;
    if (value >= threshold && value > floor && Number.isFinite(value)) found.push(event);
  }
  return Uint32Array.from(found);
}

function valuesOf({ column }: Channel, events: Uint32Array): Float64Array {
  return Float64Array.from(events, (event) => column[event]!);
}

function thinSorted(sorted: Float64Array): number[] {
  if (sorted.length <= keptRatios) return [...sorted];
  return Array.from({ length: keptRatios }, (_, k) => quantile(sorted, (k + 0.5) / keptRatios));
}

/** Thinned ratios stand for equal shares of the events they came from. */
function countRepeats(ratios: readonly number[], count: number): number[] {
  const times = Math.max(1, Math.round(count / ratios.length));
  return ratios.flatMap((ratio) => Array.from({ length: times }, () => ratio));
}

/** @param sorted ascending; 0 where there is none */
export function quantile(sorted: ArrayLike<number>, fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] ?? 0;
}
