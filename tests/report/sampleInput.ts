import { analyze, denominatorParts, type Observation, PlanSchema, resolvePlan } from '../../src/analysis/index.ts';
import { endpointKey } from '../../src/analysis/tools.ts';
import type { Frequency } from '../../src/frequencies/index.ts';
import type { BookTubeGate } from '../../src/gating/index.ts';
import { axesOf } from '../../src/gating/tools.ts';
import type { ReportInput, TubeSketch } from '../../src/report/index.ts';
import type { ReportTube } from '../../src/report/tools.ts';
import type { Template, TemplatePopulation } from '../../src/template/index.ts';

import { b, endpoints, gates, parentOf, picturesOf, type SampleGate, scales } from './sampleGates.ts';

// A made-up study with every kind of gate: numbers from a formula, no file behind them.

const visitIds: readonly string[] = ['BL', 'M1', 'M3', 'M6', 'M9', 'M12'];
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
    plan: { sha256: 'ab'.repeat(32), notPlanned: ['visits.csv also compares M3 with BL'] },
    visits: chosen.map((id, i) => ({ id, label: i === 0 ? 'baseline' : `month ${id.slice(1)}`, day: dayOf(id) })),
    tubes,
    panels: [{ panel: '', template, book: bookOf(read) }],
    frequencies,
    comparisons: analysis.comparisons,
    pairs: analysis.pairs,
    visitRows: analysis.visits,
    values: analysis.values,
    quality: {
      landmarkShifts: [
        {
          from: 'BL',
          to: 'M1',
          landmark: 'b-core CD38',
          pairCount: 7,
          medianShift: 0.21,
          p: 0.015625,
          isMarked: true,
        },
      ],
      batches: [{ from: 'BL', to: 'M1', fromBatches: ['b1'], toBatches: ['b2'], isConfounded: true }],
      bridgeShifts: [],
      bridgeStains: [],
      isAligned: false,
      swaps: [],
      problems: [],
    },
    siblings: [],
    pictures: new Map(read.map((tube) => [tube.sampleId, picturesOf(tube.sampleId)])),
    sketches: new Map(read.map(({ sampleId }) => [sampleId, sketchOf(sampleId)])),
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

function dayOf(visit: string): number {
  return visit === 'BL' ? 0 : 30 * Number(visit.slice(1));
}

/** What `analyze` has: tables, and nothing of tubes. */
export function analyzeInput(): ReportInput {
  return {
    ...sampleInput(),
    command: 'analyze',
    tubes: [],
    panels: [],
    frequencies: [],
    quality: undefined,
    pictures: new Map(),
    sketches: new Map(),
    files: [],
    seeds: {},
  };
}

/** A matrix of three dyes, a quiet run, forty cells of each endpoint. */
function sketchOf(sampleId: string): TubeSketch {
  const markers = scales.map(({ marker }) => marker);
  const cells = endpoints.map((population, e) => ({
    population,
    columns: Object.fromEntries(
      markers.map((marker, m) => [
        marker,
        Float32Array.from({ length: 40 }, (_, i) => 900 * (1 + e) + 200 * m + 40 * i),
      ]),
    ),
  }));
  return {
    compensation: '$SPILLOVER',
    matrix: { channels: ['FL1-A', 'FL2-A', 'FL3-A'], values: [1, 0.1234, 0, 0.02, 1, 0.3, 0, 0, 1] },
    trace: sampleId.endsWith('BL')
      ? undefined
      : {
          channel: 'Time',
          from: 0,
          to: 6000,
          counts: Array.from({ length: 48 }, (_, i) => (i === 20 ? 0 : 85 + (i % 3))),
          light: Array.from({ length: 48 }, (_, i) => (i === 20 ? null : i > 30 ? -0.62 : 0.01)),
        },
    cells,
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
    values: [],
    quality: undefined,
    methods: '',
  };
}

const template: Template = {
  name: 'made-up',
  version: '1.0.0',
  about: '',
  markers: [],
  scales: { fluorescence: { kind: 'logicle', width: 0.5, decades: 4.5 }, scatter: { kind: 'linear' }, byMarker: {} },
  compensation: { kind: 'file', apply: 'default' },
  amplification: 'stored',
  values: 'detect',
  alignments: [],
  populations: gates.map(populationOf),
  denominators: { B: b, Lymphocytes: 'Singlets/Lymphocytes' },
  reservoirs: [],
  assertions: [],
  expectedRanges: [],
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
        Object.entries(template.denominators).map(([name, whole]) => {
          const { of } = denominatorParts(whole);
          return [name, isBelow(of) ? share(of) : null];
        }),
      ),
      cellsPerUl: null,
      status: tube.status,
      flags: count < 60 && !isFailed ? ['few_events'] : [],
    };
  });
}

function shareOf(count: number, n: number) {
  const percent = (100 * count) / n;
  return { n, percent, low: percent * 0.9, high: Math.min(100, percent * 1.1) };
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
  return {
    ...analyze({ study: 'made-up', visits: ids, plan: resolved, subjects, observations }),
    values: observations,
  };
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
      override:
        i === 4 && gate.method === 'valley'
          ? [
              {
                action: 'shift',
                axis: 'CD24',
                by: -0.12,
                frame: 'u',
                scope: 'tube',
                named: true,
                author: 'AB',
                date: '2026-11-29',
                reason: 'valley missed',
                replaces: 'c'.repeat(64),
              },
            ]
          : null,
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
