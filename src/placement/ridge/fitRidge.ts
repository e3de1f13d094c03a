import { type Cut, POOL_ROWS } from '../cuts/cut.ts';
import { atGain } from '../stain/stainingGain.ts';
import { MEMORY, type RidgeCells, SECOND } from './cells.ts';
import { type PooledRidge, pooledRidge, secondCutOf } from './pooledRidge.ts';
import { registerTubes } from './registerTubes.ts';
import { memoryFallback, secondFallback, tubeCut } from './tubeCut.ts';
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
  /** Log gain against the study on each column. */
  readonly gains: readonly number[];
  /** Variance of the gains of the plane: xx, xy, yy. */
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
  const registration = registerTubes(tubes);
  const gained = tubes.map((cells, t) => ({ cells, gains: registration[t]!.gains }));
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
  const memoryCut = { axis: MEMORY, at: cuts.memory, fallback: memoryFallback(cuts) };
  const secondCut = { axis: SECOND, at: second, fallback: secondFallback(cuts) };
  const memoryCuts = gained.map((tube) => tubeCut(tube, memoryCut));
  const doubts = tubeDoubts(
    tubes,
    registration.map(({ plane }) => plane),
    {
      memoryCuts,
      direction: study.shape.direction,
      plasmablastX: (gain) => atGain(study.plasmablastX, gain[0]),
    },
  );
  return {
    ...study,
    cuts: { memory: cuts.memory, second },
    poolTubes: inPool.length,
    poolCells: pool.weights.length,
    flags,
    tubes: gained.map((tube, t) => ({
      sampleId: tube.cells.sampleId,
      gains: tube.gains,
      variance: registration[t]!.plane.variance,
      ...doubts[t]!,
      memoryCut: memoryCuts[t]!,
      secondCut: tube.cells.columns[SECOND] ? tubeCut(tube, secondCut) : undefined,
    })),
  };
}
