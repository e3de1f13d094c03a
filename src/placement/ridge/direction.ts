import type { Point } from '../../gating/index.ts';
import { weightedMedian } from '../density/density.ts';
import { type PooledCells, X, Y } from './cells.ts';

export interface RidgeShape {
  readonly direction: Point;
  /** Width of the core across the ridge, in u. */
  readonly sigma: number;
  /** End of the ridge along the direction; undefined where no ridge was seen. */
  readonly tip: number | undefined;
}

/** MAD to standard deviation of a normal distribution. */
const MAD_FACTOR = 0.6745;
/** Least excess of the ridge side over the clean side, as a share of all cells. */
const LEAST_EXCESS = 0.004;
const LEAST_RATIO = 1.5;
/** In widths of the core. A ridge that ends sooner is the tail of the core: half way up it naive cells would still be counted. */
const SHORTEST = 5;
/** Share of the excess of the ridge's upper half that lies beyond its tip. */
const BEYOND_TIP = 0.04;
/** Excess is counted along the ridge in bins of so many u: 6 u, which no ridge of this frame reaches. */
const TIP_BIN = 0.025;
const TIP_BINS = 240;

/** In widths of the core: beyond this from it lies the upper half of a ridge, … */
const UPPER = 2.5;
/** … whose cells lie within this across, … */
const BAND = 3.5;
/** … and whose tip is looked for closer to its middle, where other cells are few. */
const TIP_BAND = 3;
/** The clean side of the core, in widths: along the ridge up to this, and this far across. */
const CLEAN = { along: 1.5, across: 3 } as const;
/** Stray cells among those of the upper half lie so many widths from the core. */
const STRAY_AT = 3;
/** Fewer cells on the clean side tell no width. */
const FEWEST_ACROSS = 20;
/** In u: a core is .4 to .6 wide; a search that leaves this has lost it. */
const WIDTHS = { start: 0.5, least: 0.15, most: 0.9 } as const;
/** Rounds of width and direction in turn. */
const ROUNDS = 5;
/** Components of a direction: a ridge of naive cells climbs in both markers, neither may hardly change. */
const COMPONENTS = { least: 0.35, most: 0.94 } as const;
/** Least share that the weaker component has of the stronger, before it is brought to length 1. */
const WEAKER = 0.05;

/**
 * Direction, width and tip of the ridge that climbs from the core of naive-like cells. Its upper half is compared with the
 * same shape turned by 90° on the clean side (x up, y down), where no such cells live; the low side, where activated and
 * double-negative cells lie, is never read.
 * @param cells naive-like cells on the study's landmark; @param core their core (x, y)
 */
export function ridgeShape(cells: PooledCells, core: Point): RidgeShape {
  const around = centred(cells, core);
  let direction: Point = [Math.SQRT1_2, Math.SQRT1_2];
  let sigma: number = WIDTHS.start;
  for (let round = 0; round < ROUNDS; round++) {
    sigma = widthAcross(around, direction, sigma);
    const { up, side, total } = sides(around, direction, sigma);
    if (up - side <= LEAST_EXCESS * total || up < LEAST_RATIO * side) return { direction, sigma, tip: undefined };
    direction = climb(around, { direction, sigma, side });
  }
  const tip = tipOf(around, direction, sigma);
  return { direction, sigma, tip: tip === undefined || tip < SHORTEST * sigma ? undefined : tip };
}

/** Cells as seen from the core, in u. */
interface CellsAround {
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  readonly w: Float64Array;
}

function centred(cells: PooledCells, core: Point): CellsAround {
  const dx = cells.columns[X]!.map((value) => value - core[0]);
  const dy = cells.columns[Y]!.map((value) => value - core[1]);
  return { dx, dy, w: cells.weights };
}

function widthAcross({ dx, dy, w }: CellsAround, d: Point, sigma: number): number {
  const values: number[] = [];
  const weights: number[] = [];
  for (let i = 0; i < w.length; i++) {
    const t = dx[i]! * d[0] + dy[i]! * d[1];
    const s = dy[i]! * d[0] - dx[i]! * d[1];
    if (t > 0 && t < CLEAN.along * sigma && s < 0 && s > -CLEAN.across * sigma) {
      values.push(-s);
      weights.push(w[i]!);
    }
  }
  if (values.length <= FEWEST_ACROSS) return sigma;
  return Math.min(WIDTHS.most, Math.max(WIDTHS.least, (weightedMedian(values, weights) as number) / MAD_FACTOR));
}

function sides({ dx, dy, w }: CellsAround, d: Point, sigma: number) {
  let up = 0;
  let side = 0;
  let total = 0;
  for (let i = 0; i < w.length; i++) {
    const t = dx[i]! * d[0] + dy[i]! * d[1];
    const s = dy[i]! * d[0] - dx[i]! * d[1];
    total += w[i]!;
    if (t > UPPER * sigma && Math.abs(s) < BAND * sigma) up += w[i]!;
    if (-s > UPPER * sigma && Math.abs(t) < BAND * sigma) side += w[i]!;
  }
  return { up, side, total };
}

interface Climb {
  readonly direction: Point;
  readonly sigma: number;
  /** Weight of the cells on the clean side. */
  readonly side: number;
}

function climb({ dx, dy, w }: CellsAround, { direction: d, sigma, side }: Climb): Point {
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < w.length; i++) {
    const x = dx[i]!;
    const y = dy[i]!;
    const s = y * d[0] - x * d[1];
    if (x > 0 && y > 0 && Math.hypot(x, y) > UPPER * sigma && Math.abs(s) < BAND * sigma) {
      sumX += x * w[i]!;
      sumY += y * w[i]!;
    }
  }
  // Cells of the clean side stand for others that lie just beyond where the upper half begins.
  sumX -= side * STRAY_AT * sigma * d[0];
  sumY -= side * STRAY_AT * sigma * d[1];
  const least = WEAKER * Math.max(Math.abs(sumX), Math.abs(sumY));
  const [unitX, unitY] = unit(Math.max(sumX, least), Math.max(sumY, least));
  return unit(clampComponent(unitX), clampComponent(unitY));
}

function clampComponent(value: number): number {
  return Math.min(COMPONENTS.most, Math.max(COMPONENTS.least, value));
}

function unit(x: number, y: number): Point {
  const length = Math.hypot(x, y);
  return [x / length, y / length];
}

/**
 * Where the upper half of the ridge ends: all but 4 % of its excess over the clean side lies below. How many cells the upper
 * half holds does not count, so that a fuller ridge moves neither its tip nor a border half way up.
 */
function tipOf({ dx, dy, w }: CellsAround, d: Point, sigma: number): number | undefined {
  const excess = new Float64Array(TIP_BINS);
  for (let i = 0; i < w.length; i++) {
    const t = dx[i]! * d[0] + dy[i]! * d[1];
    const s = dy[i]! * d[0] - dx[i]! * d[1];
    const up = Math.floor(t / TIP_BIN);
    const clean = Math.floor(-s / TIP_BIN);
    if (Math.abs(s) < TIP_BAND * sigma && up >= 0 && up < TIP_BINS) excess[up]! += w[i]!;
    if (Math.abs(t) < TIP_BAND * sigma && clean >= 0 && clean < TIP_BINS) excess[clean]! -= w[i]!;
  }
  // Excess beyond the lower edge of each bin.
  const beyond = new Float64Array(TIP_BINS + 1);
  for (let bin = TIP_BINS - 1; bin >= 0; bin--) beyond[bin] = beyond[bin + 1]! + excess[bin]!;
  const left = (edge: number) => {
    const half = edge / 2;
    const [low, high] = [Math.floor(half), Math.ceil(half)];
    return beyond[edge]! - BEYOND_TIP * 0.5 * (beyond[low]! + beyond[high]!);
  };
  for (let edge = TIP_BINS - 1; edge > 0; edge--) {
    if (left(edge) < 0 || beyond[edge]! <= 0) continue;
    const [inside, outside] = [left(edge), left(edge + 1)];
    return (edge + (inside > outside ? inside / (inside - outside) : 1)) * TIP_BIN;
  }
  return undefined;
}
