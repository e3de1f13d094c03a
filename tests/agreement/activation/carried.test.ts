import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { placementRegistry } from '../../../src/placement/tools.ts';
import { readTemplate } from '../../../src/template/index.ts';
import { placeTubes } from '../../placedTubes.ts';
import { hasTruth, truthPath } from '../../truth.ts';

// The lab's gates as drawn on one tube alone; truth: its own membership of every event in the other seven tubes.
const DRAWN_ON = 24;
const numbers = [1, 4, 7, 10, 15, 18, 24, 31];
const judged = ['T Cells', 'CD4 T Cells', 'CD8 T Cells', 'Dendritic Cells'];

describe.skipIf(!hasTruth)('gates of the activation assay, drawn on one tube and carried to the other seven', () => {
  test('T, CD4, CD8 and dendritic cells: F1 of at least .95 in every tube', { timeout: 240_000 }, () => {
    const { counts } = placeTubes(
      carriedTemplate(),
      numbers.map((n) => truthPath('activation', `Activation_${n}.fcs`)),
      { membership: true },
    );
    const found = counts.flatMap(({ sampleId, populations, membership }) =>
      judged.map((name) => {
        const column = populations.slice(1).findIndex(({ population }) => population.endsWith(`/${name}`));
        return { sampleId, name, f1: f1(membership![column]!, truthOf(sampleId, name)) };
      }),
    );
    expect(found.filter(({ f1 }) => !(f1 >= 0.95))).toEqual([]);
    expect(found).toHaveLength(numbers.length * judged.length);
  });
});

function carriedTemplate() {
  const written = readFileSync(join(import.meta.dirname, 'template.yaml'), 'utf8');
  const drawn = `drawn_on: [Activation_${DRAWN_ON}]`;
  const text = written
    .replace(/method: (?:polygon|rectangle|ellipse),/g, `method: carried, ${drawn},`)
    .replace(/method: (?:polygon|rectangle|ellipse)\n/g, `method: carried\n      ${drawn}\n`)
    .replace(/ {2}- name: CD69\+[\s\S]*$/, '');
  const { value, problems } = readTemplate({ file: 'carried.yaml', text }, placementRegistry, () => undefined);
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

function truthOf(sampleId: string, population: string): readonly number[] {
  const text = gunzipSync(readFileSync(truthPath('truth', 'activation_membership', `${sampleId}.csv.gz`))).toString();
  const [header = '', ...rows] = text.trim().split('\n');
  const column = header
    .split(',')
    .map((name) => name.trim())
    .indexOf(population);
  return rows.map((row) => row.charCodeAt(2 * column) - 48);
}

function f1(ours: Uint8Array, theirs: readonly number[]): number {
  const both = theirs.reduce((sum, mark, event) => sum + (mark & ours[event]!), 0);
  const all = theirs.reduce((sum, mark, event) => sum + mark + ours[event]!, 0);
  return (2 * both) / all;
}
