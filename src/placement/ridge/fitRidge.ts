import type { Point } from '../../gating/index.ts';
import { type Cut, POOL_ROWS } from '../cuts/cut.ts';
import { atGain } from '../stain/stainingGain.ts';
import { axisCuts } from './axisCuts.ts';
import { MEMORY, poolCells, type RidgeCells, SECOND } from './cells.ts';
import { naiveCore } from './naiveCore.ts';
import { type PooledRidge, pooledRidge, secondCutOf } from './pooledRidge.ts';
import { type CutTube, type Registration, register } from './register.ts';
import { joinCuts, ownValley } from './tubeCut.ts';
import { tubeDoubts } from './tubeDoubts.ts';
import type { TubeGain } from './tubeGain.ts';

/** A ridge in the space of its four markers; what is named by marker is made of it elsewhere. */
export interface FittedRidge extends Omit<PooledRidge, 'pool' | 'cuts' | 'hasRidge'> {
  readonly cuts: { readonly memory: number; readonly second: number };
  readonly poolTubes: number;
  readonly poolCells: number;
  readonly flags: readonly string[];
  readonly tubes: readonly FittedTube[];
}

export interface FittedTube {
  readonly sampleId: string;
  /** Log gain on both markers of the plane against the study. */
  readonly gain: Point;
  /** Variance of the gain: xx, xy, yy. */
  readonly variance: TubeGain['variance'];
  /** Share of the naive-like cells that lie well above the core. */
  readonly fill: number;
  readonly memoryCut: Cut;
  readonly secondCut: Cut | undefined;
  readonly flags: readonly string[];
}

/** With fewer tubes than this all their events are read: the pool is the tubes, and the flag says so. */
const FEW_TUBES = 4;

/**
 * Brings all tubes to one stain by registration, and fits core, direction, width and tip of the ridge and all cuts once on
 * their pool. Nothing of visit, arm or subject is known here.
 * @param tubes by sample_id; at least one in the pool, each with the columns x, y, memory and, where stained, second
 */
export function fitRidge(tubes: readonly RidgeCells[]): FittedRidge {
  const inPool = tubes.filter((tube) => tube.isInPool);
  const poolRows = inPool.length < FEW_TUBES ? Number.POSITIVE_INFINITY : POOL_ROWS;
  const registration = registerTubes(tubes, poolRows);
  const gained = tubes.map((cells, t) => ({ cells, gain: registration.tubes[t]!.gain }));
  const { pool, cuts, hasRidge, ...study } = pooledRidge(
    gained.filter(({ cells }) => cells.isInPool),
    poolRows,
  );
  const flags = [
    ...cuts.flags,
    ...(hasRidge ? [] : ['no_ridge']),
    ...(inPool.length < FEW_TUBES ? ['small_pool'] : []),
  ].sort();
  const second = secondCutOf({ pool, cuts });
  const isUnclear = cuts.flags.includes('memory_not_separable');
  const memoryCuts = tubes.map((tube) => joinCuts(ownValley(tube, MEMORY), tube.count, cuts.memory, isUnclear));
  const doubts = tubeDoubts(tubes, registration, {
    memoryCuts,
    direction: study.shape.direction,
    plasmablastX: (gain) => atGain(study.plasmablastX, gain[0]),
  });
  return {
    ...study,
    cuts: { memory: cuts.memory, second },
    poolTubes: inPool.length,
    poolCells: pool.weights.length,
    flags,
    tubes: tubes.map((tube, t) => {
      const { gain, variance } = registration.tubes[t]!;
      return {
        sampleId: tube.sampleId,
        ...{ gain, variance, ...doubts[t]! },
        memoryCut: memoryCuts[t]!,
        secondCut: tube.columns[SECOND]
          ? joinCuts(ownValley(tube, SECOND), tube.count, second, cuts.second === undefined)
          : undefined,
      };
    }),
  };
}

/** Registers the tubes, memory cells and others apart by cuts that stand before any stain is known. */
function registerTubes(tubes: readonly RidgeCells[], poolRows: number): Registration {
  const asFound = tubes.filter((tube) => tube.isInPool).map((cells) => ({ cells, gain: [0, 0] as const }));
  const { memory, flags } = axisCuts(poolCells(asFound, poolRows));
  const isUnclear = flags.includes('memory_not_separable');
  const cut = tubes.map((cells): CutTube => {
    return { cells, memoryCut: joinCuts(ownValley(cells, MEMORY), cells.count, memory, isUnclear).at ?? memory };
  });
  return register(cut, ({ x, y, weights, isMemory }) => {
    const rows = [...isMemory.keys()].filter((row) => isMemory[row] === 0);
    const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
    return naiveCore({ columns: [of(x), of(y)], weights: of(weights) });
  });
}
