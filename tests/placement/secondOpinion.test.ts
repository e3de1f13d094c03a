import { describe, expect, it } from 'vitest';
import { placeStudy } from '../../src/placement/tools.ts';
import { fromU, normals, type StudyTube, studyTube, templateWith } from './inMemory.ts';

const gate = (marker: string) => `{ method: interval, units: raw, marker: ${marker}, min: 1500 }`;
const template = templateWith(
  ['Size', 'X', 'Y', 'Z'],
  [
    '{ name: Cells, parent: root, gate: { method: interval, units: raw, marker: Size, min: 0 } }',
    `{ name: P, parent: Cells, gate: ${gate('X')} }`,
    `{ name: Q, parent: Cells, gate: ${gate('Y')} }`,
  ],
);

/** Cells of P bright on X and Z, cells of Q bright on Y, and others; in u. */
function tubeOf(sampleId: string, key: number, brightX = 4.5): StudyTube {
  const count = 900;
  const mix = (k: number, p: number, q: number) =>
    fromU(normals(key + k, count, 0, 0.35).map((z, i) => z + ([p, q, 0.5][i % 3] ?? 0)));
  return studyTube(template, sampleId, {
    Size: Array.from({ length: count }, () => 1000),
    X: mix(1, brightX, 0.5),
    Y: mix(2, 0.5, 4.5),
    Z: mix(3, 4.5, 0.5),
  });
}

const flagged = (tubes: readonly StudyTube[]) => {
  const surveys = tubes.map(({ survey }) => survey);
  const placing = tubes.map(({ tube }) => tube);
  const { book, problems } = placeStudy(template, 'hash', surveys, placing);
  const gates = book.gates.flatMap(({ population, tubes: entries }) =>
    entries.flatMap((one) => (one.flags.includes('second_opinion_differs') ? [`${one.sample_id} ${population}`] : [])),
  );
  return { gates, codes: problems.map((one) => one.code) };
};

describe('a second opinion over the whole panel', () => {
  const usual = ['a', 'b', 'c', 'd', 'e'].map((id, i) => tubeOf(id, 10 * i));

  it('agrees with gates that are right', () => {
    expect(flagged(usual)).toEqual({ gates: [], codes: [] });
  });

  it('names the tube and population where a fixed cut runs through cells that it should hold', () => {
    // 1500 is 3.0 u: half of the cells of P lie below it in the tube that is stained more dimly.
    const { gates, codes } = flagged([...usual, tubeOf('f', 70, 3)]);
    expect(gates).toEqual(['f Cells/P']);
    expect(codes).toEqual(['quality.second-opinion-differs']);
  });

  it('is the same for tubes in any order, and not moved by a control', () => {
    const dim = tubeOf('f', 70, 3);
    expect(flagged([dim, ...usual].reverse())).toEqual(flagged([...usual, dim]));
    const control = tubeOf('g', 90, 0.5);
    const bridge = { ...control, tube: { ...control.tube, isInPool: false, role: 'bridge' } };
    expect(flagged([...usual, dim, bridge]).gates).toContain('f Cells/P');
  });

  it('is silent where there are too few events for clusters', () => {
    const few = usual.slice(0, 1).map(({ survey, tube }) => ({
      survey: { ...survey, reservoirs: survey.reservoirs.map((one) => firstRows(one, 100)) },
      tube,
    }));
    expect(flagged(few).gates).toEqual([]);
  });
});

function firstRows(reservoir: StudyTube['survey']['reservoirs'][number], rowCount: number) {
  const columns = Object.fromEntries(
    Object.entries(reservoir.columns).map(([marker, column]) => [marker, column.subarray(0, rowCount)]),
  );
  return { ...reservoir, rowCount, columns };
}
