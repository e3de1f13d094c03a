import type { Cut } from '../cuts/cut.ts';
import type { CutFound } from '../cuts/cutSearch.ts';
import { type Landmark, MEMORY, type RidgeCells, SECOND, X, Y } from './cells.ts';
import { type FittedRidge, type FittedTube, fitStudy, joinedCut, memoryBorders, ownValley } from './fitRidge.ts';
import { isNaiveLike, type TubeLandmark } from './landmarks.ts';
import type { RidgeDraw } from './ridgeDraw.ts';

/**
 * Rows that a drawn tube gives to its pool: a stretch of its own at each draw. Half of what the fit itself reads, which
 * widens the spread of borders by a few hundredths of it and halves the time.
 */
const DRAWN_ROWS = 300;

/**
 * The fit as it might have come out: on a pool of tubes drawn with replacement, every landmark displaced, the cuts moved.
 * Direction, width, tip and all cuts are fitted anew; landmarks are not looked for again, which would cost a hundred times
 * as much: their error is what the draw displaces them by.
 * @param tubes those of the fit, in its order
 */
export function refitter(tubes: readonly RidgeCells[], fitted: FittedRidge): (draw: RidgeDraw) => FittedRidge {
  const ownMemory = tubes.map((tube) => ownValley(tube, MEMORY));
  const ownSecond = tubes.map((tube) => (tube.columns[SECOND] ? ownValley(tube, SECOND) : undefined));
  const naive = tubes.map((tube, t) => naiveCount(tube, fitted.tubes[t]!, fitted));
  const byId = new Map(tubes.map((tube, t) => [tube.sampleId, t]));
  return (draw) => {
    const landmarks = fitted.tubes.map((tube, t): TubeLandmark => {
      const moved = draw.displacement(tube.sampleId, naive[t]!, fitted.shape.sigma);
      return { at: displaced(tube.landmark, moved), flags: tube.flags };
    });
    const picked = draw.picks.flatMap(({ sampleId, from }) => {
      const t = byId.get(sampleId);
      return t === undefined ? [] : [{ cells: stretchOf(tubes[t]!, from), landmark: landmarks[t]! }];
    });
    const study = fitStudy(
      picked.map((one) => one.cells),
      picked.map((one) => one.landmark),
      DRAWN_ROWS,
    );
    const { core, shape, cuts, reference } = study;
    const { plasmablastX, plasmablastY, valleyY } = memoryBorders(study);
    // Where the drawn tubes show no valley on the second axis its divider stands: a judgement has no sample to be drawn of.
    const second = cuts.second ?? fitted.cuts.second;
    const isUnclear = cuts.flags.includes('memory_not_separable');
    return {
      ...fitted,
      core,
      shape,
      plasmablastX: plasmablastX + draw.borders.plasmablastX,
      plasmablastY,
      valleyY: valleyY === undefined ? undefined : valleyY + draw.borders.valleyY,
      cuts: { memory: cuts.memory + draw.borders.memory, second: second + draw.borders.second },
      tubes: fitted.tubes.map((tube, t) => {
        const offset = landmarks[t]!.at.map((value, d) => value - reference[d]!);
        const memoryAt = cuts.memory + offset[MEMORY]!;
        return {
          ...tube,
          landmark: landmarks[t]!.at,
          offset,
          memoryCut: drawnCut(draw, 'memory', tubes[t]!, { own: ownMemory[t]!, centre: memoryAt, isUnclear }),
          secondCut:
            ownSecond[t] &&
            drawnCut(draw, 'second', tubes[t]!, {
              own: ownSecond[t],
              centre: second + offset[SECOND]!,
              isUnclear: cuts.second === undefined,
            }),
        };
      }),
    };
  };
}

/** A tube's own cut, the study's carried to it, and whether the study's is a judgement. */
interface FoundCut {
  readonly own: CutFound;
  readonly centre: number;
  readonly isUnclear: boolean;
}

/** The tube's own valley with its error, joined with the study's cut, and both moved as the draw moves that cut everywhere. */
function drawnCut(
  draw: RidgeDraw,
  axis: 'memory' | 'second',
  tube: RidgeCells,
  { own, centre, isUnclear }: FoundCut,
): Cut {
  const error = draw.ownCut(tube.sampleId, axis, tube.count);
  const missed = own.cut === undefined ? own : { ...own, cut: own.cut + error };
  const cut = joinedCut(missed, tube.count, centre, isUnclear);
  return { ...cut, at: cut.at === undefined ? undefined : cut.at + draw.borders[axis] };
}

/** Rows stand in random order, so that any stretch of them is a sample of the tube. */
function stretchOf(tube: RidgeCells, from: number): RidgeCells {
  const start = Math.floor(from * Math.max(0, tube.count - DRAWN_ROWS + 1));
  const columns = tube.columns.map((column) => column.subarray(start, start + DRAWN_ROWS));
  return { ...tube, count: columns[0]?.length ?? 0, columns };
}

function displaced(landmark: Landmark, [dx, dy]: readonly [number, number]): Landmark {
  return landmark.with(X, landmark[X]! + dx).with(Y, landmark[Y]! + dy);
}

/** Cells of the core's own kind in a tube, by the study's cuts carried to it. */
function naiveCount(tube: RidgeCells, { offset }: FittedTube, { cuts, flags }: FittedRidge): number {
  const second = flags.includes('second_not_separable') ? undefined : cuts.second;
  const onStudy = tube.columns.map((column, d) => column.map((value) => value - offset[d]!));
  const isCell = isNaiveLike(onStudy, { memory: cuts.memory, second, flags }, 0);
  let count = 0;
  for (let row = 0; row < tube.count; row++) if (isCell(row)) count++;
  return count;
}
