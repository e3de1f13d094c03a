import { quantile } from './pairSlopes.ts';

/** What a matrix leaves of a dye's light in another detector, or takes too much. */
export interface Leftover {
  /** Positions in the matrix. */
  readonly dye: number;
  readonly detector: number;
  /**
   * over: dim events of the detector lie below its negatives where the dye is bright; under: they lie above, or all bright
   * events do, in one ratio; both: the bright cells carry the other marker as well, so that nothing is to be seen;
   * unseen: the noise of the detector is too large.
   */
  readonly verdict: 'right' | 'over' | 'under' | 'both' | 'unseen';
  /** Light in the detector, in parts of the dye's light: below 0 too much is taken away. NaN where there is no verdict. */
  readonly share: number;
  /** A part below which nothing is to be seen. */
  readonly noise: number;
}

// Measured on 24 published tubes with the matrix of each: 2 of 600 pairs that can be judged come out as over. With one
// coefficient raised by .05 or 30 %, 54 of 68 pairs do (docs/compensation.md).
/** The brightest events of a dye, and as many spreads above its dim ones as show spillover: both as pairSlopes has them. */
const BRIGHT = 0.95;
const BRIGHT_SPREADS = 12;
const FEWEST_BRIGHT = 20;
/** Negatives of a detector reach so many spreads above their own lower end. */
const NEGATIVE_SPREADS = 6;
/** So many of the bright events must be negative in the detector to show where its negatives went. */
const LEAST_NEGATIVE = 0.2;
/** In noises of the detector, and in parts of the dye's light: less is not told. */
const TOLD_NOISES = 2;
const LEAST_TOLD = 0.02;
/** One ratio of light: the middle 70 % of the bright events within this part of it. Cells with both markers scatter more. */
const ONE_RATIO = 0.35;
/** A detector that is noisier than a tenth of the dye's light shows nothing of its spillover. */
const NOISIEST = 0.1;
// Between the 5 % and the 25 % quantile of a normal distribution lie .97 standard deviations.
const QUARTILE_SPREAD = 0.97;

/**
 * For every dye that is bright in a tube, what its brightest twentieth shows in each other detector beside the dim half.
 * @param columns compensated, one a channel of the matrix, of one length
 */
export function leftovers(columns: readonly Float64Array[]): readonly Leftover[] {
  return columns.flatMap((column, dye) => {
    const lit = litEvents(column);
    if (lit === undefined) return [];
    return columns.flatMap((other, detector) => {
      if (detector === dye) return [];
      return [{ dye, detector, ...judge(column, other, lit) }];
    });
  });
}

interface LitEvents {
  readonly bright: readonly number[];
  readonly dim: readonly number[];
  readonly floor: number;
  readonly height: number;
}

function litEvents(column: Float64Array): LitEvents | undefined {
  const sorted = column.filter(Number.isFinite).sort();
  const [floor, quarter, middle, top] = [0.05, 0.25, 0.5, BRIGHT].map((p) => quantile(sorted, p)) as [
    number,
    number,
    number,
    number,
  ];
  const bright: number[] = [];
  const dim: number[] = [];
  column.forEach((value, event) => {
    if (value >= top && value > middle) bright.push(event);
    else if (value <= middle) dim.push(event);
  });
  const height = quantile(sortedAt(column, bright), 0.5) - floor;
  const spread = (quarter - floor) / QUARTILE_SPREAD;
  if (bright.length < FEWEST_BRIGHT || !(height >= BRIGHT_SPREADS * spread)) return undefined;
  return { bright, dim, floor, height };
}

function judge(
  column: Float64Array,
  other: Float64Array,
  { bright, dim, floor, height }: LitEvents,
): Pick<Leftover, 'verdict' | 'share' | 'noise'> {
  const ofDim = sortedAt(other, dim);
  const low = quantile(ofDim, 0.05);
  const spread = (quantile(ofDim, 0.25) - low) / QUARTILE_SPREAD;
  const limit = low + NEGATIVE_SPREADS * spread;
  const level = quantile(
    ofDim.filter((value) => value <= limit),
    0.5,
  );
  const noise = spread / height;
  if (noise > NOISIEST) return { verdict: 'unseen', share: Number.NaN, noise };
  const ofBright = sortedAt(other, bright);
  const negatives = ofBright.filter((value) => value <= limit);
  if (negatives.length >= LEAST_NEGATIVE * ofBright.length) {
    const share = (quantile(negatives, 0.5) - level) / height;
    const least = Math.max(LEAST_TOLD, TOLD_NOISES * noise);
    return { verdict: Math.abs(share) < least ? 'right' : share < 0 ? 'over' : 'under', share, noise };
  }
  const ratios = Float64Array.from(bright, (event) => (other[event]! - level) / (column[event]! - floor)).sort();
  const share = quantile(ratios, 0.5);
  const isOneRatio = quantile(ratios, 0.75) - quantile(ratios, 0.05) <= ONE_RATIO * share;
  return isOneRatio ? { verdict: 'under', share, noise } : { verdict: 'both', share: Number.NaN, noise };
}

function sortedAt(column: Float64Array, events: readonly number[]): Float64Array {
  return Float64Array.from(events, (event) => column[event]!)
    .filter(Number.isFinite)
    .sort();
}
