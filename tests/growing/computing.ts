import type { Addition } from './addition.ts';

// Each is small and real; "$" and back quotes are kept out, so that the texts stand here as they will in their files.

const sqrt: Addition = {
  row: 'a scale',
  name: 'sqrt',
  file: 'src/scale/sqrt.ts',
  text: `import { z } from 'zod';
import { top } from './parameters.ts';
import { scaleKind } from './scaleKind.ts';

const Sqrt = z.strictObject({ kind: z.literal('sqrt'), T: top });

/** y = sign(x) √(|x| / T). */
export const sqrt = scaleKind({
  name: 'sqrt',
  summary: 'square root, mirrored below zero: equal steps of counting noise',
  source: 'Bartlett 1936, the variance-stabilising root of counts',
  schema: Sqrt,
  functions: ({ T }) => {
    const forward = (raw: number) => Math.sign(raw) * Math.sqrt(Math.abs(raw) / T);
    return {
      forward,
      inverse: (coordinate) => Math.sign(coordinate) * coordinate ** 2 * T,
      forwardColumn: (raw, out) => {
        for (let i = 0; i < raw.length; i++) out[i] = forward(raw[i]!);
      },
    };
  },
});
`,
  lines: {
    'src/scale/scaleKinds.ts': [
      { behind: "import { logicle } from './logicle.ts';\n", put: "import { sqrt } from './sqrt.ts';\n" },
      { behind: "  'flowjo-log': flowjoLog,\n", put: '  sqrt,\n' },
      { behind: '  flowjoLog.schema,\n', put: '  sqrt.schema,\n' },
    ],
  },
  use: `import { checkScale, makeScale } from './scale/index.js';
const scale = makeScale({ kind: 'sqrt', T: 10000 });
const refused = checkScale({ kind: 'sqrt', T: -1 });
const at = [-2500, 0, 2500, 10000].map((raw) => scale.forward(raw));
export const found = { at, back: at.map((one) => scale.inverse(one)), isRefused: refused.value === undefined };`,
  gives: { at: [-0.5, 0, 0.5, 1], back: [-2500, 0, 2500, 10000], isRefused: true },
};

const band: Addition = {
  row: 'a gate geometry',
  name: 'band',
  file: 'src/gating/geometries/band.ts',
  text: `import { type Axis, axesOnChannels } from '../axis.ts';
import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { GeometryKind } from '../geometryKind.ts';
import { box, rawAxis, spanOf } from '../outline.ts';

/** |x| < within, in linear units: those that a stain does not reach, on either side of zero. */
export interface Band {
  readonly kind: 'band';
  readonly dims: readonly [Axis];
  readonly within: number;
}

export const band: GeometryKind<Band> = {
  members: bandMembers,
  axes: ({ dims }) => dims,
  needsOwnFrame: () => false,
  onChannels(gate, channelOf) {
    const [axis] = axesOnChannels(gate.dims, channelOf) ?? [];
    return axis && { ...gate, dims: [axis] };
  },
  sides: ({ dims: [axis], within }) => [{ channel: axis.channel, min: -within, max: within }],
  // It lies around zero, wherever the stain moves.
  moved: (gate) => gate,
  edges: () => [],
  handles: () => [],
  outline: ({ dims: [axis], within }, plane) => box(plane, [spanOf(plane, rawAxis(axis), -within, within)]),
};

function bandMembers({ dims: [axis], within }: Band, context: GateContext, parent: EventIndex): EventIndex {
  const x = context.events.values({ name: axis.channel, scale: undefined }, parent);
  const keep = new Uint8Array(x.length);
  let keptCount = 0;
  for (let i = 0; i < x.length; i++) {
    if (!(Math.abs(x[i]!) < within)) continue;
    keep[i] = 1;
    keptCount++;
  }
  return select(parent, keep, keptCount);
}
`,
  lines: {
    'src/gating/geometries/registry.ts': [
      { behind: "import { type All, all } from './all.ts';\n", put: "import { type Band, band } from './band.ts';\n" },
      { behind: '  | Interval\n', put: '  | Band\n' },
      { behind: '  interval,\n', put: '  band,\n' },
    ],
  },
  use: `import { kindOf, members } from './gating/index.js';
const band = { kind: 'band', dims: [{ marker: 'X', channel: 'X-A', frame: 'raw' }], within: 10 };
const events = { count: 6, values: () => Float64Array.of(-11, -9, 0, 9, 10, NaN) };
const context = { events, scaleOf: () => undefined, population: () => null };
const kind = kindOf(band);
const other = kind.onChannels(band, () => 'FL1-A');
const plane = { bins: 100, sideOf: () => 'x', place: (axis, side, value) => 50 + value, rawAt: (side, at) => at - 50 };
const all = { kind: 'all', of: [band, { kind: 'boolean', of: { not: band } }] };
export const found = {
  inside: [...members(band, context, 'all')],
  withinOthers: kindOf(all).axes(all).map((axis) => axis.marker),
  channel: other.dims[0].channel,
  lines: kind.outline(band, plane).map(({ path }) => path),
};`,
  gives: { inside: [1, 2, 3], withinOthers: ['X'], channel: 'FL1-A', lines: ['M40 106H60V-6H40Z'] },
};

const medianFlip: Addition = {
  row: 'a statistical test',
  name: 'medianFlip',
  file: 'src/statistics/pairedTests/medianFlip.ts',
  text: `import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { median } from '../moments.ts';
import type { Alternative, Differences, NotEstimable, PairedTest, TestOutcome } from './pairedTest.ts';
import { smallestSignedP } from './signedRank.ts';

// 2^16 medians take a tenth of a second; beyond, random flips.
const MOST_ENUMERATED = 16;
const RANDOM_FLIPS = 9_999;

/** Sign-flip test of the median: every pattern of signs is equally likely. */
function medianFlipTest(differences: Differences): TestOutcome | NotEstimable {
  const { values, tolerance, alternative, seed } = differences;
  if (values.length === 0) return { status: 'not_estimable', reason: 'no_pairs' };
  const used = values.filter((d) => Math.abs(d) > tolerance);
  if (used.length === 0) return { status: 'not_estimable', reason: 'all_zero' };
  const statistic = median(used) ?? 0;
  const isEnumerated = used.length <= MOST_ENUMERATED;
  const random = xoroshiro128plus(seed ?? 1);
  const flips = isEnumerated ? 2 ** used.length : RANDOM_FLIPS;
  // What was seen is one of the patterns; among random ones it is counted in.
  let count = isEnumerated ? 0 : 1;
  for (let flip = 0; flip < flips; flip++) {
    const signed = used.map((d, i) => ((isEnumerated ? flip >> i : random.next() >> 16) & 1 ? -d : d));
    if (isAsFar(median(signed) ?? 0, statistic, alternative)) count++;
  }
  const total = isEnumerated ? flips : flips + 1;
  const smallestP = isEnumerated ? smallestSignedP(used.length, alternative) : 1 / total;
  const how = isEnumerated
    ? ({ status: 'ok', method: 'exact-enumeration' } as const)
    : ({ status: 'approximate', method: 'random-flips' } as const);
  return { ...how, statistic, p: count / total, count, total, smallestP };
}

function isAsFar(value: number, observed: number, alternative: Alternative): boolean {
  if (alternative === 'greater') return value >= observed;
  if (alternative === 'less') return value <= observed;
  return Math.abs(value) >= Math.abs(observed);
}

export const medianFlip: PairedTest = {
  question: 'change',
  called: 'sign-flip of the median',
  summary: 'exact sign-flip test of the median difference',
  source: 'Fisher 1935, with the median in place of the mean',
  dropsZeros: true,
  ranksZeros: false,
  words: 'sign-flip of the median',
  methods: () => 'Sign-flip tests of the median difference were used.',
  companion: 'hodges_lehmann',
  levels: null,
  power: null,
  run: medianFlipTest,
};
`,
  lines: {
    'src/statistics/pairedTests/registry.ts': [
      { behind: "from './pairedTest.ts';\n", put: "import { medianFlip } from './medianFlip.ts';\n" },
      { behind: '  sign_flip: signFlip,\n', put: '  median_flip: medianFlip,\n' },
    ],
  },
  use: analysing("{ test: 'median_flip' }"),
  // All eight rose. The signs of the three smallest do not matter to the median, the others are all up or all down.
  gives: { test: 'median_flip', p: [16 / 256, 16 / 256], adjusted: [32 / 256, 32 / 256], problems: [] },
};

const bonferroni: Addition = {
  row: 'an adjustment',
  name: 'bonferroni',
  file: 'src/statistics/adjustments/bonferroni.ts',
  text: `import type { Adjustment } from './steps.ts';

/** Each p times the number of planned members. */
export const bonferroni: Adjustment = {
  needs: 'p',
  summary: 'family-wise error, any dependence, one step; never better than holm',
  source: 'Dunn 1961',
  words: 'Bonferroni-adjusted',
  adjust: (p) => p.map((one) => (one === null ? null : Math.min(1, one * p.length))),
};
`,
  lines: {
    'src/statistics/adjustments/registry.ts': [
      {
        behind: "import { benjaminiYekutieli } from './benjaminiYekutieli.ts';\n",
        put: "import { bonferroni } from './bonferroni.ts';\n",
      },
      { behind: '  by: benjaminiYekutieli,\n', put: '  bonferroni,\n' },
    ],
  },
  use: analysing("{ adjust: 'bonferroni' }"),
  gives: { test: 'signed_rank', p: [2 / 256, 2 / 256], adjusted: [4 / 256, 4 / 256], problems: [] },
};

/** Two populations that rise in each of eight subjects, by a family of this kind. */
function analysing(family: string): string {
  return `import { analyze, plannedEndpoints, PlanSchema, resolvePlan } from './analysis/index.js';
const populations = ['Live', 'Live/B', 'Live/T'];
const endpoints = [{ population: 'Live/B' }, { population: 'Live/T' }];
const own = { id: 'own', role: 'primary', comparison: 'M1-BL', sensitivity: [], endpoints, ...${family} };
const visits = [{ id: 'BL' }, { id: 'M1' }];
const source = { comparisons: [{ id: 'M1-BL', from: 'BL', to: 'M1' }], families: [own] };
const { value: plan, problems } = resolvePlan(PlanSchema.parse(source), { visits, populations, denominators: {} });
const subjects = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8'];
const observations = plannedEndpoints(plan).flatMap(({ key }) =>
  visits.flatMap(({ id: visit }, v) =>
    subjects.map((subject, s) => {
      const count = 100 + (s + 1) * (s + 2) * v;
      const sampleId = subject + visit;
      const tube = { subject, visit, endpointKey: key, sampleId, status: 'ok', reason: '', flags: [] };
      return { ...tube, count, parentCount: 10000, percent: count / 100 };
    }),
  ),
);
const { comparisons } = analyze({ study: 'made-up', visits, subjects, plan, observations });
const main = comparisons.filter((row) => row.family === 'own');
export const found = {
  test: main[0].test, p: main.map((row) => row.p), adjusted: main.map((row) => row.p_adj), problems,
};`;
}

export const computing: readonly Addition[] = [sqrt, band, medianFlip, bonferroni];
