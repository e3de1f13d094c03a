import { describe, expect, it } from 'vitest';
import { countQuestions } from '../../src/pipeline/countQuestions.ts';
import type { WalkTube } from '../../src/pipeline/walkTube.ts';
import { entryOf, fromU, placeAll, studyTube, templateWith, twoModes } from '../placement/inMemory.ts';

const template = templateWith(
  ['X', 'Y'],
  [
    '{ name: A, parent: root, gate: { method: valley, marker: X, keep: above, pool: tube } }',
    '{ name: B, parent: root, gate: { method: valley, marker: Y, keep: above, pool: tube } }',
    '{ name: Either, parent: root, gate: { method: boolean, of: { or: [A, B] } } }',
  ],
);

describe('what a tube is asked of the gates of its subject’s other tubes', () => {
  it('holds for a combination where its operands lie there', () => {
    const tubes = [0, 1].map((t) => {
      const values = { X: fromU(twoModes(t, 2000, 1, 3 + t)), Y: fromU(twoModes(9 - t, 2000, 1, 3 + t)) };
      return studyTube(template, `t${t}`, values, { subjectKey: 'P01' });
    });
    const { book } = placeAll(template, tubes);
    const walkTubes = tubes.map(({ tube }): WalkTube => {
      const file = { sampleId: tube.sampleId, path: '', displayPath: '', reading: {} };
      return { file, panel: '', placement: tube };
    });
    const study = { endpoints: ['Either'], drawCount: 0, seed: 1, bridge: 'off' } as const;
    const { others } = countQuestions(tubes[0]!.survey, { template, book, draws: [], stains: [] }, walkTubes, study);
    const operand = (population: string) => {
      const { geometry } = entryOf(book, population, 't1');
      expect(geometry).not.toEqual(entryOf(book, population, 't0').geometry);
      return { population, complement: false, place: { parent: 'root', geometry } };
    };
    const geometry = { kind: 'boolean', op: 'or', of: [operand('A'), operand('B')] };
    expect(others).toEqual([{ other: '1', population: 'Either', parent: 'root', geometry }]);
  });
});
