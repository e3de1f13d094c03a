import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axesOf, countPopulations, cutSteps, type Geometry, type TubeBook } from '../../src/gating/tools.ts';
import { memoryEvents } from './memoryEvents.ts';

const markers = ['CD3', 'CD19', 'CD56', 'CD16', 'CD27'] as const;
const axis = (marker: string) => ({ marker, channel: marker, frame: 'raw' }) as const;
const bound = (marker: string, raw: number) => ({ ...axis(marker), min: raw, max: null, min_raw: raw, max_raw: null });
const interval = (marker: string): Geometry => ({ kind: 'interval', dims: [bound(marker, 100)] });
const rectangle = (...names: string[]): Geometry => ({
  kind: 'rectangle',
  dims: names.map((name) => bound(name, 100)),
});
const quadrant: Geometry = {
  kind: 'quadrant',
  dims: [axis('CD27'), axis('CD16')],
  dividers: [100, 100],
  dividers_raw: [100, 100],
  side: ['above', 'above'],
};

function shown(geometry: Geometry): string[] {
  return cutSteps(geometry).map((step) =>
    axesOf(step)
      .map(({ marker }) => marker)
      .join(' × '),
  );
}

describe('the plots of a gate', () => {
  it('take cuts in pairs, in the order of the strategy', () => {
    expect(shown(rectangle('CD3', 'CD19', 'CD56', 'CD16'))).toEqual(['CD3 × CD19', 'CD56 × CD16']);
    expect(shown(rectangle('CD3', 'CD19', 'CD56'))).toEqual(['CD3 × CD19', 'CD56']);
  });

  it('keep what looks at two markers together on a plot of its own, with single cuts of the same markers', () => {
    expect(shown({ kind: 'all', of: [interval('CD3'), quadrant, interval('CD27')] })).toEqual(['CD3', 'CD27 × CD16']);
  });

  it('are none for a gate that looks at no marker', () => {
    expect(shown({ kind: 'none' })).toEqual([]);
  });

  const part = fc.oneof(
    fc.constantFrom(...markers).map(interval),
    fc.constant(quadrant),
    fc.uniqueArray(fc.constantFrom(...markers), { minLength: 1 }).map((names) => rectangle(...names)),
  );

  it('show every marker of the gate, two at most on each, and after the last one exactly its events are left', () => {
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.array(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 5, maxLength: 5 }), { maxLength: 30 }),
        (of, rows) => {
          const gate: Geometry = { kind: 'all', of };
          const steps = cutSteps(gate);
          for (const step of steps) expect(axesOf(step).length).toBeLessThanOrEqual(2);
          const seen = new Set(steps.flatMap((step) => axesOf(step).map(({ marker }) => marker)));
          expect([...seen].sort()).toEqual(
            axesOf(gate)
              .map(({ marker }) => marker)
              .sort(),
          );
          const events = memoryEvents(
            Object.fromEntries(markers.map((marker, i) => [marker, rows.map((row) => row[i] ?? 0)])),
          );
          const scales = markers.map(
            (marker) => ({ marker, channel: marker, kind: 'linear', T: 262144, A: 0, u_cofactor: 150 }) as const,
          );
          const book: TubeBook = {
            sampleId: 't',
            scales,
            gates: [{ population: 'G', parent: 'root', geometry: gate, flags: [] }],
          };
          const { pictures, populations } = countPopulations(events, book, { membership: false, pictures: true });
          const sum = (grid: Uint32Array | undefined) => grid?.reduce((all, count) => all + count, 0);
          expect(pictures).toHaveLength(steps.length);
          expect(sum(pictures.at(-1)?.inside)).toBe(populations.at(-1)?.count);
          for (const [i, picture] of pictures.slice(1).entries())
            expect(sum(picture.density)).toBe(sum(pictures[i]?.inside));
        },
      ),
      { numRuns: 100 },
    );
  });
});
