import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamFor } from '../../samples/random.ts';
import { countPopulations, tubeBook } from '../../src/gating/index.ts';
import { carried, type PlacedStudy } from '../../src/placement/tools.ts';
import { memoryEvents } from '../gating/memoryEvents.ts';
import {
  entryOf,
  fromU,
  type MarkerValues,
  normals,
  placeAll,
  type StudyTube,
  studyTube,
  templateWith,
} from './inMemory.ts';

const template = templateWith(
  ['CD38', 'CD24', 'CD27', 'IgD'],
  [
    '{ name: Trans, parent: root, gate: { method: ridge, align: core, part: transitional } }',
    '{ name: Memory, parent: root, gate: { method: ridge, align: core, part: memory_regulatory } }',
    '{ name: Plasmablast, parent: root, gate: { method: ridge, align: core, part: plasmablast } }',
  ],
  'alignments: [{ name: core, parent: root, method: ridge, x: CD38, y: CD24, axes: [CD27, IgD] }]',
);

/** What a tube is made of: how many of its naive cells are on the ridge, its stain, and whether memory is gone. */
interface Blood {
  /** Share of the cells without CD27 that are on their way up the ridge. */
  readonly onRidge: number;
  /** Natural logarithm of the staining gain of CD38 and CD24. */
  readonly gain?: number;
  readonly memory?: number;
  /** Most of the cells on the ridge are near its tip. */
  readonly isYoung?: boolean;
  /** Share of plasmablasts, and the level of CD24 that they show. */
  readonly plasmablast?: readonly [share: number, cd24: number];
}

const CELLS = 800;
const CORE = [3.1, 3] as const;

/** Cells of one tube in u: core and ridge of naive cells, memory cells of CD24 high and low. */
function cellsOf(key: number, blood: Blood): MarkerValues {
  const { onRidge, gain = 0, memory = 0.3, isYoung = false, plasmablast = [0, 0] } = blood;
  const noise = ['CD38', 'CD24', 'CD27', 'IgD'].map((_, d) => normals(100 * key + d, CELLS, 0, 0.4));
  const stream = streamFor(key, 7);
  const kinds = Array.from({ length: CELLS }, () => {
    if (stream.uniform() < memory) return { at: [1.2, stream.uniform() < 0.4 ? 4.9 : 2.9, 4, 0.5] };
    const maturity = stream.uniform() < onRidge ? 1 - Math.sqrt(stream.uniform()) : 0;
    if (plasmablast[0] > 0 && stream.uniform() < plasmablast[0]) return { at: [6.7, plasmablast[1], 5.4, 0.5] };
    if (isYoung && maturity > 0)
      return { at: [CORE[0] + 1.75 * (1 - maturity), CORE[1] + 1.65 * (1 - maturity), 0.5, 4.6] };
    return { at: [CORE[0] + 1.75 * maturity, CORE[1] + 1.65 * maturity, 0.5, 4.6] };
  });
  const column = (d: number, log: number) =>
    kinds.map(({ at }, i) => 150 * Math.sinh(at[d]! + noise[d]![i]!) * Math.exp(log));
  return { CD38: column(0, gain), CD24: column(1, gain), CD27: column(2, 0), IgD: column(3, 0) };
}

const tube = (id: string, key: number, blood: Blood, place = {}): StudyTube =>
  studyTube(template, id, cellsOf(key, blood), place);

const usual = Array.from({ length: 9 }, (_, i) => ({ id: `t${i}`, key: i + 1, onRidge: 0.2 + 0.04 * i }));
const study = usual.map(({ id, key, onRidge }) => tube(id, key, { onRidge }));
const placed = placeAll(template, study);

function coreOf({ book }: PlacedStudy, id: string): readonly number[] {
  const [alignment] = book.alignments;
  const offset = alignment?.tubes.find(({ sample_id }) => sample_id === id)?.offset;
  const origin = alignment?.fit.origin;
  if (!offset || !Array.isArray(origin)) throw new Error(`"${id}" is not aligned`);
  return [origin[0] + offset.CD38!, origin[1] + offset.CD24!];
}

function shareOf({ book }: PlacedStudy, id: string, values: MarkerValues, population: string): number {
  const events = memoryEvents(Object.fromEntries(Object.entries(values).map(([marker, v]) => [`${marker}-A`, v])));
  const { populations } = countPopulations(events, tubeBook(book, id), { membership: false, pictures: false });
  const found = populations.find((one) => one.population === population);
  return (found?.count ?? Number.NaN) / CELLS;
}

describe('a border on a ridge', () => {
  it('stands on the core, which is where the naive cells are, however many have left it', () => {
    for (const { id } of usual) {
      const core = coreOf(placed, id);
      // A core of some 300 cells of sd .4 is known to about .05 u; the model adds as much.
      expect(Math.abs(core[0]! - CORE[0]), `CD38 of ${id}`).toBeLessThan(0.15);
      expect(Math.abs(core[1]! - CORE[1]), `CD24 of ${id}`).toBeLessThan(0.15);
    }
  });

  it('keeps to the core where every naive cell is on the ridge, and says that there is little to stand on', () => {
    const full = placeAll(template, [...study, tube('full', 77, { onRidge: 1 })]);
    const core = coreOf(full, 'full');
    expect(Math.hypot(core[0]! - CORE[0], core[1]! - CORE[1])).toBeLessThan(0.25);
    expect(entryOf(full.book, 'Trans', 'full').flags).toContain('ridge_heavy');
  });

  it('is no landmark of its own: a tube of young cells only goes with its stain, and is told', () => {
    const young = placeAll(template, [...study, tube('young', 79, { onRidge: 0.9, isYoung: true, gain: 0.4 })]);
    const core = coreOf(young, 'young');
    expect(entryOf(young.book, 'Trans', 'young').flags).toContain('ridge_heavy');
    // As if stained like the study it would be .57 u off.
    expect(Math.hypot(core[0]! - CORE[0] - 0.4, core[1]! - CORE[1] - 0.4)).toBeLessThan(0.3);
  });

  it.each([
    ['as they are', 0.8, false],
    ['lifted above the core by a wrong matrix', 3.6, true],
  ])('keeps plasmablasts %s', (_, cd24, isLifted) => {
    const withThem = usual.map(({ id, key, onRidge }) => ({
      id,
      cells: cellsOf(key, { onRidge, plasmablast: [0.05, cd24] }),
    }));
    const { book, ...rest } = placeAll(
      template,
      withThem.map(({ id, cells }) => studyTube(template, id, cells)),
    );
    for (const { id, cells } of withThem) {
      const drawnShare =
        cells.CD38!.filter((value, i) => Math.asinh(value / 150) > 5.2 && Math.asinh(cells.CD27![i]! / 150) > 3)
          .length / CELLS;
      const kept = shareOf({ book, ...rest }, id, cells, 'Plasmablast');
      expect(kept / drawnShare, id).toBeGreaterThan(0.9);
      expect(entryOf(book, 'Plasmablast', id).flags.includes('border_lifted'), id).toBe(isLifted);
      expect(entryOf(book, 'Trans', id).flags, id).not.toContain('border_lifted');
    }
  });

  it.each([[0.3], [-0.3], [Math.LN2]])(
    'goes with the stain of a tube: a gain of e^%f leaves the shares of the same cells',
    (gain) => {
      const stained = cellsOf(5, { onRidge: usual[4]!.onRidge, gain });
      const moved = placeAll(
        template,
        study.map((one, i) => (i === 4 ? studyTube(template, 't4', stained) : one)),
      );
      for (const population of ['Trans', 'Memory']) {
        const before = shareOf(placed, 't4', cellsOf(5, { onRidge: usual[4]!.onRidge }), population);
        const after = shareOf(moved, 't4', stained, population);
        // 800 cells hold about 60 of each: two of them may change sides
        expect(Math.abs(after - before) * CELLS, population).toBeLessThanOrEqual(0.06 * before * CELLS);
      }
    },
  );

  it('finds the core of the same cells where the gain of their stain has taken it, to .02 u on the mean', () => {
    const third = (_: unknown, i: number) => i % 3 === 0;
    const misses = [0.3, -0.3].flatMap((gain) => {
      const stained = usual.map((one, i) =>
        tube(one.id, one.key, { onRidge: one.onRidge, gain: third(one, i) ? gain : 0 }),
      );
      const moved = placeAll(template, stained);
      return usual.map(({ id }, i) => {
        const own = third(id, i) ? gain : 0;
        const miss = [0, 1].map((d) => {
          const due = Math.asinh(Math.sinh(coreOf(placed, id)[d]!) * Math.exp(own));
          return coreOf(moved, id)[d]! - due;
        });
        return (miss[0]! + miss[1]!) / 2;
      });
    });
    expect(Math.abs(misses.reduce((sum, miss) => sum + miss, 0) / misses.length)).toBeLessThan(0.02);
    // Some 560 naive-like cells leave a gain open by .04 u.
    for (const miss of misses) expect(Math.abs(miss)).toBeLessThan(0.1);
  });

  it.each([[-1], [-1.1], [-1.15]])('finds the core of a tube stained by e^%f, with cells below it', (gain) => {
    const dim = Array.from({ length: 24 }, (_, i) => 1.25 + 0.02 * i);
    const low: MarkerValues = {
      CD38: fromU(dim),
      CD24: fromU(dim),
      CD27: fromU(dim.map(() => 0.5)),
      IgD: fromU(dim.map(() => 4.6)),
    };
    const stained = Object.entries(cellsOf(91, { onRidge: 0.2, gain })).map(([marker, values]) => {
      const factor = marker === 'CD38' || marker === 'CD24' ? Math.exp(gain) : 1;
      return [marker, [...values, ...(low[marker] ?? []).map((value) => value * factor)]] as const;
    });
    const core = coreOf(placeAll(template, [...study, studyTube(template, 'dim', Object.fromEntries(stained))]), 'dim');
    for (const d of [0, 1]) expect(Math.abs(core[d]! - CORE[d]! - gain)).toBeLessThan(0.2);
  });

  it('hardly moves in the other tubes when a tube leaves the study', () => {
    const edges = (of: PlacedStudy, id: string) => {
      const { geometry } = entryOf(of.book, 'Trans', id);
      if (geometry.kind !== 'all' || geometry.of[0]?.kind !== 'strip') throw new Error('no strip');
      const { origin, direction, from } = geometry.of[0];
      return origin[0] * direction[0] + origin[1] * direction[1] + from;
    };
    const more = Array.from({ length: 9 }, (_, i) => tube(`u${i}`, 30 + i, { onRidge: 0.25 + 0.04 * i }));
    const all = [...study, ...more];
    const whole = placeAll(template, all);
    for (const leaving of [0, 4, 13]) {
      const others = all.toSpliced(leaving, 1);
      const rest = placeAll(template, others);
      for (const { sampleId } of others.map((one) => one.tube)) {
        const moved = Math.abs(edges(rest, sampleId) - edges(whole, sampleId));
        // A gain of 560 naive-like cells is open by .04 u.
        expect(moved, `${sampleId} without ${leaving}`).toBeLessThan(0.05);
      }
    }
  });

  it('knows neither patients nor batches: other keys give the same book', () => {
    const relabelled = study.map(({ survey, tube: own }, i) => ({
      survey,
      tube: { ...own, subjectKey: `s${i % 3}`, batch: i % 2 === 0 ? 'A' : 'B' },
    }));
    expect(JSON.stringify(placeAll(template, relabelled).book)).toBe(JSON.stringify(placed.book));
  });

  it('is doubted in a tube whose memory cells are gone, as after a depletion, though plasmablasts are back', () => {
    const back = tube('back', 79, { onRidge: 1, memory: 0.01, plasmablast: [0.05, 0.8] });
    const young = placeAll(template, [...study, tube('young', 78, { onRidge: 1, memory: 0.01 }), back]);
    for (const id of ['young', 'back']) expect(entryOf(young.book, 'Trans', id).flags, id).toContain('few_memory');
    for (const { id } of usual) expect(entryOf(young.book, 'Trans', id).flags).not.toContain('few_memory');
  });
});

describe('a change of stain', () => {
  const level = fc.double({ min: 0.8, max: 6, noNaN: true });

  it('carries the landmark from one place to the other, and everything back again', () => {
    fc.assert(
      fc.property(level, level, fc.double({ min: -1, max: 7, noNaN: true }), (from, to, u) => {
        expect(carried(from, from, to)).toBeCloseTo(to, 9);
        expect(carried(carried(u, from, to), to, from)).toBeCloseTo(u, 6);
      }),
    );
  });

  it('moves bright levels by the logarithm of the gain, and zero not at all', () => {
    const to = Math.asinh(2 * Math.sinh(3));
    expect(carried(7, 3, to) - 7).toBeCloseTo(Math.LN2, 5);
    expect(carried(0, 3, to)).toBe(0);
  });

  it('is a plain distance on landmarks too dim to tell a gain', () => {
    expect(carried(3, 0.4, 0.6)).toBeCloseTo(3.2, 12);
  });
});
