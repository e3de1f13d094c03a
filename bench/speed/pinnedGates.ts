import { makeScale } from '../../src/scale/index.ts';

/** The 15 gates of the pinned workload, in a form that any program can be given; all coordinates of fluorescence on LOGICLE. */
export type PinnedGate = { readonly name: string; readonly parent: string } & (
  | { readonly kind: 'rect'; readonly d: readonly { ch: string; lo: number | null; hi: number | null }[] }
  | {
      readonly kind: 'poly';
      readonly x: string;
      readonly y: string;
      readonly v: readonly (readonly [number, number])[];
    }
  | {
      readonly kind: 'ell';
      readonly x: string;
      readonly y: string;
      readonly mean: readonly [number, number];
      readonly cov: readonly (readonly [number, number])[];
      readonly d2: number;
    }
);

export const LOGICLE = { T: 262144, W: 0.5, M: 4.5, A: 0 } as const;
export const SCATTER = ['FSC-A', 'FSC-H', 'FSC-W', 'SSC-A', 'SSC-H'] as const;
/** Detector and marker of each of the 14 compensated channels. */
export const DYES = [
  ['BV421-A', 'CD3'],
  ['BV510-A', 'Viability'],
  ['BV605-A', 'CD4'],
  ['BV650-A', 'CD8'],
  ['BV711-A', 'CD19'],
  ['BV786-A', 'CD24'],
  ['FITC-A', 'CD38'],
  ['PerCP-Cy5-5-A', 'CD27'],
  ['PE-A', 'IgD'],
  ['PE-CF594-A', 'CD56'],
  ['PE-Cy7-A', 'CD14'],
  ['APC-A', 'CD16'],
  ['AF700-A', 'CD45'],
  ['APC-Cy7-A', 'HLA-DR'],
] as const;

const scale = makeScale({ kind: 'logicle', ...LOGICLE });
const at = (raw: number): number => Number(scale.forward(raw).toFixed(4));
const channel = (marker: string): string => DYES.find(([, name]) => name === marker)?.[0] ?? marker;
const above = (marker: string, raw: number) => ({ ch: channel(marker), lo: at(raw), hi: null });
const below = (marker: string, raw: number) => ({ ch: channel(marker), lo: null, hi: at(raw) });

export const pinnedGates: readonly PinnedGate[] = [
  {
    name: 'Singlets',
    parent: 'root',
    kind: 'poly',
    x: 'FSC-A',
    y: 'FSC-H',
    v: [
      [5000, 1000],
      [262144, 190000],
      [262144, 235000],
      [5000, 6500],
    ],
  },
  {
    name: 'Cells',
    parent: 'Singlets',
    kind: 'rect',
    d: [
      { ch: 'FSC-A', lo: 35000, hi: 200000 },
      { ch: 'SSC-A', lo: 5000, hi: 180000 },
    ],
  },
  { name: 'Live', parent: 'Cells', kind: 'rect', d: [below('Viability', 4000)] },
  { name: 'T', parent: 'Live', kind: 'rect', d: [above('CD3', 3000), below('CD19', 2000)] },
  { name: 'CD4', parent: 'T', kind: 'rect', d: [above('CD4', 4000), below('CD8', 4000)] },
  { name: 'CD8', parent: 'T', kind: 'rect', d: [below('CD4', 4000), above('CD8', 4000)] },
  { name: 'B', parent: 'Live', kind: 'rect', d: [below('CD3', 3000), above('CD19', 2000)] },
  {
    name: 'Trans',
    parent: 'B',
    kind: 'poly',
    x: channel('CD24'),
    y: channel('CD38'),
    v: [
      [at(4500), at(5000)],
      [at(6500), at(4000)],
      [at(60000), at(4000)],
      [at(60000), at(90000)],
      [at(4500), at(90000)],
    ],
  },
  { name: 'Mem', parent: 'B', kind: 'rect', d: [above('CD27', 3000)] },
  { name: 'MemReg', parent: 'Mem', kind: 'rect', d: [above('CD24', 4000), below('CD38', 600)] },
  { name: 'Naive', parent: 'B', kind: 'rect', d: [above('IgD', 2500), below('CD27', 3000)] },
  { name: 'PB', parent: 'B', kind: 'rect', d: [above('CD27', 15000), above('CD38', 20000)] },
  { name: 'NonTB', parent: 'Live', kind: 'rect', d: [below('CD3', 3000), below('CD19', 2000)] },
  {
    name: 'NK',
    parent: 'NonTB',
    kind: 'poly',
    x: channel('CD56'),
    y: channel('CD14'),
    v: [
      [at(2500), at(-900)],
      [at(120000), at(-900)],
      [at(120000), at(5000)],
      [at(4000), at(5000)],
      [at(2500), at(3000)],
    ],
  },
  {
    name: 'Mono',
    parent: 'NonTB',
    kind: 'ell',
    x: channel('CD14'),
    y: channel('HLA-DR'),
    mean: [at(40000), at(20000)],
    cov: [
      [0.0035, 0.0004],
      [0.0004, 0.0035],
    ],
    d2: 6,
  },
];

/** The same gates as a template of ours, as YAML (of which JSON is a part). */
export function pinnedTemplate(): string {
  const markers = [...SCATTER, ...DYES.map(([, marker]) => marker)];
  const { T, W, M, A } = LOGICLE;
  return JSON.stringify({
    cytopair: 1,
    template: 'pinned',
    version: '1.0.0',
    compensation: 'file',
    scales: { fluorescence: { scale: 'logicle', T, W, M, A }, scatter: { scale: 'linear' } },
    markers: Object.fromEntries(markers.map((marker) => [marker, {}])),
    populations: pinnedGates.map((gate) => ({
      name: gate.name,
      parent: gate.parent === 'root' ? 'root' : pathOf(gate.parent),
      gate: settingsOf(gate),
    })),
  });
}

/** Name with all names above it. */
export function pathOf(name: string): string {
  const gate = pinnedGates.find((one) => one.name === name);
  if (gate === undefined) throw new Error(`no gate "${name}"`);
  return gate.parent === 'root' ? name : `${pathOf(gate.parent)}/${name}`;
}

function settingsOf(gate: PinnedGate): object {
  const markerOf = (ch: string): string => DYES.find(([detector]) => detector === ch)?.[1] ?? ch;
  const unitsOf = (ch: string): string => (SCATTER.some((name) => name === ch) ? 'raw' : 'scale');
  if (gate.kind === 'rect') {
    const [a, b] = gate.d;
    if (a === undefined) throw new Error(`"${gate.name}" has no dimension`);
    const units = unitsOf(a.ch);
    if (b !== undefined) {
      const ends = { min: [a.lo, b.lo], max: [a.hi, b.hi] };
      return { method: 'rectangle', units, x: markerOf(a.ch), y: markerOf(b.ch), ...ends };
    }
    const ends = { ...(a.lo === null ? {} : { min: a.lo }), ...(a.hi === null ? {} : { max: a.hi }) };
    return { method: 'interval', units, marker: markerOf(a.ch), ...ends };
  }
  const plane = { units: unitsOf(gate.x), x: markerOf(gate.x), y: markerOf(gate.y) };
  if (gate.kind === 'poly') return { method: 'polygon', ...plane, vertices: gate.v };
  return { method: 'ellipse', ...plane, mean: gate.mean, covariance: gate.cov, distance_square: gate.d2 };
}
