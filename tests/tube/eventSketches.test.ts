import { describe, expect, it } from 'vitest';
import { readFcs } from '../../src/fcs/index.ts';
import { bytesSource, writeFcs } from '../../src/fcs/tools.ts';
import { eventSketches } from '../../src/tube/tools.ts';

const names = ['FSC-A', 'FSC-H', 'SSC-A', 'PE-A', 'APC-A', 'Time'];
type Columns = readonly Float64Array[];

/** Drawn by a seeded rule: multiples of an irrational number, as fine as 32-bit floats, or in so many steps. */
function drawn(eventCount: number, seed: number, steps = 0): Columns {
  return names.map((_, k) =>
    Float64Array.from({ length: eventCount }, (_event, i) => {
      const part = (Math.SQRT2 * (i + 1) * (k + 2) + seed * Math.PI) % 1;
      return steps === 0 ? 1000 * part : Math.floor(steps * part);
    }),
  );
}

function sketchOf(columns: Columns, size: 32 | 64 = 32): readonly (readonly number[])[] {
  const eventCount = columns[0]?.length ?? 0;
  const parameters = names.map((name) => ({ name, range: 262144 }));
  const floats = columns.map((column) => (size === 32 ? Float32Array.from(column) : column));
  const source = bytesSource('tube.fcs', writeFcs({ parameters, columns: floats, eventCount }));
  const file = readFcs(source).value;
  if (!file) throw new Error('the tube cannot be read');
  return eventSketches(source, file);
}

const picked = (columns: Columns, events: readonly number[]): Columns =>
  columns.map((column) => Float64Array.from(events, (event) => column[event] ?? 0));
const common = (a: readonly number[] = [], b: readonly number[] = []) => a.filter((hash) => b.includes(hash)).length;

describe('what the events of a tube are known by', () => {
  const columns = drawn(40_000, 1);
  const [own, ownScatter] = sketchOf(columns);

  it('is the same in any order, of another clock, and as 64-bit numbers', () => {
    const turned = picked(columns, [...columns[0]!.keys()].reverse());
    expect(sketchOf(turned)[0]).toEqual(own);
    expect(sketchOf(columns.map((column, k) => (k === 5 ? column.map((value) => value + 7) : column)))[0]).toEqual(own);
    expect(own).toHaveLength(256);
  });

  it('is found in a tube that holds a part of them, in the measure of the part', () => {
    const [middle] = sketchOf(
      picked(
        columns,
        Array.from({ length: 10_000 }, (_, i) => 15_000 + i),
      ),
    );
    expect(common(own, middle)).toBeGreaterThan(40);
    expect(common(own, sketchOf(drawn(40_000, 2))[0])).toBe(0);
  });

  it('is told by the scatter where the dyes were changed', () => {
    const [changed, scatter] = sketchOf(
      columns.map((column, k) => (k === 3 ? column.map((value) => 2 * value) : column)),
    );
    expect(common(own, changed)).toBe(0);
    expect(scatter).toEqual(ownScatter);
  });

  it('is nothing where events repeat each other, since two tubes would share such by chance', () => {
    expect(sketchOf(drawn(40_000, 1, 6))).toEqual([[], []]);
  });
});
