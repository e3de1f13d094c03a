import { findValley } from '../density/findValley.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import { MEMORY, type PooledCells, SECOND } from './cells.ts';

export interface AxisCuts {
  readonly memory: number;
  /** undefined where the marker is absent or shows no valley: it is then not used to select cells. */
  readonly second: number | undefined;
  readonly flags: readonly string[];
}

/**
 * Cuts of the memory and the second axis on a pool: valleys between 1 and 4 u (prominence .15, mass .02); without one, memory
 * is split by k-means, the second axis is not used.
 */
export function axisCuts(pool: PooledCells): AxisCuts {
  const search = { prominence: 0.15, mass: 0.02, range: [1, 4] as const, which: 'deepest' as const };
  const flags: string[] = [];
  const memoryValues = pool.columns[MEMORY]!;
  let memory = findValley(memoryValues, search, pool.weights).cut;
  if (memory === undefined) {
    memory = splitByMeans(memoryValues, 2).cuts[0] ?? 2;
    flags.push('memory_not_separable');
  }
  const secondValues = pool.columns[SECOND];
  const second = secondValues ? findValley(secondValues, search, pool.weights).cut : undefined;
  if (secondValues && second === undefined) flags.push('second_not_separable');
  return { memory, second, flags };
}

/** The cells of the core's own kind: memory marker low and, where it can be told, second marker high. */
export function isNaiveLike(columns: readonly Float64Array[], cuts: AxisCuts) {
  const memory = columns[MEMORY]!;
  const second = cuts.second === undefined ? undefined : columns[SECOND];
  return (row: number): boolean =>
    memory[row]! < cuts.memory && (second === undefined || second[row]! > (cuts.second as number));
}
