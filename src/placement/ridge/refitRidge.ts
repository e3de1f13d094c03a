import type { Point } from '../../gating/index.ts';
import type { Cut } from '../cuts/cut.ts';
import type { CutFound } from '../cuts/cutSearch.ts';
import { MEMORY, type RidgeCells, SECOND } from './cells.ts';
import type { FittedRidge } from './fitRidge.ts';
import { pooledRidge } from './pooledRidge.ts';
import type { RidgeDraw } from './ridgeDraw.ts';
import { joinCuts, ownValley } from './tubeCut.ts';

/**
 * Rows that a drawn tube gives to its pool: a stretch of its own at each draw. Half of what the fit itself reads, which
 * widens the spread of borders by a few hundredths of it and halves the time.
 */
const DRAWN_ROWS = 300;

/**
 * The fit as it might have come out: on a pool of tubes drawn with replacement, every gain displaced by its own error, the
 * cuts moved. Core, direction, width, tip and all cuts are fitted anew; gains are not looked for again, which would cost a
 * hundred times as much.
 * @param tubes those of the fit, in its order
 */
export function refitter(tubes: readonly RidgeCells[], fitted: FittedRidge): (draw: RidgeDraw) => FittedRidge {
  const ownMemory = tubes.map((tube) => ownValley(tube, MEMORY));
  const ownSecond = tubes.map((tube) => (tube.columns[SECOND] ? ownValley(tube, SECOND) : undefined));
  const byId = new Map(tubes.map((tube, t) => [tube.sampleId, t]));
  return (draw) => {
    const gains = fitted.tubes.map(({ sampleId, gain, variance }): Point => {
      const [dx, dy] = draw.displacement(sampleId, variance);
      return [gain[0] + dx, gain[1] + dy];
    });
    const picked = draw.picks.flatMap(({ sampleId, from }) => {
      const t = byId.get(sampleId);
      return t === undefined ? [] : [{ cells: stretchOf(tubes[t]!, from), gain: gains[t]! }];
    });
    const { pool: _, cuts, hasRidge: __, ...study } = pooledRidge(picked, DRAWN_ROWS);
    // Where the drawn tubes show no valley on the second axis its divider stands: a judgement has no sample to be drawn of.
    const second = cuts.second ?? fitted.cuts.second;
    const memoryUnclear = cuts.flags.includes('memory_not_separable');
    return {
      ...fitted,
      ...study,
      plasmablastX: study.plasmablastX + draw.borders.plasmablastX,
      valleyY: study.valleyY === undefined ? undefined : study.valleyY + draw.borders.valleyY,
      cuts: { memory: cuts.memory + draw.borders.memory, second: second + draw.borders.second },
      tubes: fitted.tubes.map((tube, t) => {
        const memory = { own: ownMemory[t]!, centre: cuts.memory, isUnclear: memoryUnclear };
        const own = ownSecond[t];
        return {
          ...tube,
          gain: gains[t]!,
          memoryCut: drawnCut(draw, 'memory', tubes[t]!, memory),
          secondCut:
            own && drawnCut(draw, 'second', tubes[t]!, { own, centre: second, isUnclear: cuts.second === undefined }),
        };
      }),
    };
  };
}

/** A tube's own cut, the study's, and whether the study's is a judgement. */
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
  const cut = joinCuts(missed, tube.count, centre, isUnclear);
  return { ...cut, at: cut.at === undefined ? undefined : cut.at + draw.borders[axis] };
}

/** Rows stand in random order, so that any stretch of them is a sample of the tube. */
function stretchOf(tube: RidgeCells, from: number): RidgeCells {
  const start = Math.floor(from * Math.max(0, tube.count - DRAWN_ROWS + 1));
  const columns = tube.columns.map((column) => column.subarray(start, start + DRAWN_ROWS));
  return { ...tube, count: columns[0]?.length ?? 0, columns };
}
