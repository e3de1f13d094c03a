import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { DOMParser } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { openFile, readColumns, readFcs } from '../../src/fcs/index.ts';
import { type Axis, type Events, type Geometry, members, scaleOfAxis } from '../../src/gating/index.ts';
import { hasTruth, truthPath } from '../truth.ts';

// Three tubes of 9-bit values packed from the low bit of each byte, and what FlowJo 7.2.5 saved of its gates and counts.
// FlowJo 10 takes them from the high bit: its counts are no truth.
const tubes = ['931115-B02- Sample 01.fcs', '931115-B07- Sample 01.fcs', '931115-C02- Sample 02.fcs'];
// FlowJo 7 takes polygons on a grid of 256 bins, two channels each, and all else channel by channel.
const polygonBin = 2;

/** The part of an element that is read here; linkedom's own types need the DOM library. */
interface XmlNode {
  readonly tagName: string;
  readonly children: Iterable<XmlNode>;
  getAttribute(name: string): string | null;
}

interface Saved {
  readonly name: string;
  readonly count: number;
  readonly ours: number;
}

describe.skipIf(!hasTruth)('bit-packed tubes gated by FlowJo 7', () => {
  test.each(tubes)('%s: every rectangle, range and polygon has its stored count', (tube) => {
    const found = comparedPopulations(tube);
    expect(found.map(({ name, ours }) => [name, ours])).toEqual(found.map(({ name, count }) => [name, count]));
    console.log(`compared ${found.length} populations of ${tube}`);
    expect(found.length).toBeGreaterThanOrEqual(6);
  });

  test('gates A and B of two tubes, in numbers', () => {
    const counts = ['931115-B02- Sample 01.fcs', '931115-C02- Sample 02.fcs'].map((tube) =>
      comparedPopulations(tube)
        .filter(({ name }) => name === 'A' || name === 'B')
        .map(({ ours }) => ours),
    );
    expect(counts).toEqual([
      [3496, 2902],
      [3014, 2290],
    ]);
  });
});

/** Populations of rectangles, ranges and polygons, with the parents they are of. */
function comparedPopulations(tube: string): Saved[] {
  const channels = eventsOf(tube, 1);
  const bins = eventsOf(tube, polygonBin);
  const found: Saved[] = [];
  const walk = (node: XmlNode, parent: Uint32Array | 'all'): void => {
    for (const one of childrenOf(node, 'Population')) {
      const geometry = geometryOf(one);
      if (geometry === undefined) continue;
      const events = geometry.kind === 'polygon' ? bins : channels;
      const context = { events, scaleOf: (axis: Axis) => scaleOfAxis(axis, [logScale]), population: neverAsked };
      const inside = members(geometry, context, parent);
      if (inside === null || inside === 'all') throw new Error('these geometries need no other population');
      const name = one.getAttribute('name') ?? '';
      found.push({ name, count: Number(one.getAttribute('count')), ours: inside.length });
      for (const below of childrenOf(one, 'Subpopulations')) walk(below, inside);
      walk(one, inside);
    }
  };
  const sample = sampleNode(tube);
  walk(sample, 'all');
  for (const below of childrenOf(sample, 'Subpopulations')) walk(below, 'all');
  return found;
}

function neverAsked(path: string): never {
  throw new Error(`no geometry here names "${path}"`);
}

function sampleNode(tube: string): XmlNode {
  const xml = gunzipSync(readFileSync(truthPath('workspaces', 'bitpacked', 'advanced-v7.2.5.wsp.gz'))).toString(
    'latin1',
  );
  const document = new DOMParser().parseFromString(xml, 'text/xml');
  const node = [...document.querySelectorAll('SampleNode')].find((one) => one.getAttribute('name') === tube);
  if (node === undefined) throw new Error(`no sample ${tube}`);
  return node as unknown as XmlNode;
}

function childrenOf(node: XmlNode, tag: string): XmlNode[] {
  return [...node.children].filter((one) => one.tagName === tag);
}

const scatter = 'ForSc';
// Any logarithm: edges of FlowJo are straight in it, and cytopair's where both ends are given in it.
const logScale = { marker: 'OrthSc', channel: 'OrthSc', kind: 'log', T: 1000, M: 4, u_cofactor: 1 } as const;
const logOf = (raw: number): number => Math.log10(raw / logScale.T) / logScale.M + 1;

function geometryOf(population: XmlNode): Geometry | undefined {
  const [rectangle] = childrenOf(population, 'RectangleGate');
  const ranges = childrenOf(rectangle ?? population, 'RangeGate');
  if (ranges.length > 0) {
    const dims = ranges.map((range) => {
      const [min, max] = [edgeOf(range, 'min'), edgeOf(range, 'max')];
      return { ...axisOf(range), min, max, min_raw: min, max_raw: max };
    });
    return { kind: 'rectangle', dims };
  }
  const [polygon] = childrenOf(population, 'PolygonGate');
  if (polygon === undefined) return undefined;
  const [x, y] = childrenOf(polygon, 'Axis').map((axis) => axis.getAttribute('name') ?? '');
  if (x !== scatter || y !== logScale.channel) return undefined;
  const vertices = childrenOf(polygon, 'Point').map((point) => {
    return [Number(point.getAttribute('x')), logOf(Number(point.getAttribute('y')))] as const;
  });
  const dims = [
    { marker: x, channel: x, frame: 'raw' },
    { marker: y, channel: y, frame: 'scale' },
  ] as const;
  return { kind: 'polygon', dims, vertices, vertices_raw: [] };
}

/** FlowJo 7 counts an event that lies on an edge to the lower side, cytopair to the upper one. */
function edgeOf(range: XmlNode, which: 'min' | 'max'): number {
  return Number(range.getAttribute(which)) * (1 + 1e-12);
}

function axisOf(range: XmlNode): Axis {
  const [axis] = childrenOf(range, 'Axis');
  const channel = axis?.getAttribute('name') ?? '';
  return { marker: channel, channel, frame: 'raw' };
}

/**
 * Values in the units of FlowJo's gates: of a log amplifier linear, of a linear one divided by its gain.
 * @param grid channels that lie in one bin; a bin has the value of its lowest
 */
function eventsOf(tube: string, grid: number): Events {
  const source = openFile(truthPath('workspaces', 'bitpacked', tube));
  const { value: file } = readFcs(source);
  if (file === undefined) throw new Error(`${tube} was refused`);
  const indices = file.parameters.map(({ index }) => index);
  const { columns } = readColumns(source, file, indices, { amplification: 'stored' });
  source.close();
  const byName = new Map(
    file.parameters.map(({ name, gain, range, amplification: { decades, offset } }, i) => [
      name,
      columns[i]?.map((stored) => {
        const channel = grid * Math.floor(stored / grid);
        return decades > 0 ? 10 ** ((decades * channel) / (range ?? 1)) * offset : channel / (gain ?? 1);
      }),
    ]),
  );
  return {
    count: file.eventCount,
    values: ({ name, scale }, events) => {
      const column = byName.get(name);
      if (column === undefined) throw new Error(`no channel ${name}`);
      const own = events === 'all' ? column : Float64Array.from(events, (event) => column[event] ?? Number.NaN);
      return scale === undefined ? own : own.map((value) => scale.forward(value));
    },
  };
}
