import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { placeTubes, templateOf } from '../../placedTubes.ts';
import { hasTruth, truthPath } from '../../truth.ts';

// Eight tubes gated by hand in R (CytoExploreRData); truth: the counts and the membership of every event in R's GatingSet.
const numbers = [1, 4, 7, 10, 15, 18, 24, 31];
const populationCount = 10;

describe.skipIf(!hasTruth)('the activation assay', () => {
  test('all 80 counts and the membership of every event equal those of R', { timeout: 60_000 }, () => {
    const template = templateOf(join(import.meta.dirname, 'template.yaml'));
    const paths = numbers.map((n) => truthPath('activation', `Activation_${n}.fcs`));
    const { counts } = placeTubes(template, paths, { membership: true });
    const truth = truthCounts();
    let comparedCounts = 0;
    let comparedEvents = 0;
    for (const tube of counts) {
      const names = tube.populations.slice(1).map(({ population }) => population.split('/').at(-1) ?? '');
      for (const [i, { count, parentCount }] of tube.populations.slice(1).entries()) {
        const key = `${tube.sampleId}.fcs,${names[i]}`;
        expect({ key, count, parentCount }).toEqual({ key, ...truth.get(key) });
        comparedCounts++;
      }
      const expected = membership(tube.sampleId);
      for (const [i, column] of (tube.membership ?? []).entries()) {
        const theirs = expected.get(names[i] ?? '');
        expect(differences(column, theirs), `${tube.sampleId} ${names[i]}`).toBe(0);
        comparedEvents += column.length;
      }
    }
    console.log(`compared ${comparedCounts} counts and ${comparedEvents} memberships`);
    expect(comparedCounts).toBeGreaterThanOrEqual(80);
    expect(comparedEvents).toBeGreaterThanOrEqual(400_000 * populationCount);
  });
});

function truthCounts(): Map<string, { count: number; parentCount: number }> {
  const lines = readFileSync(truthPath('truth', 'activation_counts.csv'), 'utf8').trim().split('\n').slice(1);
  return new Map(
    lines.map((line) => {
      const [file, population, , count, parentCount] = line.split(',');
      return [`${file},${population}`, { count: Number(count), parentCount: Number(parentCount) }];
    }),
  );
}

/** Population -> one 0/1 an event. */
function membership(tube: string): Map<string, Uint8Array> {
  const text = gunzipSync(readFileSync(truthPath('truth', 'activation_membership', `${tube}.csv.gz`))).toString();
  const [header = '', ...rows] = text.trim().split('\n');
  const names = header.split(',');
  const columns = names.map(() => new Uint8Array(rows.length));
  // One digit a column, a comma between: the digit of column i stands at 2i.
  for (const [event, row] of rows.entries()) {
    for (const [i, column] of columns.entries()) column[event] = row.charCodeAt(2 * i) - 48;
  }
  return new Map(names.map((name, i) => [name.trim(), columns[i] as Uint8Array]));
}

function differences(ours: Uint8Array, theirs: Uint8Array | undefined): number {
  if (theirs === undefined || theirs.length !== ours.length) return Number.POSITIVE_INFINITY;
  let count = 0;
  for (let i = 0; i < ours.length; i++) if (ours[i] !== theirs[i]) count++;
  return count;
}
