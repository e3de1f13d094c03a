import type { Pool } from '../../template/index.ts';

/** What a pool asks of a tube. */
export interface PoolTube {
  readonly sampleId: string;
  readonly isInPool: boolean;
  readonly role: string;
  readonly batch: string;
  readonly subjectKey: string;
}

/** Rows that a tube gives to the pool: every tube counts alike, whatever its events. */
export const POOL_ROWS = 600;
/** Below this a tube's weight in the pool falls with its events. */
const LEAST_POOL_WEIGHT = 30;

/** How many of its rows a tube gives to its pool; all of them where it is the pool. */
export function rowsOfTube(pool: Pool, tubeCount: number): number {
  return pool === 'tube' || tubeCount < 2 ? Number.POSITIVE_INFINITY : POOL_ROWS;
}

/** Weight of each of a tube's rows in the pool, so that the tube's rows add up to one. */
export function poolWeight(rowCount: number): number {
  return 1 / Math.max(LEAST_POOL_WEIGHT, rowCount);
}

/** Which pool a tube takes its position from. */
export function groupOf(tube: PoolTube, pool: Pool): string {
  switch (pool) {
    case 'tube':
      return tube.sampleId;
    case 'subject':
      return tube.subjectKey;
    case 'batch':
      return tube.batch;
    case 'study':
    case 'reference':
      return '';
    default: {
      const unknown: never = pool;
      throw new Error(`unknown pool ${String(unknown)}`);
    }
  }
}

/** Which tubes make a pool: samples in use; for `tube` the tube itself, for `reference` the bridging controls. */
export function isInGroup(tube: PoolTube, key: string, pool: Pool): boolean {
  if (groupOf(tube, pool) !== key) return false;
  if (pool === 'tube') return true;
  return pool === 'reference' ? tube.role === 'bridge' : tube.isInPool;
}
