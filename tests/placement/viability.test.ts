import { describe, expect, it } from 'vitest';
import { entryOf, fromU, normals, placeAll, studyTube, templateWith } from './inMemory.ts';

// A dye that live monocytes take up three times as much of as live lymphocytes, as in thawed cells of two laboratories:
// modes at u 1.2, 2.3 and 3.9, the last of dead cells, which have shrunk.

interface Kind {
  readonly count: number;
  readonly dye: number;
  readonly size: number;
  readonly granularity: number;
}
const lymphocytes = { count: 2400, dye: 1.2, size: 7.2, granularity: 5.8 };
const monocytes = { count: 1200, dye: 2.3, size: 7.7, granularity: 6.7 };
const granulocytes = { count: 1500, dye: 3.3, size: 7.7, granularity: 7.6 };
const dead = { count: 400, dye: 4.3, size: 6.6, granularity: 5.8 };

const template = templateWith(
  ['Dye', 'FSC-A', 'SSC-A'],
  ['{ name: Live, parent: root, gate: { method: viability, marker: Dye, fallback: { end: 5, of: kept } } }'],
);

function tube(id: string, key: number, kinds: readonly Kind[], brighter = 0) {
  const drawn = (of: keyof Kind, sd: number) =>
    fromU(kinds.flatMap((kind, i) => normals(key + 10 * i + of.length, kind.count, kind[of], sd)));
  const dye = fromU(kinds.flatMap((kind, i) => normals(key + 10 * i, kind.count, kind.dye + brighter, 0.25)));
  return studyTube(template, id, { Dye: dye, 'FSC-A': drawn('size', 0.12), 'SSC-A': drawn('granularity', 0.2) });
}

function liveBelow(kinds: readonly Kind[], brighter = 0) {
  const tubes = ['a', 'b', 'c', 'd'].map((id, i) => tube(id, 1000 * (i + 1), kinds, brighter));
  const { geometry, flags } = entryOf(placeAll(template, tubes).book, 'Live', 'a');
  return { cut: geometry.kind === 'interval' ? (geometry.dims[0].max ?? Number.NaN) : Number.NaN, flags };
}

describe('the cut between live and dead cells', () => {
  it('lies above live monocytes, not in the valley between them and lymphocytes', () => {
    const { cut, flags } = liveBelow([lymphocytes, monocytes, dead]);
    expect(cut).toBeGreaterThan(2.9);
    expect(cut).toBeLessThan(3.7);
    expect(flags).toContain('bright_live');
  });

  it('lies above granulocytes that are brighter still', () => {
    const { cut } = liveBelow([lymphocytes, monocytes, granulocytes, { ...dead, dye: 5.2 }]);
    expect(cut).toBeGreaterThan(3.9);
    expect(cut).toBeLessThan(4.7);
  });

  it.each([-0.6, 0.5, 1])('follows a dye that is brighter by %s u', (brighter) => {
    const { cut } = liveBelow([lymphocytes, monocytes, dead], brighter);
    expect(Math.abs(cut - brighter - 3.3)).toBeLessThan(0.35);
  });

  it('where nothing is dead, takes no live monocytes for dead: it lies where the live cells end, and says so', () => {
    const { cut, flags } = liveBelow([lymphocytes, monocytes]);
    expect(cut).toBeGreaterThan(3);
    expect(flags).toEqual(expect.arrayContaining(['no_dead', 'pool_without_cut']));
  });

  it('without monocytes, is the valley between the two modes', () => {
    const { cut, flags } = liveBelow([lymphocytes, { ...dead, dye: 3.9 }]);
    expect(Math.abs(cut - 2.6)).toBeLessThan(0.35);
    expect(flags).not.toContain('bright_live');
  });

  it('does not take large junk far beyond live cells for one of their lineages', () => {
    const junk = { count: 60, dye: 6.5, size: 8.1, granularity: 8.1 };
    expect(liveBelow([lymphocytes, monocytes, junk]).cut).toBeLessThan(6);
  });
});
