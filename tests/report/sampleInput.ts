import type { Frequency } from '../../src/frequencies/index.ts';
import { axesOf, type BookScale, type BookTubeGate, type Geometry, type Picture } from '../../src/gating/index.ts';
import type { ReportInput, ReportTube } from '../../src/report/index.ts';
import { analyze, endpointKey, type Observation, PlanSchema, resolvePlan } from '../../src/statistics/index.ts';
import type { Template, TemplatePopulation } from '../../src/template/index.ts';

// A made-up study with every kind of gate: numbers from a formula, no file behind them.

const visitIds: readonly string[] = ['BL', 'M1', 'M3', 'M6', 'M9', 'M12'];
const b = 'Singlets/Lymphocytes/B';
const endpoints = [`${b}/CD24hiCD38hi`, `${b}/CD27+CD38lo-CD24hi`] as const;

const scales: readonly BookScale[] = [
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

interface SampleGate {
  readonly path: string;
  readonly label: string;
  readonly method: string;
  readonly geometry: Geometry;
  /** Share of the parent at baseline. */
  readonly share: number;
}

const gates: readonly SampleGate[] = [
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

export interface SampleSize {
  readonly subjects: number;
  readonly visits: number;
}

/** A run of the made-up study: P03 has no M1, the tube P05_M3 failed, P06_M6 is excluded. */
export function sampleInput({ subjects, visits }: SampleSize = { subjects: 8, visits: 6 }): ReportInput {
  const names = Array.from({ length: subjects }, (_, i) => `P${String(i + 1).padStart(2, '0')}`);
  const chosen = visitIds.slice(0, visits);
  const tubes = names.flatMap((subject, s) =>
    chosen.flatMap((visit, v): ReportTube[] =>
      subject === 'P03' && visit === 'M1' ? [] : [tubeOf(subject, visit, s, v)],
    ),
  );
  const frequencies = tubes.flatMap(frequenciesOf);
  const analysis = analysisOf(names, chosen, frequencies);
  const read = tubes.filter((tube) => tube.status !== 'failed');
  return {
    command: 'run',
    study: { name: 'made-up', title: 'A made-up study of two B-cell phenotypes', isSynthetic: true },
    isPlanned: true,
    visits: chosen.map((id, i) => ({ id, label: i === 0 ? 'baseline' : `month ${id.slice(1)}` })),
    tubes,
    panels: [{ panel: '', template, book: bookOf(read) }],
    frequencies,
    comparisons: analysis.comparisons,
    pairs: analysis.pairs,
    visitRows: analysis.visits,
    pictures: new Map(read.map((tube) => [tube.sampleId, picturesOf(tube)])),
    problems: [
      {
        code: 'fcs.data-truncated',
        severity: 'error',
        message: 'the data segment ends 3312 bytes early',
        where: { file: 'fcs/P05_M3.fcs', byte: 3312, sampleId: 'P05_M3' },
        hint: 'export the file again',
      },
      ...analysis.problems,
    ],
    methods: analysis.methods,
    files: tubes.map((tube) => ({
      role: 'fcs',
      path: `fcs/${tube.sampleId}.fcs`,
      sampleId: tube.sampleId,
      sizeBytes: 1690112,
      sha256: tube.sampleId.length.toString(16).padStart(64, 'a'),
    })),
    versions: { cytopair: '0.0.0' },
    seeds: { placement: 1 },
  };
}

/** What `analyze` has: tables, and nothing of tubes. */
export function analyzeInput(): ReportInput {
  return {
    ...sampleInput(),
    command: 'analyze',
    tubes: [],
    panels: [],
    frequencies: [],
    pictures: new Map(),
    files: [],
    seeds: {},
  };
}

/** What `gate` has: two tubes, and nothing of subjects and statistics. */
export function gateInput(): ReportInput {
  const whole = sampleInput({ subjects: 1, visits: 2 });
  const nobody = { subject: null, visit: null, visitIndex: null };
  return {
    ...whole,
    command: 'gate',
    study: { name: 'gate', title: '', isSynthetic: false },
    visits: [],
    tubes: whole.tubes.map((tube) => ({ ...tube, subject: null, visit: null })),
    frequencies: whole.frequencies.map((row) => ({ ...row, ...nobody })),
    comparisons: [],
    pairs: [],
    visitRows: [],
    methods: '',
  };
}

const template: Template = {
  name: 'made-up',
  version: '1.0.0',
  about: '',
  markers: [],
  scales: { fluorescence: { kind: 'logicle', width: 0.5, decades: 4.5 }, scatter: { kind: 'linear' }, byMarker: {} },
  compensation: { kind: 'file' },
  amplification: 'stored',
  alignments: [],
  populations: gates.map(populationOf),
  denominators: { B: b, Lymphocytes: 'Singlets/Lymphocytes' },
  reservoirs: [],
  assertions: [],
  intensities: { markers: [], populations: [] },
};

function populationOf({ path, label, method, geometry }: SampleGate): TemplatePopulation {
  const names = path.split('/');
  const markers = axesOf(geometry).map((one) => one.marker);
  const isPlaced = method !== 'polygon' && method !== 'boolean';
  const gate = { method, settings: {}, units: undefined, ifAbsent: {}, markers, references: {}, where: {} };
  return {
    name: names.at(-1) ?? '',
    path,
    parent: parentOf(path),
    depth: names.length,
    label,
    gate: { ...gate, pool: isPlaced ? 'study' : undefined, align: method === 'ridge' ? 'b-core' : undefined },
    where: {},
  };
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : 'root';
}

function tubeOf(subject: string, visit: string, s: number, v: number): ReportTube {
  const sampleId = `${subject}_${visit}`;
  const failed = sampleId === 'P05_M3';
  const excluded = sampleId === 'P06_M6';
  return {
    sampleId,
    subject,
    visit,
    panel: '',
    role: 'sample',
    batch: `b${1 + (v % 3)}`,
    arm: '',
    status: failed ? 'failed' : excluded ? 'excluded' : 'ok',
    reason: failed ? 'the data segment ends 3312 bytes early' : excluded ? 'clotted' : '',
    eventCount: failed ? null : 30000 + 100 * s + v,
    flags: s === 6 ? ['time_anomaly'] : [],
  };
}

/** Fold over baseline by visit: a rise at M1 that is gone by M6 for the endpoints, nearly nothing for the others. */
function shareAt(gate: SampleGate, s: number, v: number): number {
  const isEndpoint = endpoints.some((path) => path === gate.path);
  const rise = [1, 1.9, 1.5, 1.05, 1, 0.97][v] ?? 1;
  const own = 1 + 0.35 * Math.sin(3.7 * s + gate.path.length);
  const noise = 1 + 0.06 * Math.sin(17 * s + 5.3 * v + gate.path.length);
  return Math.min(0.98, gate.share * (isEndpoint ? own * (s === 6 ? 1 : rise) : 1) * noise);
}

function frequenciesOf(tube: ReportTube): Frequency[] {
  const s = Number(tube.subject?.slice(1)) - 1;
  const v = visitIds.indexOf(tube.visit ?? '');
  const counts = new Map<string, number>([['root', tube.eventCount ?? 0]]);
  for (const gate of gates)
    counts.set(gate.path, Math.round((counts.get(parentOf(gate.path)) ?? 0) * shareAt(gate, s, v)));
  return ['root', ...gates.map((gate) => gate.path)].map((population): Frequency => {
    const isFailed = tube.status === 'failed';
    const parent = population === 'root' ? '' : parentOf(population);
    const count = counts.get(population) ?? 0;
    const share = (of: string) => (isFailed || !counts.has(of) ? null : shareOf(count, counts.get(of) ?? 0));
    const isBelow = (of: string): boolean => population === of || population.startsWith(`${of}/`);
    return {
      sampleId: tube.sampleId,
      subject: tube.subject,
      visit: tube.visit,
      visitIndex: v,
      panel: '',
      role: tube.role,
      batch: tube.batch,
      arm: '',
      population,
      parent,
      depth: population === 'root' ? 0 : population.split('/').length,
      count: isFailed ? null : count,
      parentCount: isFailed || parent === '' ? null : (counts.get(parent) ?? 0),
      ofParent: parent === '' ? null : share(parent),
      of: Object.fromEntries(
        Object.entries(template.denominators).map(([name, of]) => [name, isBelow(of) ? share(of) : null]),
      ),
      cellsPerUl: null,
      status: tube.status,
      flags: count < 60 && !isFailed ? ['few_events'] : [],
    };
  });
}

function shareOf(count: number, n: number) {
  const percent = (100 * count) / n;
  return { n, percent, low: percent * 0.9, high: percent * 1.1 };
}

function analysisOf(subjects: readonly string[], visits: readonly string[], frequencies: readonly Frequency[]) {
  const ids = visits.map((id) => ({ id }));
  const measures = endpoints.map((population) => ({ population, measure: 'pct_of_B' }));
  const lineages = [{ population: b, measure: 'pct_of_Lymphocytes' }];
  const comparison = 'M1-BL';
  const plan = PlanSchema.parse({
    comparisons: [{ id: comparison, from: 'BL', to: 'M1' }],
    families: [
      { id: 'regulatory', role: 'primary', comparison, endpoints: measures },
      ...(visits.length > 3
        ? [
            {
              id: 'transient',
              role: 'secondary',
              question: 'transient',
              comparison,
              return_to: { visit: 'M6', by: 'fall' },
              endpoints: measures,
            },
          ]
        : []),
      {
        id: 'lineages',
        role: 'secondary',
        question: 'equivalence',
        comparison,
        margins: { ratio: [0.8, 1.25] },
        endpoints: lineages,
      },
    ],
  });
  const facts = { visits: ids, populations: gates.map((gate) => gate.path), denominators: template.denominators };
  const resolved = resolvePlan(plan, facts).value;
  if (!resolved) throw new Error('the plan of the sample does not resolve');
  const wanted = [...measures, ...lineages];
  const observations = frequencies.flatMap((row): Observation[] =>
    wanted
      .filter((one) => one.population === row.population)
      .map((one) => {
        const share = row.of[one.measure.slice('pct_of_'.length)] ?? null;
        return {
          subject: row.subject ?? '',
          visit: row.visit ?? '',
          endpointKey: endpointKey(one.population, one.measure),
          sampleId: row.sampleId,
          count: row.count,
          parentCount: share?.n ?? null,
          percent: share?.percent ?? null,
          status: row.status,
          reason: row.status === 'ok' ? '' : row.status,
          flags: row.flags,
        };
      }),
  );
  return analyze({ study: 'made-up', visits: ids, plan: resolved, subjects, observations });
}

function bookOf(tubes: readonly ReportTube[]): ReportInput['panels'][number]['book'] {
  const placed = (gate: SampleGate): BookTubeGate[] =>
    tubes.map((tube, i) => ({
      sample_id: tube.sampleId,
      geometry: tube.sampleId === 'P02_BL' && gate.method === 'mixture' ? { kind: 'none' } : gate.geometry,
      landmarks: [],
      modes: [],
      rule: 'pooled',
      fallback: null,
      override: i === 4 && gate.method === 'valley' ? 'moved by a reviewer' : null,
      flags: i % 7 === 2 && gate.method === 'valley' ? ['one_mode'] : [],
    }));
  return {
    format: 'cytopair/placements/1',
    template: { name: 'made-up', sha256: 'b'.repeat(64) },
    scales,
    alignments: [],
    gates: gates.map((gate) => ({
      population: gate.path,
      parent: parentOf(gate.path),
      method: gate.method,
      parameters: {},
      pool: gate.method === 'polygon' ? null : 'study',
      align: gate.method === 'ridge' ? 'b-core' : null,
      tubes: placed(gate),
    })),
  };
}

const bins = 64;

function picturesOf(tube: ReportTube): Picture[] {
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
    const seed = 13 * g + tube.sampleId.charCodeAt(2);
    const [density, inside] = cloud(seed);
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
