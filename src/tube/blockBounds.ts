import type { RowWeights } from '../compensation/index.ts';
import type { EventRows } from '../fcs/index.ts';
import type { SurveyBlock } from '../placement/index.ts';

/** Far above what rounding moves a sum of some dozen products, far below what values differ by. */
const MARGIN = 1e-9;
/** Sums of products of smaller values stay finite. */
const HUGE = 1e100;

/** How a channel's values are made of the rows. */
export interface BlockChannel {
  readonly offset: number;
  /** undefined: as stored. */
  readonly weights: RowWeights | undefined;
  readonly factor: number;
}

/** Where the values of a block lie, found when they are first asked for. */
export interface BlockBounds {
  /** Another block is in the rows. */
  renew(): void;
  readonly mayExceed: SurveyBlock['mayExceed'];
}

/**
 * A compensated value is its channel's own stored value, weighed, and what all others add at most. So most events are
 * told to lie below a high value without summing.
 */
export function blockBounds(rows: EventRows, channels: ReadonlyMap<string, BlockChannel>): BlockBounds {
  const { width } = rows;
  const lows = new Float64Array(width);
  const highs = new Float64Array(width);
  const isKnown = new Uint8Array(width);
  const isCalm = (offset: number): boolean => {
    if (isKnown[offset] === 0) {
      isKnown[offset] = 1;
      bound(rows, offset, { lows, highs });
    }
    return lows[offset]! > -HUGE && highs[offset]! < HUGE;
  };
  /** A stored value that reaches it is needed to exceed `least`; NaN where that cannot be told. */
  const neededOf = ({ offset, weights, factor }: BlockChannel, least: number): number => {
    if (!(factor > 0)) return Number.NaN;
    const aim = least / factor;
    if (weights === undefined) return isCalm(offset) ? aim - MARGIN * Math.abs(aim) : Number.NaN;
    const own = weights.offsets.indexOf(offset);
    const weight = weights.weights[own] ?? 0;
    if (!(weight > 0) || !weights.offsets.every(isCalm)) return Number.NaN;
    let others = 0;
    let size = Math.abs(aim);
    for (let k = 0; k < weights.offsets.length; k++) {
      const at = weights.offsets[k]!;
      const [low, high] = [weights.weights[k]! * lows[at]!, weights.weights[k]! * highs[at]!];
      size += Math.max(Math.abs(low), Math.abs(high));
      if (k !== own) others += Math.max(low, high);
    }
    return (aim - others - MARGIN * size) / weight;
  };
  return {
    renew: () => isKnown.fill(0),
    mayExceed(name, least, found) {
      const channel = channels.get(name);
      if (channel === undefined) throw new Error(`channel "${name}" was not read`);
      const needed = neededOf(channel, least);
      let count = 0;
      for (let e = 0, at = channel.offset; e < rows.eventCount; e++, at += width) {
        found[count] = e;
        count += rows.data[at]! < needed ? 0 : 1;
      }
      return count;
    },
  };
}

/** Ends of a channel's values in the block; infinite where one of them is no finite number. */
function bound(
  { data, width, eventCount }: EventRows,
  offset: number,
  { lows, highs }: { readonly lows: Float64Array; readonly highs: Float64Array },
): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let rest = 0;
  for (let e = 0, at = offset; e < eventCount; e++, at += width) {
    const value = data[at]!;
    if (value < low) low = value;
    if (value > high) high = value;
    // What is not finite less itself is no number, and stays so in a sum.
    rest += value - value;
  }
  lows[offset] = rest === 0 ? low : Number.NEGATIVE_INFINITY;
  highs[offset] = rest === 0 ? high : Number.POSITIVE_INFINITY;
}
