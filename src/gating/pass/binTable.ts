import { makeScale } from '../../scale/index.ts';
import type { PictureAxis } from '../counts.ts';
import { above, below, END_RANK, FIRST_RANK, KEYS, keyAt, keyOf, rankOf } from './valueKeys.ts';

/** Bin of a value that is no number. */
export const NO_BIN = 255;
/** Values of the key lie in several bins, told apart by the edges; or only the scale itself can tell. */
const BY_EDGES = 254;
const BY_SCALE = 253;

/** Bins of a picture's axis for linear values. */
export interface BinTable {
  /** Bin by key; `BY_EDGES` or `BY_SCALE` where values of one key lie in several. */
  readonly binOf: Uint8Array;
  readonly bins: number;
  /** Linear values between which, and between whose `slack`, the bins change; ascending. */
  readonly edges: Float64Array;
  readonly slack: Float64Array;
  /** By the arithmetic of the picture itself. */
  exact(value: number): number;
}

/** Coordinates so near to an edge may fall to either side by rounding (scales keep to 1e-12 of their span). */
const NEAR = 1e-10;

export function binTable(axis: PictureAxis, bins: number): BinTable {
  const scale = makeScale(axis.scale);
  const perUnit = bins / (axis.to - axis.from);
  const one = new Float64Array(1);
  const exact = (value: number): number => {
    one[0] = value;
    scale.forwardColumn(one, one);
    return binAt(one[0], axis.from, perUnit, bins);
  };
  const near = NEAR * Math.max(Math.abs(axis.from), Math.abs(axis.to));
  const at = Array.from({ length: bins - 1 }, (_, k) => axis.from + (k + 1) / perUnit);
  const edges = Float64Array.from(at, (coordinate) => scale.inverse(coordinate));
  const slack = Float64Array.from(at, (coordinate, k) =>
    Math.max(
      Math.abs(scale.inverse(coordinate + near) - edges[k]!),
      Math.abs(scale.inverse(coordinate - near) - edges[k]!),
    ),
  );
  // Edges that the scale cannot place tell nothing: what is asked then is asked of the scale.
  if (!edges.every(Number.isFinite)) slack.fill(Number.POSITIVE_INFINITY);
  return { binOf: tableOf(edges, slack, exact), bins, edges, slack, exact };
}

/** @returns `NO_BIN` for a coordinate that is no number; what lies beyond the axis is in its first or last bin */
function binAt(coordinate: number, from: number, perUnit: number, bins: number): number {
  const bin = Math.floor((coordinate - from) * perUnit);
  return Number.isNaN(bin) ? NO_BIN : Math.min(bins - 1, Math.max(0, bin));
}

/** Between two edges all values are in the bin of the two that lie just outside their keys, where both say the same. */
function tableOf(edges: Float64Array, slack: Float64Array, exact: (value: number) => number): Uint8Array {
  const binOf = new Uint8Array(KEYS).fill(BY_SCALE);
  const ranks = new Set([FIRST_RANK - 1, END_RANK, rankOf(keyOf(0)), rankOf(keyOf(-0))]);
  edges.forEach((edge, k) => {
    for (const value of [edge - slack[k]!, edge, edge + slack[k]!]) ranks.add(rankOf(keyOf(value)));
  });
  const asked = [...ranks].filter((rank) => rank >= FIRST_RANK - 1 && rank <= END_RANK).sort((a, b) => a - b);
  for (let i = 1; i < asked.length; i++) {
    const [start, end] = [asked[i - 1]! + 1, asked[i]!];
    if (start >= end) continue;
    const bin = exact(below(start));
    if (bin !== exact(above(end - 1))) continue;
    for (let rank = start; rank < end; rank++) binOf[keyAt(rank)] = bin;
  }
  for (const rank of asked) {
    if (rank < FIRST_RANK || rank >= END_RANK) continue;
    // Where the scale is defined at both ends of the key it rises between them.
    const isDefined = exact(below(rank)) !== NO_BIN && exact(above(rank)) !== NO_BIN;
    if (isDefined) binOf[keyAt(rank)] = BY_EDGES;
  }
  return binOf;
}

/** The bin of a value whose key does not tell: by the edges, and where it lies upon one by the scale itself. */
function askedBin({ edges, slack, exact }: BinTable, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= edges[middle]!) low = middle + 1;
    else high = middle;
  }
  const isNear = (k: number): boolean => k >= 0 && k < edges.length && !(Math.abs(value - edges[k]!) > slack[k]!);
  const isSure = Number.isFinite(value) && !isNear(low - 1) && !isNear(low);
  return isSure ? low : exact(value);
}

/** Bins of values, told by their keys. */
export function binsOf(table: BinTable, key: number, value: number): number {
  const bin = table.binOf[key]!;
  if (bin === BY_EDGES) return askedBin(table, value);
  return bin === BY_SCALE ? table.exact(value) : bin;
}
