import {
  type Alternative,
  adjustmentOf,
  defaultTests,
  equivalenceTests,
  isEquivalenceTest,
  largestSd,
  type PairedTestName,
  pairedTests,
  type ScaledMargins,
  tostTPower,
} from '../../statistics/index.ts';
import type { Endpoint, Family, ResolvedPlan } from '../analysisInput.ts';
import { bestAdjusted } from '../comparison/adjustFamily.ts';
import { primarySetup } from '../comparison/setup.ts';
import type { DeviationOf } from './controlDeviations.ts';
import { type JointDesign, jointDesign } from './jointDesign.ts';
import { type MeasuredDesign, measuredDesign } from './measuredDesign.ts';

/** Standardised mean differences for which power is printed. */
const EFFECTS = [0.8, 1, 1.2, 1.5, 2] as const;
/** Deviations of the within-patient ln ratio for which the power of equivalence is printed. */
const DEVIATIONS = [0.1, 0.15, 0.2, 0.25, 0.3, 0.4] as const;

export interface PowerLine {
  readonly test: PairedTestName;
  /** Of the test itself. */
  readonly alpha: number;
  /** 40,000 trials simulated, or computed. */
  readonly how: 'simulated' | 'computed';
  /** One an effect, or one a deviation. */
  readonly power: readonly number[];
}

/** What a number of pairs can show in a family. */
export interface PairDesign {
  readonly pairCount: number;
  /** Endpoint keys with so many pairs. */
  readonly endpoints: readonly string[];
  /** Null where the test has no smallest p (t tests). */
  readonly smallestP: number | null;
  /** The level really kept at alpha, and at the first step of the family's adjustment; null as above. */
  readonly attainedAtAlpha: number | null;
  readonly attainedAtFirstStep: number | null;
  /** Of a change, or of the rise: power at `effects`. */
  readonly change: readonly PowerLine[];
  readonly effects: readonly number[];
  /** Of equivalence, or of a return by it: one an equal pair of margins. */
  readonly equivalence: readonly EquivalenceDesign[];
}

export interface EquivalenceDesign {
  readonly endpoints: readonly string[];
  readonly kind: 'ratio' | 'odds_ratio' | 'points';
  readonly margins: readonly [number, number];
  /** Deviation of the within-patient differences on the margins' scale. */
  readonly deviations: readonly number[];
  readonly lines: readonly PowerLine[];
  /** The largest deviation with 80 % power, and the one above which equivalence cannot be shown at all. */
  readonly deviationFor80: number;
  readonly largestDeviation: number;
}

export interface FamilyDesign {
  readonly family: Family;
  /** Level of the first step: alpha / m where the family is adjusted. */
  readonly firstStep: number;
  readonly alternative: Alternative;
  /** By number of pairs, the most first. */
  readonly pairs: readonly PairDesign[];
  /** False where no result at all could lead to a rejection. */
  readonly canReject: boolean;
  /** Complete pairs with which one member could; null for t tests. */
  readonly pairsNeeded: number | null;
  /** Of a joint claim; null of any other, and where margins are of several kinds or pairs too few. */
  readonly joint: JointDesign | null;
  /** With the deviations that control visits show; null where none are named, or nothing was counted yet. */
  readonly measured: MeasuredDesign | null;
}

/**
 * What the plan can show with the pairs there are: smallest p, level and power, before any value is seen.
 * @param pairCount complete pairs (of a transient question: patients with all three visits) of an endpoint
 * @param deviationOf what control visits show of an endpoint, where they are counted
 */
export function planDesign(
  plan: ResolvedPlan,
  pairCount: (family: Family, endpoint: Endpoint) => number,
  deviationOf: DeviationOf = () => undefined,
): readonly FamilyDesign[] {
  return plan.families.map((family) => ({
    ...familyDesign(family, plan, (endpoint) => pairCount(family, endpoint)),
    measured: measuredDesign(family, plan, { pairCount, deviationOf }),
  }));
}

function familyDesign(
  family: Family,
  plan: ResolvedPlan,
  pairCount: (endpoint: Endpoint) => number,
): Omit<FamilyDesign, 'measured'> {
  const alternative = family.question === 'change' ? family.alternative : 'greater';
  const size = family.endpoints.length;
  // Whole patients flipped: where all endpoints rise together, the first step costs nothing (Westfall & Young 1993).
  const isStepwise = adjustmentOf(family.adjust)?.needs === 'p';
  const firstStep = isStepwise ? plan.alpha / size : plan.alpha;
  const { levels } = pairedTests[family.test];
  const counts = family.endpoints.map(pairCount);
  const smallest = counts.map((n) => (levels ? levels.smallestP(n, alternative) : n < 2 ? 1 : 0));
  const adjusted = bestAdjusted(family.adjust, smallest);
  const distinct = [...new Set(counts)].sort((a, b) => b - a);
  return {
    family,
    firstStep,
    alternative,
    pairs: distinct.map((n) => {
      const endpoints = family.endpoints.filter((_, i) => counts[i] === n);
      return pairDesign(n, endpoints, { family, plan, firstStep, alternative });
    }),
    canReject: adjusted.some((p) => p !== null && p <= plan.alpha),
    pairsNeeded: levels?.pairsNeeded(isStepwise ? size : 1, plan.alpha, alternative) ?? null,
    joint: family.claim === 'joint' ? jointOf(family, plan, counts) : null,
  };
}

/** Ratios and odds ratios are of one kind: their margins are logarithms. */
function jointOf(family: Family, plan: ResolvedPlan, counts: readonly number[]): JointDesign | null {
  const members = family.endpoints.flatMap((endpoint, i) => {
    const { margins } = primarySetup(family, endpoint, plan, plan.rules.zero_rule);
    return margins === undefined ? [] : [{ pairs: counts[i] ?? 0, margins, isPoints: margins.kind === 'points' }];
  });
  const [first] = members;
  const isMixed = members.some(({ isPoints }) => isPoints !== first?.isPoints);
  if (first === undefined || members.length < family.endpoints.length || isMixed) return null;
  const deviations = first.isPoints ? pointDeviations(first.margins) : DEVIATIONS;
  // The customary month-to-month deviation of a logarithm; of points the one in its place.
  return jointDesign(members, deviations, deviations[DEVIATIONS.indexOf(0.2)] ?? 0.2, plan.alpha) ?? null;
}

interface Context {
  readonly family: Family;
  readonly plan: ResolvedPlan;
  readonly firstStep: number;
  readonly alternative: Alternative;
}

function pairDesign(n: number, endpoints: readonly Endpoint[], context: Context): PairDesign {
  const { family, plan, firstStep, alternative } = context;
  const { levels } = pairedTests[family.test];
  const level = (alpha: number) => (levels && n > 0 ? levels.attained(n, alpha, alternative) : null);
  return {
    pairCount: n,
    endpoints: endpoints.map((endpoint) => endpoint.key),
    smallestP: levels?.smallestP(n, alternative) ?? null,
    attainedAtAlpha: level(plan.alpha),
    attainedAtFirstStep: level(firstStep),
    change: family.question === 'equivalence' ? [] : changeLines(n, context),
    effects: EFFECTS,
    equivalence: equivalenceDesigns(n, endpoints, context),
  };
}

function changeLines(n: number, { family, plan, firstStep, alternative }: Context): PowerLine[] {
  const test = pairedTests[family.test];
  if (n < 2 || test.question !== 'change') return [];
  const lines = (power: typeof test.power | undefined, alphas: readonly number[]) =>
    alphas.flatMap((alpha): PowerLine[] => {
      if (!power) return [];
      const { of = family.test, how } = power;
      return [{ test: of, alpha, how, power: power.at(n, EFFECTS, { alpha, alternative }) }];
    });
  const levels = [...new Set([plan.alpha, firstStep])];
  return [...lines(test.power, levels), ...lines(test.powerBeside, [plan.alpha])];
}

function equivalenceDesigns(n: number, endpoints: readonly Endpoint[], context: Context): EquivalenceDesign[] {
  if (n < 2) return [];
  const { family, plan } = context;
  const byMargins = new Map<string, EquivalenceDesign>();
  for (const endpoint of endpoints) {
    const { margins } = primarySetup(family, endpoint, plan, plan.rules.zero_rule);
    if (margins === undefined) continue;
    const key = JSON.stringify([margins.kind, margins.declared]);
    const before = byMargins.get(key);
    const { kind, declared } = margins;
    byMargins.set(
      key,
      before === undefined
        ? { endpoints: [endpoint.key], kind, margins: declared, ...equivalencePower(n, margins, kind, context) }
        : { ...before, endpoints: [...before.endpoints, endpoint.key] },
    );
  }
  return [...byMargins.values()];
}

type EquivalencePower = Pick<EquivalenceDesign, 'deviations' | 'lines' | 'deviationFor80' | 'largestDeviation'>;

function equivalencePower(
  n: number,
  margins: ScaledMargins,
  kind: EquivalenceDesign['kind'],
  { family, plan, firstStep }: Context,
): EquivalencePower {
  const deviations = kind === 'points' ? pointDeviations(margins) : DEVIATIONS;
  const t = (sd: number, alpha: number) => tostTPower(n, { sd, centre: 0 }, margins, alpha);
  const levels = [...new Set([plan.alpha, firstStep])];
  // Of a return by equivalence the plan names no test of its own.
  const test = isEquivalenceTest(family.test) ? family.test : defaultTests.equivalence;
  const { power } = equivalenceTests[test];
  const lines = levels.flatMap((alpha): PowerLine[] =>
    power ? [{ test, alpha, how: power.how, power: power.at(n, deviations, { margins, alpha }) }] : [],
  );
  const largestDeviation = largestSd(n, margins, plan.alpha);
  return {
    deviations,
    lines,
    deviationFor80: deviationFor(0.8, (sd) => t(sd, plan.alpha), largestDeviation),
    largestDeviation,
  };
}

/** Points have no customary deviations: those that stand to the margins as .1 … .4 stand to ln 1.25. */
function pointDeviations(margins: ScaledMargins): number[] {
  const half = (margins.high - margins.low) / 2;
  return DEVIATIONS.map((sd) => Number(((sd / Math.log(1.25)) * half).toPrecision(2)));
}

/** Where power, which falls with the deviation, passes `wanted`; 40 halvings. */
function deviationFor(wanted: number, power: (sd: number) => number, largest: number): number {
  let [low, high] = [0, largest];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (power(middle) >= wanted) low = middle;
    else high = middle;
  }
  return low;
}
