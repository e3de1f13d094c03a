import { describe, expect, it } from 'vitest';
import type { PlacementBook } from '../../src/gating/index.ts';
import { entryOf, fromU, normals, numbersIn, placeAll, type StudyTube, studyTube, templateWith } from './inMemory.ts';

// Negatives, dim cells without a valley below them, and bright cells, whose mode is the landmark. A gate by tail: the pool
// alone decides. Every batch has samples and controls of one donor.
const template = templateWith(['X'], ['{ name: Dim, parent: root, gate: { method: tail, marker: X, keep: above } }']);

interface Batch {
  /** ln of the gain of the batch's stain. */
  readonly gain: number;
  readonly controls: number;
}

function cells(key: number, count: number, dim: number): number[] {
  const dimCount = Math.round(count * dim);
  return [
    ...normals(key, Math.round(count * 0.6), 0.3, 0.4),
    ...normals(key + 1, dimCount, 1.8, 0.5),
    ...normals(key + 2, Math.round(count * 0.15), 4, 0.4),
  ];
}

/** Stain multiplies what is stained; negatives stay. */
function stained(u: readonly number[], gain: number): number[] {
  return fromU(u).map((value) => (value > 0 ? value * Math.exp(gain) : value));
}

function study(of: Readonly<Record<string, Batch>>): StudyTube[] {
  return Object.entries(of).flatMap(([batch, { gain, controls }], b) => [
    ...[1, 2, 3, 4].map((n) => {
      const key = 100 * (b + 1) + 10 * n;
      return studyTube(template, `s${batch}_${n}`, { X: stained(cells(key, 4000, 0.1 + n / 20), gain) }, { batch });
    }),
    ...Array.from({ length: controls }, (_, c) => {
      const place = { batch, role: 'bridge', isInPool: false, subjectKey: '' };
      return studyTube(
        template,
        `c${batch}_${c}`,
        { X: stained(cells(7000 + 100 * b + 10 * c, 4000, 0.2), gain) },
        place,
      );
    }),
  ]);
}

function cutIn(book: PlacementBook, sampleId: string): number {
  const { geometry } = entryOf(book, 'Dim', sampleId);
  if (geometry.kind !== 'interval') throw new Error(`no interval in "${sampleId}"`);
  return geometry.dims[0]?.min as number;
}

/** Share of a tube's events above its cut. */
function shareIn(book: PlacementBook, { survey, tube }: StudyTube): number {
  const cut = 150 * Math.sinh(cutIn(book, tube.sampleId));
  const column = survey.reservoirs[0]?.columns.X ?? new Float32Array(0);
  return column.filter((value) => value >= cut).length / column.length;
}

const even = { gain: 0, controls: 2 };
const usual = study({ b1: even, b2: even, b3: even });
const shifted = study({ b1: even, b2: even, b3: { gain: 0.5, controls: 2 } });

/** How much more a batch shows of the same cells than the other batches do, on the mean; 1 where it shows no more. */
function falseFold(tubes: readonly StudyTube[], bridge: 'align' | 'report', batch: string): number {
  const truth = placeAll(template, usual).book;
  const { book } = placeAll(template, tubes, { bridge });
  const logs = tubes.flatMap((one, t) => {
    if (one.tube.role !== 'sample') return [];
    return [{ isOwn: one.tube.batch === batch, log: Math.log(shareIn(book, one) / shareIn(truth, usual[t]!)) }];
  });
  const mean = (isOwn: boolean) => {
    const own = logs.filter((one) => one.isOwn === isOwn);
    return own.reduce((sum, { log }) => sum + log, 0) / own.length;
  };
  return Math.exp(mean(true) - mean(false));
}

const aligned = placeAll(template, shifted, { bridge: 'align' });
const sampleIds = (batch: string) => [1, 2, 3, 4].map((n) => `s${batch}_${n}`);

describe('batches that are aligned by their bridging controls', () => {
  it('show the same cells alike, where a pooled cut alone shows a quarter more of them', () => {
    expect(falseFold(shifted, 'report', 'b3')).toBeGreaterThan(1.25);
    expect(falseFold(shifted, 'align', 'b3')).toBeGreaterThan(0.97);
    expect(falseFold(shifted, 'align', 'b3')).toBeLessThan(1.03);
  });

  it('have the landmark and its shift in the book, in the batch that was carried and nowhere else', () => {
    for (const id of sampleIds('b3')) {
      const [landmark] = entryOf(aligned.book, 'Dim', id).landmarks;
      expect(landmark?.marker).toBe('X');
      expect(landmark?.shift).toBeCloseTo(0.5, 1);
      expect(landmark?.at).toBeCloseTo(4.5, 1);
    }
    for (const id of sampleIds('b1')) expect(entryOf(aligned.book, 'Dim', id).landmarks).toEqual([]);
  });

  it('print what is left, and what was left of a control that the others of its batch aligned', () => {
    const found = aligned.stains.find((one) => one.batch === 'b3');
    if (found?.status !== 'measured') throw new Error('not measured');
    expect(found).toMatchObject({ marker: 'X', controlCount: 2 });
    expect(found.shift).toBeCloseTo(found.carried + found.left, 12);
    expect(Math.abs(found.left)).toBeLessThan(0.02);
    expect(Math.abs(found.leftOut ?? 1)).toBeLessThan(0.1);
    const alone = study({ b1: even, b2: even, b3: { gain: 0.5, controls: 1 } });
    const one = placeAll(template, alone, { bridge: 'align' }).stains.find(({ batch }) => batch === 'b3');
    expect(one).toMatchObject({ controlCount: 1, leftOut: null });
  });

  it('that agree are not moved, nor are they where the shift is only told', () => {
    const [before, after] = (['off', 'align'] as const).map((bridge) => placeAll(template, usual, { bridge }).book);
    for (const { tube } of usual) {
      const away = cutIn(after!, tube.sampleId) - cutIn(before!, tube.sampleId);
      expect(Math.abs(away)).toBeLessThanOrEqual(0.02);
    }
    expect(placeAll(template, shifted, { bridge: 'report' }).book).toEqual(placeAll(template, shifted).book);
    expect(placeAll(template, shifted, { bridge: 'off' }).stains).toEqual([]);
  });

  it('lie the same whatever the order of the tubes', () => {
    expect(placeAll(template, [...shifted].reverse(), { bridge: 'align' })).toEqual(aligned);
  });

  it('of two batches meet in the middle', () => {
    const two = study({ b1: even, b2: { gain: 0.6, controls: 2 } });
    const { book } = placeAll(template, two, { bridge: 'align' });
    const shifts = ['sb1_1', 'sb2_1'].map((id) => entryOf(book, 'Dim', id).landmarks[0]?.shift ?? 0);
    expect(shifts[0]).toBeCloseTo(-0.3, 1);
    expect(shifts[1]).toBeCloseTo(0.3, 1);
  });
});

describe('a batch that its controls tell nothing of stays as it is', () => {
  const reasonOf = (tubes: readonly StudyTube[], batch: string) => {
    const { stains, book } = placeAll(template, tubes, { bridge: 'align' });
    for (const id of sampleIds(batch)) expect(entryOf(book, 'Dim', id).landmarks).toEqual([]);
    return stains.find((one) => one.batch === batch);
  };
  const control = (batch: string, u: readonly number[]) =>
    studyTube(template, `c${batch}_0`, { X: fromU(u) }, { batch, role: 'bridge', isInPool: false });

  it('without controls, and with excluded ones', () => {
    const none = study({ b1: even, b2: { gain: 0.5, controls: 2 }, b3: { gain: 0.5, controls: 0 } });
    expect(reasonOf(none, 'b3')).toMatchObject({ status: 'unknown', reason: 'no_control', marker: 'X' });
    const excluded = shifted.map(({ survey, tube }) => ({
      survey,
      tube: { ...tube, isExcluded: tube.batch === 'b3' && tube.role === 'bridge' },
    }));
    expect(reasonOf(excluded, 'b3')).toMatchObject({ status: 'unknown', reason: 'no_control' });
  });

  it('without bright cells in them, or with too few', () => {
    const bare = study({ b1: even, b2: even, b3: { gain: 0.5, controls: 0 } });
    expect(reasonOf([...bare, control('b3', normals(1, 2000, 0.3, 0.4))], 'b3')).toMatchObject({ reason: 'no_mode' });
    const few = control('b3', [...normals(1, 2000, 0.3, 0.4), ...normals(2, 60, 4, 0.4)]);
    expect(reasonOf([...bare, few], 'b3')).toMatchObject({ reason: 'no_mode' });
  });

  it('with other bright cells in them: a mode of another share is another population', () => {
    const bare = study({ b1: even, b2: even, b3: { gain: 0.5, controls: 0 } });
    const other = control('b3', [...normals(1, 1000, 0.3, 0.4), ...normals(2, 3000, 5, 0.4)]);
    expect(reasonOf([...bare, other], 'b3')).toMatchObject({ reason: 'other_mode' });
  });

  it('with a brightness that no stain makes of theirs', () => {
    const far = study({ b1: even, b2: even, b3: { gain: 1.6, controls: 2 } });
    expect(reasonOf(far, 'b3')).toMatchObject({ reason: 'other_mode' });
  });

  it('where no other batch has any', () => {
    const lone = study({ b1: even, b2: { gain: 0, controls: 0 }, b3: { gain: 0.5, controls: 0 } });
    expect(reasonOf(lone, 'b1')).toMatchObject({ reason: 'one_batch' });
  });
});

describe('the landmark of a marker', () => {
  it('is the same cells in every batch, though in one of them the dim many are bright enough to be taken for it', () => {
    // Dead cells take up dye as ever; what shines of the living ones lies at 1.2 u, and at 1.65 u in the brighter batch.
    const tubes = ['b1', 'b2'].flatMap((batch, b) =>
      ['sample', 'bridge', 'bridge'].map((role, n) => {
        const key = 300 * (b + 1) + 20 * n;
        const living = stained(normals(key, 3800, 1.2, 0.3), batch === 'b2' ? 0.5 : 0);
        const dead = fromU(normals(key + 1, 200, 5.6, 0.4));
        const place = { batch, role, isInPool: role === 'sample' };
        return studyTube(template, `${batch}_${n}`, { X: [...living, ...dead] }, place);
      }),
    );
    const { stains } = placeAll(template, tubes, { bridge: 'align' });
    for (const stain of stains) {
      if (stain.status !== 'measured') throw new Error(stain.reason);
      expect(stain.study).toBeCloseTo(5.6, 1);
      expect(Math.abs(stain.shift)).toBeLessThan(0.15);
    }
  });
});

describe('bridging controls move only what the pool decides', () => {
  const gates = {
    Valley: '{ method: valley, marker: X, keep: above }',
    OfTube: '{ method: tail, marker: X, keep: above, pool: tube }',
    OfBatch: '{ method: tail, marker: X, keep: above, pool: batch }',
    Written: '{ method: levels, marker: X, levels: [neg, pos], keep: pos, cuts: [{ method: fixed, at: 2 }] }',
    Ridged: '{ method: tail, marker: CD38, keep: above, align: core }',
    Beside: '{ method: tail, marker: X, keep: above, align: core }',
    Level: '{ method: levels, marker: X, levels: [neg, pos], keep: pos, cuts: [{ method: tail }] }',
    Quarter: '{ method: quadrant, x: X, y: CD38, keep: [above, above], cut: valley }',
    Round: '{ method: mixture, x: X, y: CD38, components: 2, target: { highest: x } }',
    Borrowed: '{ method: reference, marker: X, keep: above, of: Level }',
  };
  const whole = templateWith(
    ['X', 'CD38', 'CD24', 'CD27'],
    Object.entries(gates).map(([name, gate]) => `{ name: ${name}, parent: root, gate: ${gate} }`),
    'alignments: [{ name: core, parent: root, method: ridge, x: CD38, y: CD24, axes: [CD27] }]',
  );
  /** Cells of a ridge in every tube; all markers of b2 are brighter by a gain. */
  const tubes = ['b1', 'b2'].flatMap((batch, b) =>
    [0, 1, 2, 3].map((n) => {
      const [key, count, gain] = [500 * (b + 1) + 50 * n, 3000, 0.6 * b];
      const isRare = (i: number) => i % 8 === 0;
      const values = {
        X: stained([...normals(key, count * 0.7, 0.3, 0.4), ...normals(key + 1, count * 0.3, 4, 0.4)], gain),
        CD38: stained(
          normals(key + 2, count, 3, 0.4).map((u, i) => (isRare(i) ? u + 1.5 : u)),
          gain,
        ),
        CD24: stained(
          normals(key + 3, count, 3, 0.4).map((u, i) => (isRare(i) ? u + 1.5 : u)),
          gain,
        ),
        CD27: stained(
          normals(key + 4, count, 0.4, 0.3).map((u, i) => (i % 5 === 1 ? u + 3.6 : u)),
          gain,
        ),
      };
      const role = n === 3 ? 'bridge' : 'sample';
      return studyTube(whole, `${batch}_${n}`, values, { batch, role, isInPool: role === 'sample' });
    }),
  );
  const [told, carried] = (['report', 'align'] as const).map((bridge) => placeAll(whole, tubes, { bridge }).book);
  const entries = (gate: string) => [entryOf(told!, gate, 'b2_0'), entryOf(carried!, gate, 'b2_0')] as const;

  it.each(['OfTube', 'OfBatch', 'Written', 'Ridged'])('%s lies where it lay', (gate) => {
    const [before, after] = entries(gate);
    expect(after).toEqual(before);
  });

  it.each(['Beside', 'Level', 'Quarter', 'Round', 'Borrowed'])(
    '%s is carried to the batch, and the book says so',
    (gate) => {
      const [before, after] = entries(gate);
      expect(before.landmarks).toEqual([]);
      expect(after.landmarks.find(({ marker }) => marker === 'X')?.shift).toBeCloseTo(0.3, 1);
      expect(after.geometry).not.toEqual(before.geometry);
    },
  );

  it('a valley of the tube itself keeps its vote', () => {
    const [before, after] = entries('Valley');
    const [from, to] = [before, after].map(({ geometry }) => numbersIn(geometry)[0] as number);
    expect(after.rule).toBe('shrunk');
    expect(Math.abs(to! - from!)).toBeLessThan(0.02);
  });
});
