import type { Cut } from '../cuts/cut.ts';
import { MEMORY, type RidgeCells, SECOND } from './cells.ts';
import type { FittedRidge } from './fitRidge.ts';
import { pooledRidge } from './pooledRidge.ts';
import type { RidgeDraw } from './ridgeDraw.ts';
import { memoryFallback, secondFallback, tubeCut } from './tubeCut.ts';

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
  const byId = new Map(tubes.map((tube, t) => [tube.sampleId, t]));
  return (draw) => {
    const gains = fitted.tubes.map(({ sampleId, gains: own, variance }) => {
      const missed = draw.displacement(sampleId, variance);
      return own.map((gain, d) => gain + (missed[d] ?? 0));
    });
    const picked = draw.picks.flatMap(({ sampleId, from }) => {
      const t = byId.get(sampleId);
      return t === undefined ? [] : [{ cells: stretchOf(tubes[t]!, from), gains: gains[t]! }];
    });
    const { pool: _, cuts, hasRidge: __, ...study } = pooledRidge(picked, DRAWN_ROWS);
    // Where the drawn tubes show no valley on the second axis its divider stands: a judgement has no sample to be drawn of.
    const second = cuts.second ?? fitted.cuts.second;
    const memoryCut = { axis: MEMORY, at: cuts.memory, fallback: memoryFallback(cuts) };
    const secondCut = { axis: SECOND, at: second, fallback: secondFallback(cuts) };
    return {
      ...fitted,
      ...study,
      plasmablastX: study.plasmablastX + draw.borders.plasmablastX,
      valleyBelow: (border) => {
        const valley = study.valleyBelow(border);
        return valley === undefined ? undefined : valley + draw.borders.valleyY;
      },
      cuts: { memory: cuts.memory + draw.borders.memory, second: second + draw.borders.second },
      tubes: fitted.tubes.map((tube, t) => {
        const gained = { cells: tubes[t]!, gains: gains[t]! };
        return {
          ...tube,
          gains: gained.gains,
          memoryCut: drawnCut(draw, 'memory', tubeCut(gained, memoryCut), gained.cells),
          secondCut: tube.secondCut && drawnCut(draw, 'second', tubeCut(gained, secondCut), gained.cells),
        };
      }),
    };
  };
}

/** A cut with the tube's own error, moved as the draw moves it in all tubes. */
function drawnCut(draw: RidgeDraw, axis: 'memory' | 'second', cut: Cut, { sampleId, count }: RidgeCells): Cut {
  const moved = draw.ownCut(sampleId, axis, count) + draw.borders[axis];
  return { ...cut, at: cut.at === undefined ? undefined : cut.at + moved };
}

/** Rows stand in random order, so that any stretch of them is a sample of the tube. */
function stretchOf(tube: RidgeCells, from: number): RidgeCells {
  const start = Math.floor(from * Math.max(0, tube.count - DRAWN_ROWS + 1));
  const columns = tube.columns.map((column) => column.subarray(start, start + DRAWN_ROWS));
  return { ...tube, count: columns[0]?.length ?? 0, columns };
}
