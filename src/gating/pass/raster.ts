import type { Scale } from '../../scale/index.ts';
import type { Region, Sure } from '../region.ts';
import { above, below, END_RANK, FIRST_RANK, KEYS, keyAt, keyOf, rankOf } from './valueKeys.ts';

/** A plane in cells, and of each whether all of it lies outside (0), inside (1), or must be asked (2). */
export interface Raster {
  /** Cell along an axis by the key of a linear value. */
  readonly columnOf: Uint8Array;
  readonly rowOf: Uint8Array;
  /** SIDE × SIDE, row by row. */
  readonly answers: Uint8Array;
}

export const SIDE = 256;
/** Cells along the extent of a region: finer ones are no longer told apart by keys of values. */
const CELLS = 200;
/** The cell of what has no place on an axis, or is no finite number: every event in it is asked. */
const ASK = SIDE - 1;
/** Of an extent: far above what rounding moves a coordinate, far below a cell. */
const MARGIN = 1e-9;
const answerOf: Readonly<Record<Sure, number>> = { out: 0, in: 1, ask: 2 };

/** @param scales of the region's two axes; undefined: linear */
export function rasterOf(region: Region, [x, y]: readonly [Scale | undefined, Scale | undefined]): Raster {
  const { left, right, bottom, top } = region.extent;
  const columns = axisCells(x, left, right);
  const rows = axisCells(y, bottom, top);
  const answers = new Uint8Array(SIDE * SIDE).fill(answerOf.ask);
  const paint = (c0: number, c1: number, r0: number, r1: number): void => {
    const box = {
      left: columns.low[c0]!,
      right: columns.high[c1 - 1]!,
      bottom: rows.low[r0]!,
      top: rows.high[r1 - 1]!,
    };
    const sure = region.sure(box);
    if (sure !== 'ask') {
      for (let r = r0; r < r1; r++) answers.fill(answerOf[sure], r * SIDE + c0, r * SIDE + c1);
    } else if (c1 - c0 > 1 && c1 - c0 >= r1 - r0) {
      const middle = (c0 + c1) >> 1;
      paint(c0, middle, r0, r1);
      paint(middle, c1, r0, r1);
    } else if (r1 - r0 > 1) {
      const middle = (r0 + r1) >> 1;
      paint(c0, c1, r0, middle);
      paint(c0, c1, middle, r1);
    }
  };
  if (columns.low.length > 0 && rows.low.length > 0) paint(0, columns.low.length, 0, rows.low.length);
  return { columnOf: columns.cellOf, rowOf: rows.cellOf, answers };
}

interface AxisCells {
  readonly cellOf: Uint8Array;
  /** Coordinates between which every value of a cell lies. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

function axisCells(scale: Scale | undefined, from: number, to: number): AxisCells {
  const ranks = Array.from({ length: CELLS + 1 }, (_, k) => from + ((to - from) * k) / CELLS)
    .map((at) => (scale === undefined ? at : scale.inverse(at)))
    .map((raw) => rankOf(keyOf(raw)))
    .filter((rank) => rank > FIRST_RANK && rank < END_RANK);
  const starts = [...new Set([FIRST_RANK, ...ranks])].sort((a, b) => a - b);
  const slack = MARGIN * Math.abs(to - from);
  const placed = (raw: number, towards: -1 | 1): number => {
    const at = scale === undefined ? raw : scale.forward(raw);
    return at + towards * (slack + MARGIN * Math.abs(at));
  };
  const cellOf = new Uint8Array(KEYS).fill(ASK);
  const low: number[] = [];
  const high: number[] = [];
  for (const [i, start] of starts.entries()) {
    const end = starts[i + 1] ?? END_RANK;
    const ends = [placed(below(start), -1), placed(above(end - 1), 1)] as const;
    // Where a scale is not defined its values have no coordinate: left to be asked.
    if (Number.isNaN(ends[0]) || Number.isNaN(ends[1])) continue;
    for (let rank = start; rank < end; rank++) cellOf[keyAt(rank)] = low.length;
    low.push(ends[0]);
    high.push(ends[1]);
  }
  return { cellOf, low, high };
}
