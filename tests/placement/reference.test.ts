import { describe, expect, it } from 'vitest';
import type { PlacementTube } from '../../src/placement/index.ts';
import { entryOf, fromU, normals, placeAll, studyTube, templateWith } from './inMemory.ts';

interface Made {
  readonly id: string;
  readonly u: readonly number[];
  readonly place?: Partial<PlacementTube>;
}

/** Where a gate on X cuts each tube, and what it says. */
function placed(gate: string, tubes: readonly Made[]) {
  const parent = '{ name: Negative, parent: root, gate: { method: interval, units: raw, marker: X, max: 1500 } }';
  const template = templateWith(['X'], [parent, `{ name: Gate, parent: root, gate: ${gate} }`]);
  const made = tubes.map(({ id, u, place }) => studyTube(template, id, { X: fromU(u) }, place));
  const { book } = placeAll(template, made);
  return (id: string) => {
    const { geometry, flags } = entryOf(book, 'Gate', id);
    return { at: geometry.kind === 'interval' ? geometry.dims[0].min : null, flags, kind: geometry.kind };
  };
}

const mixed = (key: number) => [...normals(key, 2000, 0.5, 0.4), ...normals(key + 1, 1000, 4, 0.4)];
const control = (role: string, batch: string) => ({ role, batch, isInPool: false });
/** Upper .995 quantile of a normal of mean .5 and sd .4. */
const level = 0.5 + 0.4 * 2.5758;

describe('a reference gate', () => {
  const fmo = '{ method: reference, variant: fmo, marker: X, keep: above }';

  it('by FMO cuts at a high quantile of the tube of its own batch that leaves this stain out', () => {
    const at = placed(fmo, [
      { id: 'a', u: mixed(1), place: { batch: 'b1' } },
      { id: 'fmo-x', u: normals(3, 4000, 0.5, 0.4), place: control('fmo', 'b1') },
      { id: 'fmo-other', u: mixed(5), place: control('fmo', 'b1') },
      { id: 'fmo-b2', u: normals(7, 4000, 1.5, 0.4), place: control('fmo', 'b2') },
    ]);
    expect(at('a').at).toBeCloseTo(level, 1);
    expect(at('a').flags).toEqual([]);
  });

  it('by FMO of another batch, or of none, is said', () => {
    const tube = { id: 'a', u: mixed(1), place: { batch: 'b1' } };
    const other = { id: 'fmo-b2', u: normals(3, 4000, 0.5, 0.4), place: control('fmo', 'b2') };
    expect(placed(fmo, [tube, other])('a').flags).toEqual(['fmo_other_batch']);
    expect(placed(fmo, [tube])('a')).toMatchObject({ kind: 'none', flags: ['no_control'] });
  });

  it('by an unstained control uses no FMO tube', () => {
    const gate = '{ method: reference, variant: control, marker: X, keep: above, offset: 0.2 }';
    const at = placed(gate, [
      { id: 'a', u: mixed(1) },
      { id: 'fmo', u: normals(3, 4000, 1.5, 0.4), place: control('fmo', '') },
      { id: 'bare', u: normals(5, 4000, 0.5, 0.4), place: control('unstained', '') },
    ]);
    expect(at('a').at).toBeCloseTo(level + 0.2, 1);
  });

  it('by the level of a population that cannot carry the marker', () => {
    const gate = '{ method: reference, variant: level, marker: X, keep: above, of: Negative }';
    expect(placed(gate, [{ id: 'a', u: mixed(1) }])('a').at).toBeCloseTo(level, 1);
  });

  it('says that the control’s background is another than the tube’s', () => {
    const at = placed(fmo, [
      { id: 'a', u: mixed(1).map((u) => u + 0.6) },
      { id: 'fmo', u: normals(3, 4000, 0.5, 0.4), place: control('fmo', '') },
    ]);
    expect(at('a').flags).toEqual(['background']);
  });
});
