import { expect, test } from 'vitest';
import { placeAll, studyTube, templateWith, twoModes } from './inMemory.ts';

const template = templateWith(
  ['CD24'],
  ['{ name: P, parent: root, gate: { method: valley, marker: CD24, keep: above } }'],
);

/** A study of tubes with two modes on CD24; in some of them the brightest events reach so many times the range. */
function cofactorAt(times: number, brightTubes: number): { cofactor: number | undefined; codes: readonly string[] } {
  const tubes = ['a', 'b', 'c'].map((id, i) => {
    const usual = twoModes(i, 2000, 100, 20_000, 30);
    const bright = Array.from({ length: 20 }, () => times * 262_144);
    return studyTube(template, id, { CD24: i < brightTubes ? [...usual, ...bright] : usual });
  });
  const { book, problems } = placeAll(template, tubes);
  return { cofactor: book.scales[0]?.u_cofactor, codes: problems.map(({ code }) => code) };
}

test('values that compensation lifts above the range move no frame', () => {
  expect(cofactorAt(1.5, 3)).toEqual({ cofactor: 150, codes: [] });
});

test('one odd tube decides nothing for the study', () => {
  expect(cofactorAt(40, 1)).toEqual({ cofactor: 150, codes: [] });
});

test('where the usual tube lies far beyond the stated range, the range comes from the data, and that is said', () => {
  expect(cofactorAt(3, 3)).toEqual({ cofactor: 600, codes: ['scale.range-from-data'] });
});
