import { describe, expect, it } from 'vitest';
import { entryOf, fromU, normals, placeAll, studyTube, templateWith } from './inMemory.ts';

// A marker without a valley among the cells that are cut, and cells of the same tubes that are known not to carry it.

function placed(parentMode: number, fallback: string, parentSd = 0.4) {
  const template = templateWith(
    ['Kind', 'X'],
    [
      '{ name: Without, parent: root, gate: { method: interval, marker: Kind, max: 1000, units: raw } }',
      '{ name: Others, parent: root, gate: { method: interval, marker: Kind, min: 1000, units: raw } }',
      `{ name: Gate, parent: Others, gate: { method: valley, marker: X, keep: above, fallback: ${fallback} } }`,
    ],
  );
  const tubes = ['a', 'b', 'c'].map((id, i) =>
    studyTube(template, id, {
      Kind: [...new Array<number>(1500).fill(100), ...new Array<number>(900).fill(5000)],
      X: fromU([...normals(100 * i + 1, 1500, 0.5, 0.4), ...normals(100 * i + 2, 900, parentMode, parentSd)]),
    }),
  );
  const { geometry, flags, fallback: used } = entryOf(placeAll(template, tubes).book, 'Others/Gate', 'b');
  return { cut: geometry.kind === 'interval' ? geometry.dims[0].min : undefined, flags, used };
}

const usual = '{ end: 3, beyond: Without }';
const carriers = '{ end: 3, beyond: Without, parent: carriers }';

describe('a cut without a valley, by cells of the same tube that do not carry the marker', () => {
  it('stands where those cells end', () => {
    const { cut, flags, used } = placed(4, usual);
    expect(Math.abs((cut ?? Number.NaN) - 1.7)).toBeLessThan(0.2);
    expect(flags).toContain('internal_reference');
    expect(used).toBe('beyond_reference');
  });

  it('keeps 95 % of dim carriers, and says that they overlap with the others', () => {
    const { cut, flags } = placed(2, usual);
    expect(Math.abs((cut ?? Number.NaN) - 1.34)).toBeLessThan(0.2);
    expect(flags).toContain('dim_parent');
  });

  it('never goes below the middle between the two', () => {
    const { cut } = placed(1.3, usual);
    expect(cut ?? Number.NaN).toBeGreaterThan(0.75);
  });

  it('keeps nearly all of a parent that biology says to carry the marker', () => {
    const { cut, flags } = placed(1.9, carriers, 0.45);
    expect(cut ?? Number.NaN).toBeGreaterThan(0.5);
    expect(cut ?? Number.NaN).toBeLessThan(1.15);
    expect(flags).toContain('pure_parent');
  });

  it.each([usual, carriers])('where no cell carries the marker, keeps none of them, and says so: %s', (fallback) => {
    const { cut, flags } = placed(0.6, fallback);
    expect(Math.abs((cut ?? Number.NaN) - 1.7)).toBeLessThan(0.2);
    expect(flags).toContain('like_negative');
  });

  it('has no place where the reference has no cells', () => {
    const template = templateWith(
      ['Kind', 'X'],
      [
        '{ name: Without, parent: root, gate: { method: interval, marker: Kind, max: 1000, units: raw } }',
        `{ name: Gate, parent: root, gate: { method: valley, marker: X, keep: above, fallback: ${usual} } }`,
      ],
    );
    const values = { Kind: new Array<number>(900).fill(5000), X: fromU(normals(5, 900, 2, 0.4)) };
    const { geometry, flags } = entryOf(placeAll(template, [studyTube(template, 'a', values)]).book, 'Gate', 'a');
    expect(geometry.kind).toBe('none');
    expect(flags).toContain('no_reference');
  });
});

describe('an end that may only lie in a range', () => {
  const ended = (mode: number) => {
    const rule = '{ end: 4, of: dropped, within: [1, 3] }';
    const template = templateWith(
      ['X'],
      [`{ name: Gate, parent: root, gate: { method: valley, marker: X, keep: above, fallback: ${rule} } }`],
    );
    const tube = studyTube(template, 'a', { X: fromU(normals(7, 900, mode, 0.35)) });
    return entryOf(placeAll(template, [tube]).book, 'Gate', 'a');
  };

  it('takes one dim mode for the cells that are dropped', () => {
    expect(ended(0.4)).toMatchObject({ fallback: 'end_of_dropped' });
  });

  it('does not take one bright mode for them: the gate has no place rather than nobody in it', () => {
    const { geometry, flags } = ended(4.8);
    expect(geometry.kind).toBe('none');
    expect(flags).toContain('end_out_of_range');
  });
});
