import { describe, expect, test } from 'vitest';
import type { TubeBook } from '../../src/gating/index.ts';
import { sampledCells, shownPopulations } from '../../src/pipeline/tools.ts';
import type { TubeSurvey } from '../../src/placement/index.ts';

const axis = (marker: string) => ({ marker, channel: `${marker}-A`, frame: 'raw' as const });
const above = (marker: string, raw: number) =>
  ({ kind: 'interval', dims: [{ ...axis(marker), min: raw, max: null, min_raw: raw, max_raw: null }] }) as const;
const gates = [
  { population: 'B', parent: 'root', geometry: above('CD19', 100), flags: [] },
  { population: 'B/Rare', parent: 'B', geometry: above('CD38', 900), flags: [] },
  { population: 'T', parent: 'root', geometry: above('CD3', 100), flags: [] },
];
const book: TubeBook = { sampleId: 'a', scales: [], gates };

/** Rows by marker; every row's CD24 is its number, so that a cell can be told. */
function reservoir(name: string, of: string, rows: readonly (readonly [cd3: number, cd19: number, cd38: number])[]) {
  const column = (i: 0 | 1 | 2) => Float32Array.from(rows, (row) => row[i]);
  return {
    name,
    for: of,
    above: {},
    below: {},
    eventCount: 1e6,
    rowCount: rows.length,
    columns: { CD3: column(0), CD19: column(1), CD38: column(2), CD24: Float32Array.from(rows, (_, i) => i) },
  };
}

function surveyOf(...reservoirs: readonly ReturnType<typeof reservoir>[]): TubeSurvey {
  const channels = { CD3: 'CD3-A', CD19: 'CD19-A', CD38: 'CD38-A', CD24: 'CD24-A' };
  return {
    sampleId: 'a',
    eventCount: 1e6,
    channels,
    absent: [],
    ranges: {},
    negatives: {},
    tops: {},
    reservoirs,
    flags: [],
  };
}

const t = [500, 0, 0] as const;
const b = [0, 500, 100] as const;
const rare = [0, 500, 2000] as const;

describe('cells to be found again in the gates above', () => {
  test('are those that the placed gates hold, with all their markers', () => {
    const survey = surveyOf(reservoir('root', '', [t, b, rare, t, rare]));
    const [found, ofT] = sampledCells(survey, book, ['B/Rare', 'T']);
    expect([found?.population, [...(found?.columns.CD24 ?? [])]]).toEqual(['B/Rare', [2, 4]]);
    expect([...(ofT?.columns.CD24 ?? [])]).toEqual([0, 3]);
  });

  test('of a rare population come from the sample of its own stratum', () => {
    const survey = surveyOf(reservoir('root', '', [t, b]), reservoir('B-like', 'B', [b, rare, b, rare]));
    const [found, ...more] = sampledCells(survey, book, ['B/Rare', 'T']);
    expect([...(found?.columns.CD24 ?? [])]).toEqual([1, 3]);
    expect(more.map(({ population }) => population)).toEqual(['T']);
  });

  test('are 40 at most, and none where the sample holds none', () => {
    const survey = surveyOf(
      reservoir(
        'root',
        '',
        Array.from({ length: 500 }, () => b),
      ),
    );
    expect(sampledCells(survey, book, ['B', 'T']).map(({ columns }) => columns.CD3?.length)).toEqual([40]);
  });

  test('are of what is asked about; where nothing is, of the ends of the tree', () => {
    expect(shownPopulations(book, ['B', 'X'])).toEqual(['B']);
    expect(shownPopulations(book, undefined)).toEqual(['B/Rare', 'T']);
  });
});
