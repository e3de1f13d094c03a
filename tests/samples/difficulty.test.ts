import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { classNames } from '../../samples/classes.ts';
import { type Cohort, planCohort } from '../../samples/cohort.ts';
import type { Mode } from '../../samples/composition.ts';
import { markerIndex, markers } from '../../samples/panel.ts';
import { drawTube } from '../../samples/tube.ts';
import { design } from './designs.ts';

/** Live single B cells of a cohort: CD38 and CD24 in u, true spillover and true gains removed; and who is transitional. */
function bCells(cohort: Cohort): readonly (readonly [cd38: number, cd24: number, isTransitional: boolean])[] {
  const size = markers.length;
  const solve = inverse(Matrix.from1DArray(size, size, cohort.spillover));
  const firstB = classNames.indexOf('naive');
  return cohort.tubes.flatMap((tube) => {
    const { columns, classIndex, status } = drawTube(cohort, tube);
    const cells: [number, number, boolean][] = [];
    for (const [event, index] of classIndex.entries()) {
      if (status[event] !== 0 || index < firstB || index > classNames.indexOf('activated_naive')) continue;
      const brightness = (marker: 'CD38' | 'CD24') => {
        let light = 0;
        for (let i = 0; i < size; i++) light += (columns[3 + i]?.[event] ?? 0) * solve.get(i, markerIndex[marker]);
        return Math.asinh((light > 0 ? light * Math.exp(-(tube.logGains[markerIndex[marker]] ?? 0)) : light) / 150);
      };
      cells.push([brightness('CD38'), brightness('CD24'), classNames[index] === 'transitional']);
    }
    return cells;
  });
}

/** The best F1 that any rectangle CD38 > x, CD24 > y can reach, on a grid of .1. */
function rectangleOracle(cells: ReturnType<typeof bCells>): number {
  const transitional = cells.filter(([, , isTransitional]) => isTransitional).length;
  let best = 0;
  for (let x = 3; x < 5.5; x += 0.1) {
    for (let y = 2.5; y < 5.5; y += 0.1) {
      let inside = 0;
      let hits = 0;
      for (const [cd38, cd24, isTransitional] of cells) {
        if (cd38 <= x || cd24 <= y) continue;
        inside++;
        if (isTransitional) hits++;
      }
      best = Math.max(best, (2 * hits) / (inside + transitional));
    }
  }
  return best;
}

describe('how hard the transitional cells are to cut out', () => {
  // targets of the trial's design: what a cut drawn with knowledge of every label can reach
  it.each<[Mode, number]>([
    ['islands', 1],
    ['hard', 0.95],
    ['ridge', 0.76],
  ])('a rectangle drawn on the true labels reaches the F1 of the design (%s: %d)', (mode, target) => {
    const cohort = planCohort(design({ mode, eventCount: 15_000 }));
    expect(Math.abs(rectangleOracle(bCells(cohort)) - target)).toBeLessThan(0.025);
  });
});
