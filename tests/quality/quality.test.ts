import { describe, expect, it } from 'vitest';
import { streamFor } from '../../samples/random.ts';
import { assessQuality, type QualityTube } from '../../src/quality/index.ts';
import { batchVisits, likelySwaps } from '../../src/quality/tools.ts';

const subjects = ['P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08'];
const visits = ['BL', 'M1', 'M3', 'M6'];
type Stains = Parameters<typeof assessQuality>[0]['stains'];
const pair = { from: 'BL', to: 'M1' };

function tubeOf(subject: string, visit: string, parts: Partial<QualityTube> = {}): QualityTube {
  const sampleId = `${subject}_${visit}`;
  return { sampleId, subject, visit, role: 'sample', batch: '', landmarks: {}, counts: {}, modes: {}, ...parts };
}

const study = (tubes: readonly QualityTube[], bridge: 'report' | 'align' | 'off' = 'report', stains: Stains = []) =>
  assessQuality({ tubes, comparisons: [pair], bridge, stains });

describe('a landmark that moves between visits', () => {
  const shifted = (shift: number) =>
    subjects.flatMap((subject, i) => [
      tubeOf(subject, 'BL', { landmarks: { 'core CD38': i / 100 } }),
      tubeOf(subject, 'M1', { landmarks: { 'core CD38': shift + (i % 3) / 100 } }),
    ]);

  it('in all of eight patients is said with the smallest exact p', () => {
    const { landmarkShifts, problems } = study(shifted(0.3));
    expect(landmarkShifts).toMatchObject([{ landmark: 'core CD38', pairCount: 8, p: 2 / 256, isMarked: true }]);
    expect(problems.map((one) => one.code)).toEqual(['quality.landmark-shift']);
    expect(problems[0]?.message).toContain('moved from BL to M1 by +0.2');
  });

  it('by less than a batch usually does is a row, not a warning', () => {
    const { landmarkShifts, problems } = study(shifted(0.06));
    expect(landmarkShifts[0]).toMatchObject({ isMarked: false });
    expect(problems).toEqual([]);
  });

  it('in five patients, of whom no p can be small, is said where all moved the same way', () => {
    const few = (shift: (i: number) => number) =>
      subjects
        .slice(0, 5)
        .flatMap((subject, i) => [
          tubeOf(subject, 'BL', { landmarks: { 'core CD38': 0 } }),
          tubeOf(subject, 'M1', { landmarks: { 'core CD38': shift(i) } }),
        ]);
    const { landmarkShifts, problems } = study(few((i) => 0.15 + i / 100));
    expect(landmarkShifts[0]?.p).toBe(2 / 32);
    expect(problems.map((one) => one.code)).toEqual(['quality.landmark-shift']);
    expect(study(few((i) => (i === 0 ? -0.15 : 0.15))).problems).toEqual([]);
  });

  it('by × 1.35 is said whatever its p', () => {
    const mixed = subjects.flatMap((subject, i) => [
      tubeOf(subject, 'BL', { landmarks: { 'core CD38': 0 } }),
      tubeOf(subject, 'M1', { landmarks: { 'core CD38': i < 5 ? 0.4 : -0.4 } }),
    ]);
    expect(study(mixed)).toMatchObject({ landmarkShifts: [{ isMarked: true }], problems: [{}] });
  });

  it('answers itself: what the cells and what the gate did to the endpoints that stand on it', () => {
    const moves = subjects.map((_, i) => ({ ...pair, alignment: 'core', endpoint: 'Young', cells: 1 + i, gate: -0.5 }));
    const other = { ...pair, alignment: 'else', endpoint: 'Old', cells: 9, gate: 9 };
    const tubes = shifted(0.3);
    const of = { tubes, comparisons: [pair], bridge: 'report' as const, stains: [], moves: [...moves, other] };
    const message = assessQuality(of).problems[0]?.message ?? '';
    expect(message).toContain('"Young": cells moved +4.50 points, gate moved −0.50 points');
    expect(message).not.toContain('Old');
  });

  it('has no p where no patient moved', () => {
    const still = subjects.flatMap((one) => ['BL', 'M1'].map((visit) => tubeOf(one, visit, { landmarks: { a: 1 } })));
    expect(study(still).landmarkShifts[0]).toMatchObject({ medianShift: 0, p: null });
  });
});

describe('batch and visit', () => {
  const run = (batchOf: (subject: string, visit: string) => string) =>
    batchVisits(
      subjects.flatMap((one) => ['BL', 'M1'].map((visit) => tubeOf(one, visit, { batch: batchOf(one, visit) }))),
      pair,
    );

  it('cannot be told apart where a visit has its batches for itself', () => {
    expect(run((_, visit) => visit)).toMatchObject({ isConfounded: true, fromBatches: ['BL'], toBatches: ['M1'] });
    const problem = study(subjects.flatMap((one) => ['BL', 'M1'].map((visit) => tubeOf(one, visit, { batch: visit }))));
    expect(problem.problems.map((one) => one.code)).toEqual(['quality.batch-is-visit']);
  });

  it('can where each patient is run at once, or each tube on its own day', () => {
    expect(run((subject) => subject)?.isConfounded).toBe(false);
    expect(run((subject, visit) => `${subject}${visit}`)?.isConfounded).toBe(false);
  });

  it('are not compared where the sheet names no batch', () => {
    expect(run(() => '')).toBeUndefined();
  });
});

describe('bridging controls', () => {
  const bridge = (batch: string, at: number): QualityTube =>
    tubeOf('donor', '', { sampleId: `bridge_${batch}`, visit: null, role: 'bridge', batch, landmarks: { a: at } });

  it('show the batch that was stained otherwise', () => {
    const { bridgeShifts, problems } = study([bridge('b1', 0), bridge('b2', 0.02), bridge('b3', 0.4)]);
    expect(bridgeShifts.map((one) => one.isMarked)).toEqual([false, false, true]);
    expect(problems[0]?.message).toContain('"b3" have "a" +0.38 u');
    expect(study([bridge('b1', 0), bridge('b2', 0.4)], 'off').bridgeShifts).toEqual([]);
  });

  const measured = { status: 'measured', controlCount: 2, study: 4, left: 0.02, leftOut: 0.05 } as const;
  const stains: Stains = [
    { ...measured, batch: 'b1', marker: 'CD25', shift: 0, carried: 0, left: 0 },
    { ...measured, batch: 'b2', marker: 'CD25', shift: 0.42, carried: 0.4 },
    { status: 'unknown', batch: 'b2', marker: 'CD7', reason: 'no_mode' },
    { status: 'unknown', batch: 'b2', marker: 'CD8', reason: 'no_mode' },
    { status: 'unknown', batch: 'b3', marker: 'CD25', reason: 'no_control' },
  ];
  const words = (bridge: 'report' | 'align', of: Stains = stains) =>
    study([], bridge, of).problems.map(({ severity, message }) => `${severity}: ${message}`);

  it('that tell a shift of a marker say so where nothing is aligned', () => {
    expect(words('report')).toEqual([
      'warning: bridging controls of batch "b2" have "CD25" +0.42 u from the other batches',
    ]);
  });

  it('that align batches name what was carried, and each batch and marker that stayed as it was', () => {
    expect(words('align')).toEqual([
      'note: pooled cuts of batch "b2" were carried by its bridging controls: "CD25" +0.40 u',
      'warning: batch "b2" keeps its own stain on "CD7", "CD8": its bridging controls show no well-filled bright mode',
      'warning: batch "b3" keeps its own stain on "CD25": it has no bridging control',
    ]);
  });

  it('that do not agree with one another are a shift after alignment', () => {
    const apart = [{ ...measured, batch: 'b2', marker: 'CD25', shift: 0.42, carried: 0.4, leftOut: -0.3 }];
    expect(words('align', apart)[1]).toBe(
      'warning: bridging controls of batch "b2" have "CD25" −0.30 u left in one that the others aligned',
    );
  });

  it('that should align batches and are not there are said not to', () => {
    expect(study([], 'align').problems.map((one) => one.code)).toEqual(['quality.bridge-not-aligned']);
  });
});

/** Tubes whose fifteen traits scatter by 1 between subjects and by .25 within one. */
function people(seed: number): QualityTube[] {
  return subjects.flatMap((subject, s) =>
    visits.map((visit, v) => {
      const [own, now] = [streamFor(seed, s), streamFor(seed, s, v + 1)];
      const modes = Object.fromEntries(
        [...'abcdefghijklmno'].map((name) => [name, own.normal() + 0.25 * now.normal() + v]),
      );
      return tubeOf(subject, visit, { modes });
    }),
  );
}

describe('labels', () => {
  const exchanged = (tubes: readonly QualityTube[]) =>
    tubes.map((tube) => {
      const other: Record<string, string> = { P02_M1: 'P05', P05_M1: 'P02' };
      const subject = other[tube.sampleId];
      return subject === undefined ? tube : { ...tube, subject, sampleId: `${subject}_M1` };
    });

  it('that are right raise nothing, in ten cohorts', () => {
    for (let seed = 1; seed <= 10; seed++) expect(likelySwaps(people(seed)), `seed ${seed}`).toEqual([]);
  });

  it('exchanged between two patients are found, once, whatever the order of the tubes', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const tubes = exchanged(people(seed));
      const found = likelySwaps(tubes);
      expect(found, `seed ${seed}`).toMatchObject([{ sampleId: 'P02_M1', looksLike: 'P05', exchangedWith: 'P05_M1' }]);
      expect(likelySwaps([...tubes].reverse())).toEqual(found);
    }
  });

  it('of one stray tube are found alone', () => {
    const tubes = people(3).map((tube) => (tube.sampleId === 'P01_M3' ? { ...tube, subject: 'P07' } : tube));
    expect(likelySwaps(tubes)).toMatchObject([{ sampleId: 'P01_M3', looksLike: 'P01', exchangedWith: null }]);
  });

  it('cannot be checked with two visits or three patients', () => {
    const tubes = people(1);
    expect(likelySwaps(tubes.filter((tube) => tube.visit === 'BL' || tube.visit === 'M1'))).toBeUndefined();
    expect(likelySwaps(tubes.filter((tube) => (tube.subject ?? '') < 'P04'))).toBeUndefined();
    expect(study(tubes.slice(0, 4)).swaps).toBeNull();
  });
});
