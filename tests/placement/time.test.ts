import { describe, expect, it } from 'vitest';
import { streamFor } from '../../samples/random.ts';
import { type Geometry, members } from '../../src/gating/index.ts';
import { contextOf, memoryEvents } from '../gating/memoryEvents.ts';
import { entryOf, fromU, type MarkerValues, normals, placeAll, studyTube, templateWith, twoModes } from './inMemory.ts';

const template = templateWith(
  ['Time', 'FSC-A', 'CD45', 'CD3'],
  ['{ name: Stable, parent: root, gate: { method: time, watch: [FSC-A, CD45, CD3] } }'],
);
const eventCount = 20_000;
/** Ticks of 10 ms. */
const lastTick = 6000;

/** A tube of lymphocytes: scatter and CD45 of one mode, CD3 of two; times in file order. */
function cells(key: number, time: (share: number) => number): { u: Record<string, number[]>; time: number[] } {
  // Events arrive in random order of kind, so every bin holds the same mixture but for chance.
  const order = streamFor(key, 99);
  const cd3 = twoModes(key + 1, eventCount, 0.5, 5, 0.5);
  for (let i = cd3.length - 1; i > 0; i--) {
    const j = Math.floor(order.uniform() * (i + 1));
    [cd3[i], cd3[j]] = [cd3[j] as number, cd3[i] as number];
  }
  const u = { 'FSC-A': normals(key + 2, eventCount, 6.8, 0.2), CD45: normals(key + 3, eventCount, 6, 0.3), CD3: cd3 };
  return { u, time: Array.from({ length: eventCount }, (_, i) => time(i / eventCount)) };
}

function placed({ u, time }: ReturnType<typeof cells>) {
  const values: MarkerValues = {
    Time: time,
    ...Object.fromEntries(Object.entries(u).map(([marker, column]) => [marker, fromU(column)])),
  };
  const entry = entryOf(placeAll(template, [studyTube(template, 'a', values)]).book, 'Stable', 'a');
  return { flags: entry.flags, kept: keptEvents(entry.geometry, time) };
}

/** 1 for events that the gate keeps. */
function keptEvents(geometry: Geometry, time: readonly number[]): Uint8Array {
  const index = members(geometry, contextOf(memoryEvents({ 'Time-A': time })), 'all');
  if (index === null) return new Uint8Array(time.length);
  const kept = new Uint8Array(time.length);
  if (index === 'all') return kept.fill(1);
  for (const event of index) kept[event] = 1;
  return kept;
}

function share(kept: Uint8Array, isWanted: (share: number) => boolean): number {
  const chosen = kept.filter((_, i) => isWanted(i / kept.length));
  return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
}

describe('stable time', () => {
  it.each([1, 2, 3, 4, 5, 6])('keeps all of an undisturbed tube (%i)', (key) => {
    const { kept, flags } = placed(cells(1000 * key, (s) => s * lastTick));
    expect(share(kept, () => true)).toBe(1);
    expect(flags).toEqual([]);
  });

  it.each([
    ['at the end', (s: number) => s >= 0.6],
    ['in the middle', (s: number) => s >= 0.3 && s < 0.7],
    ['at the beginning', (s: number) => s < 0.4],
  ])('finds an anomaly of 40 %% of the events %s, keeps the rest, and says why', (_, isBad) => {
    // Light x .65 falling to .35, scatter x .85, at a third of the rate: the bad stretch lasts two thirds of the run.
    const step = (s: number) => (isBad(s) ? 3 : 1);
    let ticks = 0;
    const at = Array.from({ length: eventCount }, (_, i) => (ticks += step(i / eventCount)));
    const tube = cells(77, (s) => (lastTick * (at[Math.round(s * eventCount)] ?? ticks)) / ticks);
    const bad = Array.from({ length: eventCount }, (_, i) => i).filter((i) => isBad(i / eventCount));
    bad.forEach((event, k) => {
      const light = Math.log(0.65 - (0.3 * k) / bad.length);
      for (const marker of ['CD45', 'CD3']) {
        const column = tube.u[marker] as number[];
        if ((column[event] as number) > 1.5) column[event] = (column[event] as number) + light;
      }
      (tube.u['FSC-A'] as number[])[event] = (tube.u['FSC-A'] as number[])[event]! + Math.log(0.85);
    });
    const { kept, flags } = placed(tube);
    expect(share(kept, isBad)).toBeLessThan(0.02);
    expect(share(kept, (s) => !isBad(s))).toBeGreaterThan(0.93);
    expect(flags).toEqual(['drift', 'rate_changed']);
  });

  it('does not take a short pause for a disturbance of more than its own bins', () => {
    const { kept } = placed(cells(88, (s) => s * lastTick + (s > 0.5 ? 3000 : 0)));
    expect(share(kept, () => true)).toBeGreaterThan(0.9);
  });

  it('keeps a tube whose clock ticks too coarsely to see anything, and says so', () => {
    const { kept, flags } = placed(cells(99, (s) => Math.floor(s * 3)));
    expect(share(kept, () => true)).toBe(1);
    expect(flags).toEqual(['few_events']);
  });
});
