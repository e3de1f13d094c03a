import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { compareReviewers, type Patch, writeOverrides } from '../../src/review/index.ts';
import { cytopair, ownFolder } from '../cli/cytopair.ts';
import { shiftOf, smallBook } from './smallBook.ts';

const book = smallBook();
const folder = ownFolder();
afterAll(() => folder.remove());

function accepted(tube: string, author: string): Patch {
  const { population, date, replaces } = shiftOf(book);
  return { action: 'accept', tube, population, author, date, replaces };
}
const moved = (tube: string, by: number, author: string) => shiftOf(book, { tube, by, author });

const first = [moved('T-1', -0.5, 'AB'), accepted('T-2', 'AB'), moved('T-3', 0.3, 'AB'), accepted('T-4', 'AB')];
const second = [moved('T-1', -0.44, 'CD'), accepted('T-2', 'CD'), accepted('T-3', 'CD'), moved('T-5', 0.1, 'CD')];

describe('two reviewers', () => {
  test('are compared on the gates that both looked at: who changed what, by how much, and kappa', () => {
    const found = compareReviewers(first, second);
    expect(found).toMatchObject({ both: 3, onlyFirst: 1, onlySecond: 1 });
    expect(found).toMatchObject({ bothAccepted: 1, bothChanged: 1, firstChanged: 1, secondChanged: 0 });
    // Observed 2/3, by chance 2/3 · 1/3 + 1/3 · 2/3 = 4/9: (2/3 − 4/9) / (5/9) = 0.4.
    expect(found.kappa).toBeCloseTo(0.4, 12);
    expect(found.medianDifference).toBeCloseTo((0.06 + 0.3) / 2, 12);
    expect(found.differing).toEqual([{ tube: 'T-3', population: 'NK', first: 'CD56 +0.30 u', second: 'accepted' }]);
  });

  test('who agree in all say so; nobody who looked at the same gates has a kappa of none', () => {
    expect(compareReviewers(first, first)).toMatchObject({ kappa: 1, medianDifference: 0, differing: [] });
    expect(compareReviewers([], second)).toMatchObject({ both: 0, kappa: null, medianDifference: null });
    expect(compareReviewers([accepted('T-1', 'AB')], [accepted('T-1', 'CD')]).kappa).toBeNull();
  });

  test('cytopair agree takes their two files', async () => {
    const [a, b] = [join(folder.path, 'ab.yaml'), join(folder.path, 'cd.yaml')];
    writeFileSync(a, writeOverrides(first));
    writeFileSync(b, writeOverrides(second));
    const ended = await cytopair(['agree', a, b]);
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toContain('both looked at 3 gates; only the first at 1, only the second at 1');
    expect(ended.stdout).toContain('T-3 NK: CD56 +0.30 u | accepted');
    expect(JSON.parse((await cytopair(['agree', a, b, '--json'])).stdout)).toMatchObject({ first: 'ab.yaml', both: 3 });
    expect((await cytopair(['agree', a, join(folder.path, 'none.yaml')])).exit).toBe(2);
  });
});
