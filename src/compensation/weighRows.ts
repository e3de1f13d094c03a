/** Events one after the other, `width` values each. */
export interface RowsOfValues {
  readonly data: Float32Array | Float64Array;
  readonly width: number;
}

/** One output of a matrix: which values of an event are added, times which weights, in the matrix's order. */
export interface RowWeights {
  readonly offsets: Int32Array;
  readonly weights: Float64Array;
}

/** Those that `compensateColumn` would read: channels with weight 0 are left out. */
export function rowWeights(offsets: readonly number[], weights: Float64Array): RowWeights {
  const read = offsets.map((_, k) => k).filter((k) => weights[k] !== 0);
  return {
    offsets: Int32Array.from(read, (k) => offsets[k]!),
    weights: Float64Array.from(read, (k) => weights[k]!),
  };
}

/**
 * Compensated values of one channel for some events, straight from rows: the same sums in the same order as
 * `compensateColumn`, so that every value is the same to the last bit.
 * @param events places of the events; the first `count` are asked for
 * @param out its first `count` are filled
 */
export function weighRows(
  rows: RowsOfValues,
  { offsets, weights }: RowWeights,
  { events, count }: { readonly events: Uint32Array; readonly count: number },
  out: Float64Array,
): void {
  out.fill(0, 0, count);
  let k = 0;
  // Eight, four and one at a time: the sum stays in a register, and the loops are three whatever the matrix.
  for (; k + 8 <= weights.length; k += 8) addEight(rows, offsets, weights, { events, count, k }, out);
  for (; k + 4 <= weights.length; k += 4) addFour(rows, offsets, weights, { events, count, k }, out);
  for (; k < weights.length; k++) addOne(rows, offsets[k]!, weights[k]!, { events, count, k }, out);
}

interface Stretch {
  readonly events: Uint32Array;
  readonly count: number;
  /** The first weight of this turn. */
  readonly k: number;
}

function addEight(
  { data, width }: RowsOfValues,
  offsets: Int32Array,
  weights: Float64Array,
  { events, count, k }: Stretch,
  out: Float64Array,
): void {
  const [a, b, c, d] = [offsets[k]!, offsets[k + 1]!, offsets[k + 2]!, offsets[k + 3]!];
  const [e, f, g, h] = [offsets[k + 4]!, offsets[k + 5]!, offsets[k + 6]!, offsets[k + 7]!];
  const [wa, wb, wc, wd] = [weights[k]!, weights[k + 1]!, weights[k + 2]!, weights[k + 3]!];
  const [we, wf, wg, wh] = [weights[k + 4]!, weights[k + 5]!, weights[k + 6]!, weights[k + 7]!];
  for (let i = 0; i < count; i++) {
    const at = Math.imul(events[i]!, width);
    const half = out[i]! + data[at + a]! * wa + data[at + b]! * wb + data[at + c]! * wc + data[at + d]! * wd;
    out[i] = half + data[at + e]! * we + data[at + f]! * wf + data[at + g]! * wg + data[at + h]! * wh;
  }
}

function addFour(
  { data, width }: RowsOfValues,
  offsets: Int32Array,
  weights: Float64Array,
  { events, count, k }: Stretch,
  out: Float64Array,
): void {
  const [a, b, c, d] = [offsets[k]!, offsets[k + 1]!, offsets[k + 2]!, offsets[k + 3]!];
  const [wa, wb, wc, wd] = [weights[k]!, weights[k + 1]!, weights[k + 2]!, weights[k + 3]!];
  for (let i = 0; i < count; i++) {
    const at = Math.imul(events[i]!, width);
    out[i] = out[i]! + data[at + a]! * wa + data[at + b]! * wb + data[at + c]! * wc + data[at + d]! * wd;
  }
}

function addOne(
  { data, width }: RowsOfValues,
  offset: number,
  weight: number,
  { events, count }: Stretch,
  out: Float64Array,
): void {
  for (let i = 0; i < count; i++) out[i] = out[i]! + data[Math.imul(events[i]!, width) + offset]! * weight;
}

/** Values as they stand, for some events. */
export function pickRows(
  { data, width }: RowsOfValues,
  offset: number,
  { events, count }: { readonly events: Uint32Array; readonly count: number },
  out: Float64Array,
): void {
  for (let i = 0; i < count; i++) out[i] = data[Math.imul(events[i]!, width) + offset]!;
}
