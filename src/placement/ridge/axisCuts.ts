import { bandwidthOf, histogram, modeAndWidth, smooth } from '../density/density.ts';
import { findValley } from '../density/findValley.ts';
import { MEMORY, SECOND } from './cells.ts';

export interface AxisCuts {
  readonly memory: number;
  /** undefined where the marker is absent or shows no valley: it is then not used to select cells. */
  readonly second: number | undefined;
  readonly flags: readonly string[];
}

/** Pooled values of the memory axis and, where the panel has it, of the second; in u. */
export interface AxisValues {
  readonly memory: Float64Array;
  readonly second: Float64Array | undefined;
  readonly weights: Float64Array;
}

/**
 * Cuts of the memory and the second axis on a pool: valleys between 1 and 4 u (prominence .3: a shallow dip in a smear is none; mass .02). Without one, memory
 * begins where the cells that lack the marker end; the second axis is not used.
 */
export function axisCuts({ memory: values, second: others, weights }: AxisValues): AxisCuts {
  const search = { prominence: 0.3, mass: 0.02, range: [1, 4] as const, which: 'deepest' as const };
  const memory = findValley(values, search, weights).cut;
  const second = others ? findValley(others, search, weights).cut : undefined;
  return {
    memory: memory ?? negativeEnd(values, weights),
    second,
    flags: [
      ...(memory === undefined ? ['memory_not_separable'] : []),
      ...(others && second === undefined ? ['second_not_separable'] : []),
    ],
  };
}

/** Widths beyond their mode at which cells that lack a marker end. */
const END = 3;

/** Where the cells without the marker end: most cells of the parent lack it, and below their mode lies nothing else. */
function negativeEnd(values: Float64Array, weights: Float64Array): number {
  const density = smooth(histogram(values, weights), bandwidthOf(values));
  const mode = density.reduce((best, height, bin) => (height > density[best]! ? bin : best), 0);
  const { at, width } = modeAndWidth(density, mode, -1);
  return at + END * width;
}

/** The cells of the core's own kind: memory marker low and, where it can be told, second marker high. */
export function isNaiveLike(columns: readonly Float64Array[], cuts: Pick<AxisCuts, 'memory' | 'second'>) {
  const memory = columns[MEMORY]!;
  const second = cuts.second === undefined ? undefined : columns[SECOND];
  return (row: number): boolean =>
    memory[row]! < cuts.memory && (second === undefined || second[row]! > (cuts.second as number));
}
