import { describe, expect, it } from 'vitest';
import { members } from '../../src/gating/index.ts';
import { contextOf, memoryEvents } from '../gating/memoryEvents.ts';
import { entryOf, type MarkerValues, normals, placeAll, studyTube, templateWith } from './inMemory.ts';

const count = 4000;
/** Every twentieth event is a doublet: twice the area and width of a cell, little more than its height. */
const isDoublet = (i: number) => i % 20 === 0;

/** Cells whose height is a line of their area; `offset` is what the instrument adds to every height. */
function tube(offset: number): MarkerValues {
  const area = normals(1, count, 80_000, 15_000);
  const noise = normals(2, count, 0, 800);
  const width = normals(3, count, 65_000, 1_500);
  return {
    'FSC-A': area.map((a, i) => (isDoublet(i) ? 2 * a : a)),
    'FSC-H': area.map((a, i) => offset + 0.6 * a * (isDoublet(i) ? 1.2 : 1) + (noise[i] ?? 0)),
    'FSC-W': width.map((w, i) => (isDoublet(i) ? 1.7 * w : w)),
  };
}

/** Share of the singlets and of the doublets that a variant keeps. */
function kept(variant: string, values: MarkerValues) {
  const gate = `{ method: singlets, variant: ${variant} }`;
  const template = templateWith(['FSC-A', 'FSC-H', 'FSC-W'], [`{ name: Gate, parent: root, gate: ${gate} }`]);
  const { geometry } = entryOf(placeAll(template, [studyTube(template, 'a', values)]).book, 'Gate', 'a');
  const channels = Object.fromEntries(Object.entries(values).map(([marker, column]) => [`${marker}-A`, column]));
  const index = members(geometry, contextOf(memoryEvents(channels)), 'all');
  if (index === null || index === 'all') throw new Error('not placed');
  const doublets = index.filter(isDoublet).length;
  const all = count / 20;
  return { singlets: (index.length - doublets) / (count - all), doublets: doublets / all };
}

describe('singlets', () => {
  it.each(['ratio', 'band', 'width'])('by %s keep single cells and drop doublets', (variant) => {
    const { singlets, doublets } = kept(variant, tube(0));
    expect(singlets).toBeGreaterThan(0.99);
    expect(doublets).toBeLessThan(0.02);
  });

  it('along a line do not mind an offset of the height', () => {
    const { singlets, doublets } = kept('band', tube(20_000));
    expect(singlets).toBeGreaterThan(0.99);
    expect(doublets).toBeLessThan(0.02);
  });
});
