import type { Point } from '../../gating/index.ts';
import { weightedMedian } from '../density/density.ts';
import { type PooledCells, X, Y } from './cells.ts';
import { highestMode } from './highestMode.ts';
import { meanShift } from './meanShift.ts';

/** Width of the kernel that climbs to the core, in u. */
const BANDWIDTH = 0.35;

/** The core of the naive-like cells of a pool: its highest mode on the plane, to less than a bin. */
export function naiveCore({ columns, weights }: PooledCells): Point {
  const plane = { columns: [columns[X]!, columns[Y]!], weights };
  const median = (column: Float64Array) => weightedMedian([...column], [...weights]) ?? 0;
  const start = highestMode(plane) ?? [median(columns[X]!), median(columns[Y]!)];
  const [x, y] = meanShift(plane, start, [BANDWIDTH, BANDWIDTH]);
  return [x as number, y as number];
}
