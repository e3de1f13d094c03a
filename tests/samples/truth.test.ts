import { describe, expect, it } from 'vitest';
import { planCohort, type TubeDesign } from '../../samples/cohort.ts';
import { modes } from '../../samples/composition.ts';
import { eventsCsv, stateMarkers, trueCounts, truePopulations } from '../../samples/truth.ts';
import { drawTube } from '../../samples/tube.ts';
import { design } from './designs.ts';

describe('the truth of a tube', () => {
  it.each(modes)('can be counted again from its events and the definitions of populations (%s)', (mode) => {
    const cohort = planCohort(design({ mode, seed: 912 }));
    const events = drawTube(cohort, cohort.tubes[3] as TubeDesign);
    const rows = eventsCsv(cohort, events)
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(rows.shift()).toEqual(['label', ...stateMarkers.map((marker) => `state_${marker}`), 'ridge']);
    expect(rows).toHaveLength(2000);
    const again = truePopulations.map(
      ({ labels, states }) =>
        rows.filter(
          ([label = '', ...levels]) =>
            labels.includes(label) &&
            stateMarkers.every((marker, index) => states[marker]?.some((wanted) => wanted === levels[index]) ?? true),
        ).length,
    );
    expect(trueCounts(cohort, events).map(({ count }) => count)).toEqual(again);
  });

  it.each(modes)('is a tree: parts do not pass the whole, the quadrant is all of B (%s)', (mode) => {
    const cohort = planCohort(design({ mode }));
    for (const tube of cohort.tubes.slice(0, 4)) {
      const counts = trueCounts(cohort, drawTube(cohort, tube));
      const of = (suffix: string) =>
        counts[truePopulations.findIndex(({ path }) => path === suffix || path.endsWith(`/${suffix}`))]?.count ?? -1;
      for (const [index, { count, parentCount }] of counts.entries()) {
        expect(count).toBeLessThanOrEqual(parentCount);
        const parent = truePopulations[index]?.parent ?? '';
        expect(parentCount).toBe(parent === 'root' ? 2000 : of(parent));
      }
      expect(of('Naive') + of('Unswitched') + of('Switched') + of('DoubleNegative') + of('Plasmablast')).toBe(of('B'));
      expect(of('T') + of('B') + of('NK')).toBeLessThanOrEqual(of('Lymphocytes'));
      expect(of('CD4') + of('CD8')).toBeLessThanOrEqual(of('T'));
      expect(of('CD24hiCD38hi')).toBeLessThanOrEqual(of('Naive'));
      expect(of('CD27+CD38lo-CD24hi')).toBeLessThanOrEqual(of('Unswitched') + of('Switched'));
      expect(of('Plasmablast')).toBeLessThanOrEqual(of('Switched'));
    }
  });

  it('calls a cell of the ridge transitional from the border on, as printed', () => {
    const cohort = planCohort(design({ mode: 'ridge', eventCount: 10_000 }));
    const rows = eventsCsv(cohort, drawTube(cohort, cohort.tubes[1] as TubeDesign)).split('\n');
    const cells = rows
      .map((row) => row.split(','))
      .filter(([label]) => label === 'B_naive' || label === 'B_transitional');
    expect(cells.length).toBeGreaterThan(100);
    for (const [label, ...rest] of cells) expect(label === 'B_transitional').toBe(Number(rest.at(-1)) >= 0.5);
  });

  it('follows the design over a cohort: doublets, dead, debris, and the effect in counts', () => {
    const cohort = planCohort(design({ eventCount: 10_000 }));
    const percent = (tube: TubeDesign) => {
      const counts = trueCounts(cohort, drawTube(cohort, tube));
      return truePopulations.map((_, index) => {
        const { count, parentCount } = counts[index] ?? { count: 0, parentCount: 1 };
        return (100 * count) / parentCount;
      });
    };
    const table = cohort.tubes.map(percent);
    const column = (path: string) =>
      table.map((row) => row[truePopulations.findIndex((each) => each.path.endsWith(path))] ?? 0);
    for (const value of column('Singlets')) expect(value).toBe(97);
    for (const value of column('Singlets/Live')) expect(Math.abs(value - 97.15)).toBeLessThan(1);
    const folds = (path: string) => {
      const values = column(path);
      const logs = values.flatMap((value, index) =>
        index % 2 === 0 ? [Math.log((values[index + 1] ?? 0) / value)] : [],
      );
      return Math.exp(logs.reduce((sum, value) => sum + value, 0) / logs.length);
    };
    // visit noise and counting scatter one log fold by about .35: five standard errors of eight are .6
    expect(Math.abs(Math.log(folds('CD24hiCD38hi') / 2.2))).toBeLessThan(0.6);
    expect(Math.abs(Math.log(folds('CD27+CD38lo-CD24hi') / 1.8))).toBeLessThan(0.6);
  });
});
