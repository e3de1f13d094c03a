import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assertionProblems,
  expectedRangeProblems,
  flagUnexpected,
  frequenciesOf,
  frequencyColumns,
  tubesOutsideWindow,
} from '../../src/frequencies/index.ts';
import type { PopulationCount } from '../../src/gating/index.ts';
import { writeCsv } from '../../src/tables/index.ts';

const lymphocytes = 'Leukocytes/Lymphocytes';
const b = `${lymphocytes}/B`;
const transitional = `${b}/CD24hiCD38hi`;
const how = {
  populations: [
    { path: 'Leukocytes', parent: 'root', depth: 1 },
    { path: lymphocytes, parent: 'Leukocytes', depth: 2 },
    { path: b, parent: lymphocytes, depth: 3 },
    { path: transitional, parent: b, depth: 4 },
  ],
  denominators: { B: b, Lymphocytes: lymphocytes },
  rules: { min_parent: 100, few_parents: 500, few_events: 25 },
  level: 0.95,
};
const tube = {
  sampleId: 'P01_BL',
  subject: 'P01',
  visit: 'BL',
  visitIndex: 0,
  panel: '',
  role: 'sample',
  batch: 'b1',
  arm: '',
  excluded: false,
  absolute: {},
};

/** Counts of root, Leukocytes, Lymphocytes, B, transitional; null: the gate could not be placed. */
function counts(...[root, ...rest]: [number, ...(number | null)[]]) {
  const all: (number | null)[] = [root, ...rest];
  const populations = [
    { path: 'root', parent: '' },
    ...how.populations.map(({ path, parent }) => ({ path, parent })),
  ].map(({ path, parent }, index): PopulationCount => {
    const parentCount = index === 0 ? null : (all[index - 1] ?? null);
    return { population: path, parent, count: all[index] ?? null, parentCount, flags: [] };
  });
  const answers = { intensities: [], draws: [], profiles: [], others: [], overlaps: [] };
  return { sampleId: 'P01_BL', eventCount: root, populations, pictures: [], membership: null, answers };
}

function rowOf(population: string, rows: ReturnType<typeof frequenciesOf>) {
  const found = rows.find((row) => row.population === population);
  if (found === undefined) throw new Error(`no row of ${population}`);
  return found;
}

describe('the rows of a tube', () => {
  it('hold percentages with the exact interval that R prints for 118 of 2,950', () => {
    const rows = frequenciesOf(tube, counts(30000, 25000, 20000, 2950, 118), how);
    // binom.test(118, 2950) of R 4.2.2
    expect(rowOf(transitional, rows).of.B).toMatchObject({ n: 2950, percent: 4 });
    expect(rowOf(transitional, rows).of.B?.low).toBeCloseTo(3.32188994, 8);
    expect(rowOf(transitional, rows).of.B?.high).toBeCloseTo(4.771157612, 8);
  });

  it('are written letter by letter as the documents show them', () => {
    const rows = frequenciesOf(tube, counts(30000, 25000, 20000, 2950, 118), how);
    const text = writeCsv(frequencyColumns(['B']), rows);
    expect(text.split('\n').filter((line) => /population|,root,,|CD24/.test(line))).toEqual([
      'sample_id,subject,visit,visit_index,panel,role,batch,arm,population,parent,depth,count,parent_count,pct_parent,pct_parent_lo,pct_parent_hi,n_B,pct_of_B,pct_of_B_lo,pct_of_B_hi,cells_per_ul,status,flags',
      'P01_BL,P01,BL,0,,sample,b1,,root,,0,30000,,,,,,,,,,ok,',
      `P01_BL,P01,BL,0,,sample,b1,,${transitional},${b},4,118,2950,4,3.32188994,4.771157612,2950,4,3.32188994,4.771157612,,ok,`,
    ]);
  });

  it('fill a denominator for itself and below, and leave it empty above', () => {
    const rows = frequenciesOf(tube, counts(30000, 25000, 20000, 2950, 118), how);
    expect(rowOf(b, rows).of.B).toMatchObject({ n: 2950, percent: 100 });
    expect(rowOf(lymphocytes, rows).of.B).toBeUndefined();
  });

  describe('of a denominator that is without a population', () => {
    const plasmablast = `${b}/Plasmablast`;
    const siblings = [transitional, plasmablast].map((path) => ({ path, parent: b, depth: 4 }));
    const populations = [...how.populations.filter(({ path }) => path !== transitional), ...siblings];
    const without = { ...how, populations, denominators: { B: b, NoPb: { of: b, without: plasmablast } } };
    /** @param shared events of the transitional gate that are plasmablasts too; undefined where nobody counted them */
    function rowsOf(plasmablasts: number | null, shared?: number | null) {
      const plain = counts(30000, 25000, 20000, 2950, 118);
      const own = { population: plasmablast, parent: b, count: plasmablasts, parentCount: 2950, flags: [] };
      const overlaps = shared === undefined ? [] : [{ population: transitional, without: plasmablast, count: shared }];
      const tubeCounts = {
        ...plain,
        populations: [...plain.populations, own],
        answers: { ...plain.answers, overlaps },
      };
      return frequenciesOf(tube, tubeCounts, without);
    }

    it('are shares of what is left, and none for what holds or is the population left out', () => {
      const rows = rowsOf(450, 0);
      expect(rowOf(transitional, rows).of.NoPb).toMatchObject({ n: 2500, percent: (100 * 118) / 2500 });
      expect(rowOf(transitional, rows).of.B).toMatchObject({ n: 2950, percent: 4 });
      expect(rowOf(b, rows).of.NoPb).toBeUndefined();
      expect(rowOf(plasmablast, rows).of.NoPb).toBeUndefined();
    });

    it('are none where the gate holds events that are left out, where these have no place, or where nobody looked', () => {
      for (const rows of [rowsOf(450, 1), rowsOf(null, null), rowsOf(450)]) {
        expect(rowOf(transitional, rows).of.NoPb).toBeNull();
        expect(rowOf(transitional, rows)).toMatchObject({ status: 'ok', of: { B: { percent: 4 } } });
      }
    });

    it('are not evaluable where too little is left', () => {
      expect(rowOf(transitional, rowsOf(2900, 0)).status).toBe('not_evaluable');
    });
  });

  it('are there for a failed tube too, empty of numbers', () => {
    const rows = frequenciesOf(tube, undefined, how);
    expect(rows).toHaveLength(5);
    for (const row of rows) expect(row).toMatchObject({ count: null, ofParent: null, status: 'failed', flags: [] });
  });

  it('say excluded before failed and before not evaluable, and keep the numbers of an excluded tube', () => {
    const excluded = { ...tube, excluded: true };
    expect(frequenciesOf(excluded, undefined, how)[0]?.status).toBe('excluded');
    const row = rowOf(transitional, frequenciesOf(excluded, counts(30000, 25000, 20000, 2950, 118), how));
    expect(row).toMatchObject({ status: 'excluded', count: 118, ofParent: { percent: 4 } });
  });

  it('keep counts and drop percentages where a parent holds fewer than 100 events', () => {
    const rows = frequenciesOf(tube, counts(30000, 25000, 20000, 99, 7), how);
    const row = rowOf(transitional, rows);
    expect(row).toMatchObject({ status: 'not_evaluable', count: 7, parentCount: 99 });
    expect(row.ofParent).toEqual({ n: 99, percent: null, low: null, high: null });
    expect(row.flags).toEqual(['few_events', 'few_parents']);
    expect(rowOf(b, rows).status).toBe('ok');
  });

  it('flag, but judge, a parent of 100 to 499 events and a count below 25', () => {
    const row = rowOf(transitional, frequenciesOf(tube, counts(30000, 25000, 20000, 100, 24), how));
    expect(row).toMatchObject({ status: 'ok', ofParent: { percent: 24 } });
    expect(row.flags).toEqual(['few_events', 'few_parents']);
    const enough = rowOf(transitional, frequenciesOf(tube, counts(30000, 25000, 20000, 500, 25), how));
    expect(enough.flags).toEqual([]);
  });

  it('say not evaluable where a gate could not be placed, and keep what was counted above it', () => {
    const rows = frequenciesOf(tube, counts(30000, 25000, 20000, 2950, null), how);
    expect(rowOf(transitional, rows)).toMatchObject({ status: 'not_evaluable', count: null, parentCount: 2950 });
    expect(rowOf(b, rows).status).toBe('ok');
  });

  it('of a tube without events are counts of 0, not evaluable, with one flag that says why', () => {
    for (const row of frequenciesOf(tube, counts(0, 0, 0, 0, 0), how)) {
      expect(row).toMatchObject({ count: 0, status: 'not_evaluable', flags: ['no_events'] });
      expect(row.ofParent?.percent ?? null).toBeNull();
    }
  });

  it('always hold 0 ≤ low ≤ percent ≤ high ≤ 100, and more cells never a smaller share', () => {
    const pair = fc
      .integer({ min: 100, max: 5000 })
      .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 0, max: n })));
    fc.assert(
      fc.property(pair, ([n, k]) => {
        const share = rowOf(transitional, frequenciesOf(tube, counts(30000, 25000, 20000, n, k), how)).ofParent;
        if (share?.percent == null || share.low === null || share.high === null) return false;
        return 0 <= share.low && share.low <= share.percent && share.percent <= share.high && share.high <= 100;
      }),
      { numRuns: 50 },
    );
  });
});

describe('cells per µL', () => {
  const full = counts(30000, 25000, 20000, 2950, 118);

  it('of two platforms are the share of a class times the count of the same class', () => {
    const absolute = { method: 'dual', column: 'lymphocytes_per_ul', of: lymphocytes } as const;
    const counted = { ...tube, absolute: { lymphocytes_per_ul: 1500 } };
    const rows = frequenciesOf(counted, full, { ...how, absolute });
    expect(rowOf(transitional, rows).cellsPerUl).toBeCloseTo((118 / 20000) * 1500, 12);
    expect(rowOf('Leukocytes', rows).cellsPerUl).toBeNull();
    expect(rowOf(transitional, frequenciesOf(tube, full, { ...how, absolute })).cellsPerUl).toBeNull();
  });

  it('of beads are cell events over bead events, times beads added, over blood volume', () => {
    const absolute = { method: 'beads', of: 'Leukocytes' } as const;
    const counted = { ...tube, absolute: { beads_added: 50000, blood_ul: 100 } };
    const row = rowOf(transitional, frequenciesOf(counted, full, { ...how, absolute }));
    expect(row.cellsPerUl).toBeCloseTo(((118 / 25000) * 50000) / 100, 12);
  });

  it('of a measured volume are events over volume, times dilution', () => {
    const counted = { ...tube, absolute: { blood_ul: 60, dilution: 2 } };
    const row = rowOf(transitional, frequenciesOf(counted, full, { ...how, absolute: { method: 'volumetric' } }));
    expect(row.cellsPerUl).toBeCloseTo((118 / 60) * 2, 12);
  });

  it("of the file's own volume, $VOL in nL, where the sheet has none", () => {
    const rule = { ...how, absolute: { method: 'volumetric' } } as const;
    const drawn = { ...tube, volumeNl: 60_000, absolute: { dilution: 2 } };
    expect(rowOf(transitional, frequenciesOf(drawn, full, rule)).cellsPerUl).toBeCloseTo((118 / 60) * 2, 12);
    const both = { ...tube, volumeNl: 60_000, absolute: { blood_ul: 30 } };
    expect(rowOf(transitional, frequenciesOf(both, full, rule)).cellsPerUl).toBeCloseTo(118 / 30, 12);
    expect(rowOf(transitional, frequenciesOf(tube, full, rule)).cellsPerUl).toBeNull();
  });
});

describe('visits outside their window', () => {
  const visits = [
    { id: 'BL', day: 0, window: [-28, 0] as const },
    { id: 'M1', day: 30, window: [21, 45] as const },
  ];
  const dated = (visit: string, date: string | null) => ({ sampleId: `P01_${visit}`, subject: 'P01', visit, date });

  it('are counted from the day of the own baseline, over a leap day and a turn of the year', () => {
    const outside = (from: string, to: string) =>
      tubesOutsideWindow([dated('M1', to), dated('BL', from)], visits).has('P01_M1');
    expect(outside('2024-02-20', '2024-03-12')).toBe(false); // 21 days
    expect(outside('2024-02-20', '2024-03-11')).toBe(true); // 20 days
    expect(outside('2023-12-20', '2024-02-03')).toBe(false); // 45 days
    expect(outside('2023-12-20', '2024-02-04')).toBe(true); // 46 days
    expect(outside('2023-02-20', '2023-03-12')).toBe(true); // 20 days: no leap day
  });

  it('are unknown without dates', () => {
    expect(tubesOutsideWindow([dated('M1', '2024-03-01'), dated('BL', null)], visits).size).toBe(0);
  });
});

describe('the range in which a template expects a population', () => {
  const expected = [{ population: b, of: lymphocytes, betweenPercent: [3, 15] as const }];
  const rows = (cells: number, of = tube) => frequenciesOf(of, counts(30000, 25000, 20000, cells, 118), how);

  it('holds its own ends, and outside it the share is said and the row flagged, its number kept', () => {
    for (const cells of [600, 3000]) {
      expect(expectedRangeProblems(rows(cells), expected)).toEqual([]);
      expect(flagUnexpected(rows(cells), expected)).toEqual(rows(cells));
    }
    const [problem, ...others] = expectedRangeProblems(rows(3020), expected);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ severity: 'warning', code: 'gate.expected-range', where: { sampleId: 'P01_BL' } });
    expect(problem?.message).toContain('15.10 %');
    const flagged = flagUnexpected(rows(3020), expected).filter(({ flags }) => flags.includes('outside_expected'));
    expect(flagged.map(({ population, count }) => [population, count])).toEqual([[b, 3020]]);
  });

  it('is not asked of controls and excluded tubes', () => {
    expect(expectedRangeProblems(rows(3020, { ...tube, role: 'bridge' }), expected)).toEqual([]);
    expect(expectedRangeProblems(rows(3020, { ...tube, excluded: true }), expected)).toEqual([]);
  });
});

describe('what a template asserts of a tube', () => {
  const asserted = [{ sum: [b], of: lymphocytes, atLeastPercent: 15 }];
  const found = (cells: number, of = tube) =>
    assertionProblems(frequenciesOf(of, counts(30000, 25000, 20000, cells, 118), how), asserted);

  it('is no word where it holds, and a warning with the share where it does not', () => {
    expect(found(3000)).toEqual([]);
    const [problem] = found(2950);
    expect(problem).toMatchObject({
      severity: 'warning',
      code: 'gate.assertion',
      where: { sampleId: 'P01_BL' },
    });
    expect(problem?.message).toContain('14.75 %');
  });

  it('is not asked of controls and excluded tubes', () => {
    expect(found(2950, { ...tube, role: 'bridge' })).toEqual([]);
    expect(found(2950, { ...tube, excluded: true })).toEqual([]);
  });
});
