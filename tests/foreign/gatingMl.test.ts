import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { countForeign, readGatingMl } from '../../src/foreign/index.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { foreignTubeOf } from './foreignTubeOf.ts';

describe.skipIf(!hasTruth)('Gating-ML 2.0 against the expected results of its authors', () => {
  test.each([
    { set: 'set1', gates: 'gates1.xml', data: 'data1.fcs', vectors: 52 },
    { set: 'set2', gates: 'gates2.xml', data: 'data2.fcs', vectors: 26 },
  ])('$set: every vector event for event', ({ set, gates, data, vectors }) => {
    const members = membersBy(truthPath('gatingml', 'v2', gates), truthPath('gatingml', 'v2', data));
    const truth = truthOf(set);
    const differing = [...truth].map(([gate, column]) => [gate, differences(members.get(gate), column)]);
    expect(differing.filter(([, count]) => count !== 0)).toEqual([]);
    expect(truth.size).toBe(vectors);
  });

  test('one gate a document: the same members, but for the polygon that differs in the document', () => {
    const folder = truthPath('gatingml', 'v2_single');
    const truth = truthOf('set1');
    const found = readdirSync(folder).flatMap((file) =>
      [...membersBy(`${folder}/${file}`, truthPath('gatingml', 'v2', 'data1.fcs'))].flatMap(([gate, column]) => {
        const expected = truth.get(gate);
        return expected === undefined ? [] : [[file, gate, differences(column, expected)] as const];
      }),
    );
    expect(found.filter(([, gate, count]) => count !== 0 && gate !== 'Polygon4')).toEqual([]);
    expect(found.length).toBeGreaterThan(80);
  });

  test('documents of version 1.5 are refused by that name', () => {
    const folder = truthPath('gatingml', 'v1.5');
    const refusals = readdirSync(folder).map((file) => readGatingMl(readFileSync(`${folder}/${file}`), file));
    expect(refusals.every(({ value }) => value === undefined)).toBe(true);
    expect(new Set(refusals.flatMap(({ problems }) => problems.map(({ message }) => message)))).toEqual(
      new Set(['the document is Gating-ML of version 1.5; 2.0 is read']),
    );
  });
});

function membersBy(gates: string, data: string): Map<string, Uint8Array> {
  const { value: gating, problems } = readGatingMl(readFileSync(gates), 'gates.xml');
  // Some documents name the file that they go with in an element that the standard does not know.
  expect(problems.filter(({ message }) => !message.startsWith('not read: element "sample"'))).toEqual([]);
  const [sample] = gating!.samples;
  const wishes = { sampleId: 'a', file: 'a.fcs', membership: true, rules: 'exact' as const };
  const { counts, problems: lost } = countForeign(gating!, sample!, foreignTubeOf(data), wishes);
  expect(lost).toEqual([]);
  return new Map(sample!.populations.map(({ id }, i) => [id, counts.membership![i]!]));
}

function truthOf(set: string): Map<string, Uint8Array> {
  const text = gunzipSync(readFileSync(truthPath('truth', 'gatingml', `${set}_membership.csv.gz`))).toString();
  const [header = '', ...lines] = text.trim().split('\n');
  const rows = lines.map((line) => line.split(','));
  return new Map(header.split(',').map((gate, column) => [gate, Uint8Array.from(rows, (row) => Number(row[column]))]));
}

function differences(found: Uint8Array | undefined, expected: Uint8Array): number {
  if (found === undefined) return -1;
  return expected.reduce((sum, mark, event) => sum + (mark === found[event] ? 0 : 1), 0);
}
