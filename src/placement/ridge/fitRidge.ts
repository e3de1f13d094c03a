import { median } from 'd3-array';
import type { Point } from '../../gating/index.ts';
import { type Cut, POOL_ROWS } from '../cuts/cut.ts';
import type { CutFound } from '../cuts/cutSearch.ts';
import { findValley } from '../density/findValley.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import { type Landmark, MEMORY, type PooledCells, pick, poolCells, type RidgeCells, SECOND, X, Y } from './cells.ts';
import type { CoreShape } from './coreModel.ts';
import { type RidgeShape, ridgeShape } from './direction.ts';
import { type AxisCuts, axisCuts, findLandmarks, isNaiveLike, type TubeLandmark } from './landmarks.ts';
import { memoryAnchors } from './memoryAnchors.ts';
import { type PlasmablastBorders, plasmablastBorders } from './plasmablasts.ts';
import { type RefinedLandmarks, type RidgeFrame, refineLandmarks, withHeavyFlag } from './refineLandmarks.ts';
import { carried } from './stainingGain.ts';

/** A ridge in the space of its four markers; what is named by marker is made of it elsewhere. */
export interface FittedRidge extends PlasmablastBorders {
  readonly core: Point;
  readonly shape: RidgeShape & { readonly tip: number };
  readonly valleyY: number | undefined;
  /** The frozen model of core and ridge; undefined where no ridge was seen. */
  readonly coreModel: CoreShape | undefined;
  readonly cuts: { readonly memory: number; readonly second: number };
  readonly poolTubes: number;
  readonly poolCells: number;
  readonly flags: readonly string[];
  readonly tubes: readonly FittedTube[];
}

export interface FittedTube {
  readonly sampleId: string;
  readonly landmark: Landmark;
  readonly offset: Landmark;
  /** Share of the naive-like cells that lie on the ridge; null where it was not fitted. */
  readonly fill: number | null;
  readonly memoryCut: Cut;
  readonly secondCut: Cut | undefined;
  readonly flags: readonly string[];
}

/** With fewer tubes than this all their events are read: the pool is the tubes, and the flag says so. */
const FEW_TUBES = 4;
/** Direction and length of a ridge where the study shows none: from healthy and lupus blood on this frame. */
const USUAL_DIRECTION: Point = [0.72, 0.69];
const USUAL_TIP = 2.8;
/** The usual border on the ridge: half of the way to its tip. */
const BORDER = 0.5;

/**
 * Finds the core of the naive-like cells in every tube, brings all tubes onto it, and fits direction, width and tip of the
 * ridge and all cuts once on the pool. Nothing of visit, arm or subject is known here.
 * @param tubes by sample_id; at least one in the pool, each with the columns x, y, memory and, where stained, second
 */
export function fitRidge(tubes: readonly RidgeCells[]): FittedRidge {
  const inPool = tubes.filter((tube) => tube.isInPool);
  const poolRows = inPool.length < FEW_TUBES ? Number.POSITIVE_INFINITY : POOL_ROWS;
  const first = findLandmarks(tubes, poolRows);
  const onModes = fitStudy(tubes, first, poolRows);
  const refined = onModes.hasRidge ? onCores(tubes, first, onModes, poolRows) : undefined;
  const landmarks = refined?.landmarks ?? first;
  const study = refined ? fitStudy(tubes, landmarks, poolRows) : onModes;
  const { core, shape, pool, cuts, offsets } = study;
  const memory = memoryBorders(study);
  const flags = [
    ...cuts.flags,
    ...(study.hasRidge ? [] : ['no_ridge']),
    ...(refined?.isAtBound ? ['model_at_bound'] : []),
    ...(inPool.length < FEW_TUBES ? ['small_pool'] : []),
  ].sort();
  const second = secondCutOf(pool, cuts);
  const plasmablastsIn = (offset: Landmark) => carried(memory.plasmablastX, core[0], core[0] + offset[X]!);
  return {
    core,
    shape,
    ...memory,
    coreModel: refined?.shape,
    cuts: { memory: cuts.memory, second },
    poolTubes: inPool.length,
    poolCells: pool.weights.length,
    flags,
    tubes: tubes.map((tube, t) => {
      const offset = offsets[t]!;
      const memoryAt = cuts.memory + offset[MEMORY]!;
      const memoryCut = tubeCut(tube, MEMORY, memoryAt, cuts.flags.includes('memory_not_separable'));
      const lacksMemory = hasFewMemory(tube, memoryCut, plasmablastsIn(offset)) ? ['few_memory'] : [];
      return {
        sampleId: tube.sampleId,
        landmark: landmarks[t]!.at,
        offset,
        fill: refined?.fills[t] ?? null,
        memoryCut,
        secondCut: tube.columns[SECOND]
          ? tubeCut(tube, SECOND, second + offset[SECOND]!, cuts.second === undefined)
          : undefined,
        flags: [...landmarks[t]!.flags, ...lacksMemory].sort(),
      };
    }),
  };
}

/** Landmarks on the cores: first from what each tube shows of its own, then with its memory cells as a second witness. */
function onCores(
  tubes: readonly RidgeCells[],
  first: readonly TubeLandmark[],
  onModes: FittedStudy,
  poolRows: number,
): RefinedLandmarks {
  const own = refineLandmarks(tubes, first, frameOf(onModes, poolRows), []);
  const study = fitStudy(tubes, own.landmarks, poolRows);
  const standings = own.landmarks.map(({ at }, t) => ({ at, offset: study.offsets[t]!, fill: own.fills[t]! }));
  const anchors = memoryAnchors(tubes, standings, {
    core: study.core,
    direction: study.shape.direction,
    memoryCut: study.cuts.memory,
    valleyY: memoryBorders(study).valleyY,
  });
  const isAnchored = study.hasRidge && anchors.some((anchor) => anchor !== undefined);
  const refined = isAnchored ? refineLandmarks(tubes, own.landmarks, frameOf(study, poolRows), anchors) : own;
  const landmarks = refined.landmarks.map((landmark, t) => withHeavyFlag(landmark, refined.fills[t]!));
  return { ...refined, landmarks };
}

function frameOf({ reference, cuts, shape }: FittedStudy, poolRows: number): RidgeFrame {
  return { reference, cuts, direction: shape.direction, sigma: shape.sigma, tip: shape.tip, poolRows };
}

type FittedStudy = ReturnType<typeof fitStudy>;

/** All that is fitted on the pool once the tubes stand on their landmarks. */
export function fitStudy(tubes: readonly RidgeCells[], landmarks: readonly TubeLandmark[], poolRows: number) {
  const isPooled = (_: unknown, t: number) => tubes[t]!.isInPool;
  const reference = medianLandmark(landmarks.filter(isPooled).map((landmark) => landmark.at));
  const offsets = landmarks.map(({ at }) => at.map((value, d) => value - reference[d]!));
  const pool = poolCells(
    tubes.filter(isPooled),
    landmarks.filter(isPooled).map((landmark) => landmark.at),
    reference,
    poolRows,
  );
  const cuts = axisCuts(pool);
  const core: Point = [reference[X]!, reference[Y]!];
  const seen = ridgeShape(pick(pool, isNaiveLike(pool.columns, cuts, 0)), core);
  const hasRidge = seen.tip !== undefined;
  const shape = { ...seen, direction: hasRidge ? seen.direction : USUAL_DIRECTION, tip: seen.tip ?? USUAL_TIP };
  return { reference, offsets, pool, cuts, core, hasRidge, shape };
}

function medianLandmark(landmarks: readonly Landmark[]): Landmark {
  const [first] = landmarks;
  if (!first) throw new Error('a ridge needs at least one tube in its pool');
  return first.map((_, d) => median(landmarks, (landmark) => landmark[d]!) as number);
}

/** Where the second axis shows no valley its divider is the midpoint of two means, and a judgement. */
function secondCutOf(pool: PooledCells, cuts: AxisCuts): number {
  const values = pool.columns[SECOND];
  if (cuts.second !== undefined || !values) return cuts.second ?? 0;
  return splitByMeans(values, 2).cuts[0] ?? 2;
}

/** Memory cells of x below this above the core, in u, are of low x: plasmablasts and cells on the way to them stay out. */
const LOW_X = 0.6;

/**
 * Plasmablast borders, and among memory cells of low x the deepest valley of y between .3 and .7 above the level of the
 * ridge's usual border, where there is one.
 */
export function memoryBorders({ pool, cuts, core, shape }: FittedStudy) {
  const level = core[1] + BORDER * shape.tip * shape.direction[1];
  const memory = pick(pool, (row) => pool.columns[MEMORY]![row]! > cuts.memory);
  const borders = plasmablastBorders(memory, core);
  const low = pick(memory, (row) => memory.columns[X]![row]! < core[0] + LOW_X);
  const valley = findValley(
    low.columns[Y]!,
    { prominence: 0.12, mass: 0.05, range: [0.3, level + 0.7], which: 'deepest' },
    low.weights,
  ).cut;
  return { ...borders, valleyY: low.weights.length > 40 ? valley : undefined };
}

/** B cells return after a depletion without memory: then the naive-like cells are young ones, and their core is in doubt. */
const FEW_MEMORY = 0.03;
/** Below this a share says nothing. */
const FEWEST_FOR_SHARE = 100;

/** @param plasmablastX where plasmablasts begin in the tube: they are back before memory is, and no memory cells */
function hasFewMemory({ columns }: RidgeCells, { at }: Cut, plasmablastX: number): boolean {
  let [memory, others] = [0, 0];
  for (const [row, value] of columns[MEMORY]!.entries()) {
    if (at === undefined || value <= at) others++;
    else if (columns[X]![row]! <= plasmablastX) memory++;
  }
  return at !== undefined && memory + others >= FEWEST_FOR_SHARE && memory < FEW_MEMORY * (memory + others);
}

function tubeCut(tube: RidgeCells, axis: number, centre: number, isUnclear: boolean): Cut {
  return joinedCut(ownValley(tube, axis), tube.count, centre, isUnclear);
}

/** Where a tube alone would cut an axis. */
export function ownValley(tube: RidgeCells, axis: number): CutFound {
  const search = { prominence: 0.25, mass: 0.03, range: [0.6, 4.5], which: 'deepest' } as const;
  return findValley(tube.columns[axis]!, search);
}

/**
 * The study's cut carried to a tube, moved towards the tube's own valley as far as its events bear it.
 * @param centre the study's cut plus the tube's offset, in u
 */
export function joinedCut(own: CutFound, count: number, centre: number, isUnclear: boolean): Cut {
  const unclear = isUnclear ? ['not_separable'] : [];
  if (own.cut === undefined) {
    const flags = count >= 200 ? ['no_valley', ...unclear] : unclear;
    return { at: centre, modes: own.modes, rule: 'pooled', fallback: isUnclear ? 'kmeans' : null, flags };
  }
  const away = own.cut - centre;
  const at = centre + (Math.min(1.5, Math.max(-1.5, away)) * count) / (count + 200);
  const flags = Math.abs(away) > 0.6 ? ['cut_moved', ...unclear] : unclear;
  return { at, modes: own.modes, rule: 'shrunk', fallback: isUnclear ? 'kmeans' : null, flags };
}
