import { invert } from './invert.ts';
import type { Spillover } from './spillover.ts';

/** What turns raw columns into compensated ones, one wanted channel at a time. */
export interface Compensator {
  readonly channels: readonly string[];
  /**
   * The column of S⁻¹ for one wanted channel: one weight per channel of the matrix, in its order.
   * @returns undefined for a channel outside the matrix: its values stay as they are
   */
  weights(channel: string): { readonly channels: readonly string[]; readonly weights: Float64Array } | undefined;
}

/**
 * Solves the matrix once (LU with partial pivoting); true = observed × S⁻¹, so an output costs n products an event.
 * @throws RangeError on a matrix that cannot be solved: the readers of matrices refuse those in words
 */
export function makeCompensator(spillover: Spillover): Compensator {
  const { channels, matrix } = spillover;
  const solved = invert(matrix);
  if (!solved) throw new RangeError(`the spillover matrix of ${spillover.source} is singular`);
  const n = channels.length;
  const columns = new Map<string, Float64Array>();
  channels.forEach((channel, column) => {
    columns.set(
      channel,
      Float64Array.from({ length: n }, (_, row) => solved.inverse[row * n + column]!),
    );
  });
  return {
    channels,
    weights: (channel) => {
      const weights = columns.get(channel);
      return weights && { channels, weights };
    },
  };
}

/**
 * Compensated values of one channel: out[i] = Σ raw[k][i]·weights[k], summed in the order of the matrix's channels.
 * Channels with weight 0 are not read, so that they may be empty.
 * @param raw columns in the order of the weights, each as long as `out`
 * @param out filled; may not be one of the raw columns
 */
export function compensateColumn(raw: readonly Float64Array[], weights: Float64Array, out: Float64Array): void {
  for (let start = 0; start < out.length; start += eventsInCache) {
    const end = Math.min(start + eventsInCache, out.length);
    out.fill(0, start, end);
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]!;
      if (weight !== 0) addWeighted(raw[k]!, weight, out, start, end);
    }
  }
}

// 32 KiB of sums stay in the first cache while the channels pass by.
const eventsInCache = 4096;

// Column by column: every event still sums its channels in the matrix's order, and the loop stays one multiply-add.
function addWeighted(column: Float64Array, weight: number, out: Float64Array, start: number, end: number): void {
  for (let i = start; i < end; i++) out[i] = out[i]! + column[i]! * weight;
}
