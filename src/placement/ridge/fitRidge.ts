import type { Point } from '../../gating/index.ts';
import { type Cut, POOL_ROWS } from '../cuts/cut.ts';
import { atGain } from '../stain/stainingGain.ts';
import { axisCuts } from './axisCuts.ts';
import { MEMORY, poolCells, type RidgeCells, SECOND } from './cells.ts';
import { naiveCore } from './naiveCore.ts';
import { type PooledRidge, pooledRidge, secondCutOf } from './pooledRidge.ts';
import type { PlaneCells } from './regions.ts';
import { type CutTube, type Registration, register } from './register.ts';
import { registerAxis } from './registerAxis.ts';
import { tubeCut } from './tubeCut.ts';
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
  const registration = registerTubes(tubes, poolRows);
  const gained = tubes.map((cells, t) => ({ cells, gains: registration.gains[t]! }));
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
  const memoryCut = { axis: MEMORY, at: cuts.memory, isUnclear: cuts.flags.includes('memory_not_separable') };
  const secondCut = { axis: SECOND, at: second, isUnclear: cuts.second === undefined };
  const memoryCuts = gained.map((tube) => tubeCut(tube, memoryCut));
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
    tubes: gained.map((tube, t) => ({
      sampleId: tube.cells.sampleId,
      gains: tube.gains,
      variance: registration.tubes[t]!.variance,
      ...doubts[t]!,
      memoryCut: memoryCuts[t]!,
      secondCut: tube.cells.columns[SECOND] ? tubeCut(tube, secondCut) : undefined,
    })),
  };
}

/** Registers the tubes: further axes first, each by itself, so that memory cells and others can be told apart on the plane. */
function registerTubes(
  tubes: readonly RidgeCells[],
  poolRows: number,
): Registration & { readonly gains: readonly number[][] } {
  const asFound = tubes.filter((tube) => tube.isInPool).map((cells) => ({ cells, gains: cells.columns.map(() => 0) }));
  const first = axisCuts(poolCells(asFound, poolRows));
  const onAxis = (axis: number, cut: number | undefined) => {
    if (cut === undefined || tubes.some(({ columns }) => columns[axis] === undefined)) return tubes.map(() => 0);
    return registerAxis(
      tubes.map(({ columns, isInPool }) => ({ values: columns[axis]!, isInPool })),
      cut,
    );
  };
  const memory = onAxis(MEMORY, first.memory);
  const second = onAxis(SECOND, first.second);
  const cut = tubes.map((cells, t): CutTube => ({ cells, memoryCut: atGain(first.memory, memory[t]!) }));
  const plane = register(cut, coreOf);
  const gains = tubes.map(({ columns }, t) =>
    [...plane.tubes[t]!.gain, memory[t]!, second[t]!].slice(0, columns.length),
  );
  return { ...plane, gains };
}

/** The core of the cells of a plane that are no memory cells. */
function coreOf({ x, y, weights, isMemory }: PlaneCells): Point {
  const rows = [...isMemory.keys()].filter((row) => isMemory[row] === 0);
  const of = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]!);
  return naiveCore({ columns: [of(x), of(y)], weights: of(weights) });
}
