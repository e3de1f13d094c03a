import { type ClassName, classNames } from './classes.ts';
import { type BSubset, bShares, bSharesLupus, leukocyteShares, type Mode } from './composition.ts';
import { drawSpillover, type Marker, markers, misjudgeSpillover } from './panel.ts';
import { purposes, type Stream, streamFor } from './random.ts';

/** The planned visits of the trial with their day after infusion. */
export const plannedVisits = [
  { id: 'BL', day: 0 },
  { id: 'M1', day: 30 },
  { id: 'M3', day: 91 },
  { id: 'M6', day: 182 },
  { id: 'M9', day: 274 },
  { id: 'M12', day: 365 },
] as const;

const subjectCount = 8;
const missingTubes = new Set(['P03_M9', 'P05_M6', 'P05_M12', 'P07_M9', 'P08_M12']);

/** What is asked for. Equal seeds give equal cells, whatever the effect, the shift, the visits kept. */
export interface CohortDesign {
  readonly mode: Mode;
  /** 32-bit integer. */
  readonly seed: number;
  /** Events a tube. */
  readonly eventCount: number;
  /** Ids out of `plannedVisits`, in their order. */
  readonly visits: readonly string[];
  /** Fold of the two regulatory subsets at M1, as fractions of B; 1 = no effect. */
  readonly effect: { readonly transitional: number; readonly memoryReg: number };
  /** Added to the log staining gain at M1. */
  readonly shift: Readonly<Partial<Record<Marker, number>>>;
}

/** What one tube is drawn from. */
export interface TubeDesign {
  readonly sampleId: string;
  readonly subject: string;
  readonly visit: string;
  /** Key of the tube's random streams. */
  readonly key: readonly [subject: number, visit: number];
  /** Shares of `classNames` among cells before the effect; debris 0, sum 1. */
  readonly sharesBefore: Float64Array;
  /** The same with the effect. */
  readonly shares: Float64Array;
  /** True fold of the two subsets at this visit. */
  readonly folds: { readonly transitional: number; readonly memoryReg: number };
  /** Staining gain of every marker, natural logarithm. */
  readonly logGains: Float64Array;
}

export interface Cohort {
  readonly design: CohortDesign;
  readonly tubes: readonly TubeDesign[];
  /** What the light does; row = fluorochrome, row by row. */
  readonly spillover: Float64Array;
  /** What the files say about it. */
  readonly writtenSpillover: Float64Array;
  /** Maturity from which a cell of the ridge is called transitional. */
  readonly maturityBorder: number;
  readonly igdIsWeak: boolean;
}

type Shares<Name extends string> = Readonly<Record<Name, number>>;

/** Plans every tube of a cohort: composition, effect and gains. No cell is drawn yet. */
export function planCohort(design: CohortDesign): Cohort {
  const isLupus = design.mode === 'lupus';
  const spillover = drawSpillover(streamFor(design.seed, purposes.spillover));
  const own = streamFor(design.seed, purposes.design);
  // four decimals, because truth tables print maturity with four
  const lupusBorder = Math.round((0.35 + 0.3 * own.uniform()) * 1e4) / 1e4;
  const subjects = Array.from({ length: subjectCount }, (_, index) => planSubject(design, index + 1));
  const tubes = subjects.flatMap((subject) =>
    plannedVisits
      .filter((visit) => design.visits.includes(visit.id) && !missingTubes.has(`${subject.id}_${visit.id}`))
      .map((visit) => planTube(design, subject, visit.id)),
  );
  return {
    design,
    tubes,
    spillover,
    writtenSpillover: isLupus ? misjudgeSpillover(spillover, own) : spillover,
    maturityBorder: isLupus ? lupusBorder : 0.5,
    igdIsWeak: isLupus && design.seed % 2 !== 0,
  };
}

interface SubjectDesign {
  readonly id: string;
  readonly number: number;
  readonly leukocytes: Shares<keyof typeof leukocyteShares>;
  readonly b: Shares<BSubset>;
  readonly logGains: Float64Array;
  readonly folds: { readonly transitional: number; readonly memoryReg: number };
  /** Log share of activated naive cells in B (lupus mode). */
  readonly logActivated: number;
}

function planSubject(design: CohortDesign, number: number): SubjectDesign {
  const stream = streamFor(design.seed, purposes.subject, number);
  const usualB = design.mode === 'lupus' ? bSharesLupus : bShares;
  return {
    id: `P${String(number).padStart(2, '0')}`,
    number,
    leukocytes: scatterShares(leukocyteShares, 0.25, stream),
    b: scatterShares(usualB, 0.35, stream),
    logGains: drawLogGains(stream, 0.1),
    folds: {
      transitional: foldAround(design.effect.transitional, stream),
      memoryReg: foldAround(design.effect.memoryReg, stream),
    },
    logActivated: Math.log(0.07) + 0.5 * stream.normal(),
  };
}

function planTube(design: CohortDesign, subject: SubjectDesign, visit: string): TubeDesign {
  const visitIndex = plannedVisits.findIndex((planned) => planned.id === visit);
  const stream = streamFor(design.seed, purposes.tube, subject.number, visitIndex);
  const visitGains = drawLogGains(streamFor(design.seed, purposes.visit, visitIndex), 0.08);
  const leukocytes = scatterShares(subject.leukocytes, 0.12, stream);
  const before = scatterShares(subject.b, 0.18, stream);
  const tubeGains = drawLogGains(stream, 0.06);
  const activated = Math.min(Math.max(Math.exp(subject.logActivated + 0.5 * stream.normal()), 0.02), 0.25);
  const granulocytes = 0.02 + 0.06 * stream.uniform();
  const after = visit === 'M1' ? withEffect(before, subject.folds) : before;
  const lupus = design.mode === 'lupus' ? { activated, granulocytes } : { activated: 0, granulocytes: 0 };
  return {
    sampleId: `${subject.id}_${visit}`,
    subject: subject.id,
    visit,
    key: [subject.number, visitIndex],
    sharesBefore: classShares(leukocytes, before, lupus),
    shares: classShares(leukocytes, after, lupus),
    folds: {
      transitional: after.transitional / before.transitional,
      memoryReg: after.memory_reg_unswitched / before.memory_reg_unswitched,
    },
    logGains: visitGains.map((gain, index) => {
      const shift = visit === 'M1' ? (design.shift[markers[index]!] ?? 0) : 0;
      return gain + subject.logGains[index]! + tubeGains[index]! + shift;
    }),
  };
}

/** Shares × exp(N(0, sd)), renormalised to sum 1. */
function scatterShares<Name extends string>(shares: Shares<Name>, sd: number, stream: Stream): Shares<Name> {
  const names = Object.keys(shares) as Name[];
  const drawn = names.map((name) => shares[name] * Math.exp(sd * stream.normal()));
  const sum = drawn.reduce((total, value) => total + value, 0);
  return Object.fromEntries(names.map((name, index) => [name, drawn[index]! / sum])) as Record<Name, number>;
}

function drawLogGains(stream: Stream, sd: number): Float64Array {
  return Float64Array.from(markers, () => sd * stream.normal());
}

/** The subject's own fold; the draw is made even without an effect, so that later draws stay in step. */
function foldAround(effect: number, stream: Stream): number {
  const scatter = Math.exp(0.12 * stream.normal());
  return effect === 1 ? 1 : effect * scatter;
}

/** B-cell shares at M1: both subsets raised, the transitional at most to half of B, all others scaled to the rest. */
function withEffect(before: Shares<BSubset>, folds: SubjectDesign['folds']): Shares<BSubset> {
  const transitional = Math.min(before.transitional * folds.transitional, 0.5);
  const unswitched = before.memory_reg_unswitched * folds.memoryReg;
  const switched = before.memory_reg_switched * folds.memoryReg;
  const restBefore = 1 - before.transitional - before.memory_reg_unswitched - before.memory_reg_switched;
  const factor = (1 - transitional - unswitched - switched) / restBefore;
  return {
    naive: before.naive * factor,
    transitional,
    unswitched: before.unswitched * factor,
    switched: before.switched * factor,
    memory_reg_unswitched: unswitched,
    memory_reg_switched: switched,
    double_negative: before.double_negative * factor,
    plasmablast: before.plasmablast * factor,
  };
}

function classShares(
  leukocytes: Shares<keyof typeof leukocyteShares>,
  b: Shares<BSubset>,
  lupus: { readonly activated: number; readonly granulocytes: number },
): Float64Array {
  const { B: bShare, ...lineages } = leukocytes;
  const rest = 1 - lupus.granulocytes;
  const byName = new Map<string, number>(Object.entries(lineages).map(([name, share]) => [name, share * rest]));
  byName.set('low_density_granulocyte', lupus.granulocytes);
  for (const [name, share] of Object.entries(b)) byName.set(name, share * bShare * rest * (1 - lupus.activated));
  byName.set('activated_naive', bShare * rest * lupus.activated);
  return Float64Array.from(classNames, (name: ClassName) => byName.get(name) ?? 0);
}
