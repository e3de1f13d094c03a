import { describe, expect, it } from 'vitest';
import { classNames } from '../../samples/classes.ts';
import { planCohort, plannedVisits, type TubeDesign } from '../../samples/cohort.ts';
import { modes } from '../../samples/composition.ts';
import { markerIndex, markers } from '../../samples/panel.ts';
import { drawTube } from '../../samples/tube.ts';
import { design } from './designs.ts';

const allVisits = plannedVisits.map(({ id }) => id);
const at = (tube: TubeDesign, name: (typeof classNames)[number]) => tube.shares[classNames.indexOf(name)] ?? 0;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the planned cohort', () => {
  it('has 8 subjects at 6 visits, and the five missing tubes of the trial', () => {
    const ids = planCohort(design({ visits: allVisits })).tubes.map((tube) => tube.sampleId);
    expect(ids).toHaveLength(43);
    expect(ids).not.toEqual(expect.arrayContaining([expect.stringMatching(/P03_M9|P05_M6|P05_M12|P07_M9|P08_M12/)]));
    expect(new Set(ids).size).toBe(43);
  });

  it.each(modes)('shares of every tube sum to 1, with and without the effect (%s)', (mode) => {
    for (const tube of planCohort(design({ mode, visits: allVisits })).tubes) {
      expect(tube.shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(tube.sharesBefore.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });

  it('raises the two regulatory subsets at M1 and nowhere else, by the planned folds over many cohorts', () => {
    const tubes = Array.from({ length: 40 }, (_, seed) => planCohort(design({ seed, visits: allVisits })).tubes).flat();
    const atM1 = tubes.filter((tube) => tube.visit === 'M1');
    for (const tube of tubes.filter((each) => each.visit !== 'M1')) {
      expect(tube.folds).toEqual({ transitional: 1, memoryReg: 1 });
      expect(tube.shares).toEqual(tube.sharesBefore);
    }
    // sd of a log fold is .12 among 320 subjects: five standard errors are .034
    expect(Math.abs(mean(atM1.map((tube) => Math.log(tube.folds.transitional))) - Math.log(2.2))).toBeLessThan(0.034);
    expect(Math.abs(mean(atM1.map((tube) => Math.log(tube.folds.memoryReg))) - Math.log(1.8))).toBeLessThan(0.034);
    for (const tube of atM1) expect(at(tube, 'CD4')).toBe(tube.sharesBefore[classNames.indexOf('CD4')]);
  });

  it('has the composition of the design on average', () => {
    const tubes = Array.from({ length: 60 }, (_, seed) => planCohort(design({ seed, visits: ['BL'] })).tubes).flat();
    // 480 tubes; log sd .28 (leukocytes) and .39 (B): the mean log share lies within .1 of the design's
    expect(Math.abs(mean(tubes.map((tube) => Math.log(at(tube, 'CD4') / 0.36))))).toBeLessThan(0.1);
    expect(Math.abs(mean(tubes.map((tube) => Math.log(at(tube, 'NK_dim') / 0.085))))).toBeLessThan(0.1);
    const transitionalOfB = tubes.map((tube) => {
      const first = classNames.indexOf('naive');
      const b = tube.shares.slice(first, first + 8).reduce((sum, share) => sum + share, 0);
      return Math.log(at(tube, 'transitional') / b / 0.04);
    });
    expect(Math.abs(mean(transitionalOfB))).toBeLessThan(0.1);
  });
});

describe('common random numbers', () => {
  it('draws the same tube when other visits are left out', () => {
    const all = planCohort(design({ visits: allVisits, eventCount: 500 }));
    const few = planCohort(design({ visits: ['M1'], eventCount: 500 }));
    const tube = (cohort: typeof all) => cohort.tubes.find((each) => each.sampleId === 'P04_M1') as TubeDesign;
    expect(drawTube(few, tube(few))).toEqual(drawTube(all, tube(all)));
  });

  it('keeps every cell under a staining shift, and moves only the shifted markers in compensated light', () => {
    const plain = planCohort(design({ mode: 'ridge' }));
    const shifted = planCohort(design({ mode: 'ridge', shift: { CD24: 0.3 } }));
    const [before, after] = [plain, shifted].map((cohort) => drawTube(cohort, cohort.tubes[1] as TubeDesign));
    expect(after?.classIndex).toEqual(before?.classIndex);
    expect(after?.status).toEqual(before?.status);
    expect(after?.maturity).toEqual(before?.maturity);
    for (const scatter of [0, 1, 2]) expect(after?.columns[scatter]).toEqual(before?.columns[scatter]);
    const gainDifference = markers.map(
      (_, index) => (shifted.tubes[1]?.logGains[index] ?? 0) - (plain.tubes[1]?.logGains[index] ?? 0),
    );
    expect(gainDifference[markerIndex.CD24]).toBeCloseTo(0.3, 12);
    expect(gainDifference.filter((difference) => difference !== 0)).toHaveLength(1);
  });

  it('turns only as many cells into another class as the effect needs', () => {
    const none = planCohort(design({ effect: { transitional: 1, memoryReg: 1 }, eventCount: 20_000 }));
    const some = planCohort(design({ eventCount: 20_000 }));
    const [before, after] = [none, some].map((cohort) => drawTube(cohort, cohort.tubes[1] as TubeDesign));
    const tube = some.tubes[1] as TubeDesign;
    const needed = tube.shares.reduce(
      (sum, share, index) => sum + Math.max(share - (tube.sharesBefore[index] ?? 0), 0),
      0,
    );
    const classes = before?.classIndex ?? new Uint8Array();
    const changed = classes.reduce((sum, name, event) => sum + (name === after?.classIndex[event] ? 0 : 1), 0);
    expect(changed).toBeGreaterThan(0);
    // five standard errors of the count
    expect(Math.abs(changed - 19_000 * needed)).toBeLessThan(5 * Math.sqrt(19_000 * needed));
    const movedScatter = classes.reduce(
      (sum, name, event) =>
        sum + (name === after?.classIndex[event] && before?.columns[0]?.[event] !== after?.columns[0]?.[event] ? 1 : 0),
      0,
    );
    // a doublet moves with its partner: up to 3 % of the changed cells
    expect(movedScatter).toBeLessThan(0.1 * changed);
  });
});
