import type { BookScale, Geometry, Picture } from '../../src/gating/index.ts';
import { axesOf } from '../../src/gating/tools.ts';

// Every kind of gate, in places that a formula's clouds of events reach.

/** The path of the parent of both endpoints. */
export const b = 'Singlets/Lymphocytes/B';
export const endpoints = [`${b}/CD24hiCD38hi`, `${b}/CD27+CD38lo-CD24hi`] as const;

export const scales: readonly BookScale[] = [
  { marker: 'FSC-A', channel: 'FSC-A', kind: 'linear', T: 262144, A: 0, u_cofactor: 150 },
  { marker: 'FSC-H', channel: 'FSC-H', kind: 'linear', T: 262144, A: 0, u_cofactor: 150 },
  { marker: 'SSC-A', channel: 'SSC-A', kind: 'linear', T: 262144, A: 0, u_cofactor: 150 },
  ...['CD19', 'CD3', 'CD24', 'CD38', 'CD27', 'IgD'].map(
    (marker, i) =>
      ({ marker, channel: `FL${i + 1}-A`, kind: 'logicle', T: 262144, W: 0.5, M: 4.5, A: 0, u_cofactor: 150 }) as const,
  ),
];

function axis(marker: string, frame: 'u' | 'scale' | 'raw' = 'u') {
  return { marker, channel: scales.find((scale) => scale.marker === marker)?.channel ?? marker, frame };
}

function bound(marker: string, min_raw: number | null, max_raw: number | null) {
  const u = (raw: number | null): number | null => (raw === null ? null : Math.asinh(raw / 150));
  return { ...axis(marker), min: u(min_raw), max: u(max_raw), min_raw, max_raw };
}

export interface SampleGate {
  readonly path: string;
  readonly label: string;
  readonly method: string;
  readonly geometry: Geometry;
  /** Share of the parent at baseline. */
  readonly share: number;
}

export const gates: readonly SampleGate[] = [
  {
    path: 'Singlets',
    label: 'Singlets',
    method: 'singlets',
    geometry: { kind: 'ratio', dims: [axis('FSC-H', 'raw'), axis('FSC-A', 'raw')], min: 0.75, max: 1.02 },
    share: 0.93,
  },
  {
    path: 'Singlets/Lymphocytes',
    label: 'Lymphocytes',
    method: 'polygon',
    geometry: {
      kind: 'polygon',
      dims: [axis('FSC-A', 'raw'), axis('SSC-A', 'raw')],
      vertices: [
        [40000, 5000],
        [120000, 10000],
        [130000, 70000],
        [50000, 60000],
      ],
      vertices_raw: [
        [40000, 5000],
        [120000, 10000],
        [130000, 70000],
        [50000, 60000],
      ],
    },
    share: 0.6,
  },
  {
    path: b,
    label: 'B',
    method: 'valley',
    geometry: { kind: 'rectangle', dims: [bound('CD19', 1400, null), bound('CD3', null, 900)] },
    share: 0.11,
  },
  {
    path: `${b}/Naive`,
    label: 'IgD+CD27−',
    method: 'quadrant',
    geometry: {
      kind: 'quadrant',
      dims: [axis('CD27'), axis('IgD')],
      dividers: [Math.asinh(600 / 150), Math.asinh(800 / 150)],
      dividers_raw: [600, 800],
      side: ['below', 'above'],
    },
    share: 0.62,
  },
  {
    path: endpoints[0],
    label: 'CD24hiCD38hi transitional',
    method: 'ridge',
    geometry: {
      kind: 'all',
      of: [
        { kind: 'interval', dims: [bound('CD27', null, 600)] },
        {
          kind: 'strip',
          dims: [axis('CD38'), axis('CD24')],
          origin: [3.1, 3],
          direction: [0.72, 0.69],
          from: 1.3,
          half_width: 1.2,
        },
      ],
    },
    share: 0.03,
  },
  {
    path: endpoints[1],
    label: 'CD27+CD38lo/−CD24hi',
    method: 'mixture',
    geometry: {
      kind: 'ellipse',
      dims: [axis('CD27'), axis('CD24')],
      mean: [4.6, 4.7],
      covariance: [
        [0.5, 0.2],
        [0.2, 0.3],
      ],
      distance_square: 3,
    },
    share: 0.1,
  },
  {
    path: `${b}/IgDpos`,
    label: 'IgDpos',
    method: 'valley',
    geometry: { kind: 'interval', dims: [bound('IgD', 800, null)] },
    share: 0.7,
  },
  {
    path: `${b}/MemoryNotTransitional`,
    label: 'MemoryNotTransitional',
    method: 'boolean',
    geometry: { kind: 'boolean', op: 'and', of: [{ population: endpoints[0], complement: true }] },
    share: 0.9,
  },
];

export function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : 'root';
}

const bins = 64;

/** By seed: they are made once, since every page of the tests shows them. */
const clouds: [Uint32Array, Uint32Array][] = [];

/** One picture a gate; the tube's name moves the clouds a little. */
export function picturesOf(sampleId: string): Picture[] {
  return gates.flatMap((gate, g): Picture[] => {
    const flat = gate.geometry.kind === 'all' ? axesOf(gate.geometry).slice(1) : axesOf(gate.geometry);
    const [x, y] = [flat[0], flat[1] ?? axis('SSC-A')];
    if (!x) return [];
    const axes = [x, y].map((one) => {
      const isScatter = one.marker.includes('SC-');
      return {
        marker: one.marker,
        channel: one.channel,
        scale: isScatter
          ? ({ kind: 'linear', T: 262144, A: 0 } as const)
          : ({ kind: 'arcsinh', cofactor: 150 } as const),
        from: isScatter ? 0 : -2.6,
        to: isScatter ? 1 : 8.16,
      };
    });
    const seed = 13 * g + sampleId.charCodeAt(2);
    const [density, inside] = clouds[seed] ?? cloud(seed);
    clouds[seed] = [density, inside];
    return [{ population: gate.path, parent: parentOf(gate.path), x: axes[0]!, y: axes[1]!, bins, density, inside }];
  });
}

/** Three round clouds; the events above a diagonal are inside. */
function cloud(seed: number): [Uint32Array, Uint32Array] {
  const density = new Uint32Array(bins * bins);
  const inside = new Uint32Array(bins * bins);
  const centres = [20 + (seed % 5), 36 + (seed % 3), 48];
  for (let row = 0; row < bins; row++) {
    for (let column = 0; column < bins; column++) {
      const heights = centres.map(
        (c, i) => (400 / (1 + 7 * i)) * Math.exp(-((row - c) ** 2 + (column - c + 6 * i) ** 2) / (50 + 20 * i)),
      );
      const count = Math.floor(
        heights.reduce((sum, height) => sum + height, 0) + 0.6 * Math.sin(row * 12.9 + column * 78.2),
      );
      density[row * bins + column] = Math.max(0, count);
      inside[row * bins + column] = row + column > 78 ? Math.max(0, count) : 0;
    }
  }
  return [density, inside];
}
