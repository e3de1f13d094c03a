import { describe, expect, it } from 'vitest';
import { unsheeted } from '../../src/likeness/tools.ts';
import { countQuestions, type WalkTube } from '../../src/pipeline/tools.ts';
import { entryOf, fromU, placeAll, studyTube, templateWith, twoModes } from '../placement/inMemory.ts';

const template = templateWith(
  ['X', 'Y'],
  [
    '{ name: A, parent: root, gate: { method: valley, marker: X, keep: above, pool: tube } }',
    '{ name: B, parent: root, gate: { method: valley, marker: Y, keep: above, pool: tube } }',
    '{ name: Either, parent: root, gate: { method: boolean, of: { or: [A, B] } } }',
  ],
);

/** Two tubes of one patient, the second with brighter cells, and what the first is asked of the second. */
function asked(markersOfFirst: readonly string[]) {
  const tubes = [0, 1].map((t) => {
    const values = { X: fromU(twoModes(t, 2000, 1, 3 + t)), Y: fromU(twoModes(9 - t, 2000, 1, 3 + t)) };
    const own = Object.entries(values).filter(([marker]) => t === 1 || markersOfFirst.includes(marker));
    return studyTube(template, `t${t}`, Object.fromEntries(own), { subjectKey: 'P01' });
  });
  const { book } = placeAll(template, tubes);
  const walkTubes = tubes.map(({ tube }): WalkTube => {
    const file = { sampleId: tube.sampleId, path: '', displayPath: '', reading: {} };
    const { sampleId } = tube;
    const compared = { ...unsheeted, sampleId };
    return { file, panel: '', placement: tube, compared };
  });
  const study = {
    endpoints: ['Either'],
    denominators: {},
    drawCount: 0,
    seed: 1,
    bridge: 'off',
    sameEvents: 'refused',
  } as const;
  return { book, ...countQuestions(tubes[0]!.survey, { template, book, draws: [], stains: [] }, walkTubes, study) };
}

describe('what a tube is asked of the gates of its subject’s other tubes', () => {
  it('holds for a combination where its operands lie there', () => {
    const { book, others } = asked(['X', 'Y']);
    const operand = (population: string) => {
      const { geometry } = entryOf(book, population, 't1');
      expect(geometry).not.toEqual(entryOf(book, population, 't0').geometry);
      return { population, complement: false, place: { parent: 'root', geometry } };
    };
    const geometry = { kind: 'boolean', op: 'or', of: [operand('A'), operand('B')] };
    expect(others).toEqual([{ other: '1', population: 'Either', parent: 'root', geometry }]);
  });

  it('is nothing where the tube lacks the marker of an operand', () => {
    expect(asked(['X']).others).toEqual([]);
  });
});
