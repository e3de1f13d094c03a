import { isLook } from '../../problems/index.ts';
import { isRatioScale } from '../../statistics/index.ts';
import type { Endpoint, Family, ResolvedPlan } from '../analysisInput.ts';
import type { SensitivityName } from '../plan/plan.ts';
import { type CountingBootstrap, countingBootstrap } from '../stability/countingBootstrap.ts';
import { decide } from './decide.ts';
import { type Evaluation, evaluate, exactP } from './evaluate.ts';
import { overVisits } from './overVisits.ts';
import { type CompletePair, completePairs, scalePairs } from './pairing.ts';
import { type ReturnPart, returnParts } from './returnParts.ts';
import { primarySetups, type Setup, withScale } from './setup.ts';
import { byCodeUnit, type EndpointTubes, zeroRuleOf } from './tubes.ts';

interface LeaveOneOut {
  readonly pMax: number;
  /** The patient without whom p is largest. */
  readonly subject: string;
}

/** One row to be: an evaluation, or the reason why this analysis was not computed. */
export interface EndpointAnalysis {
  readonly analysis: 'primary' | SensitivityName;
  readonly evaluation: Evaluation | undefined;
  readonly leaveOneOut: LeaveOneOut | undefined;
  /** Of the row `counting` alone. */
  readonly counting?: CountingBootstrap | undefined;
  /** Of the planned analysis of a transient question: each later visit against both others. */
  readonly returns?: readonly ReturnPart[];
}

/** The pairs of one analysis, and how they are compared; one for each visit of return. */
interface Part {
  readonly pairs: readonly CompletePair[];
  readonly setup: Setup;
}

/** The planned analysis of one endpoint, then its sensitivities in the order of the plan. */
export function analysesOf(
  family: Family,
  endpoint: Endpoint,
  { plan, seed }: { readonly plan: ResolvedPlan; readonly seed: number },
  tubes: EndpointTubes,
): EndpointAnalysis[] {
  const setups = primarySetups(family, endpoint, plan, zeroRuleOf(endpoint, tubes, plan.rules));
  const { from, to } = family.comparison;
  const parts = setups.map((setup) => ({ pairs: completePairs(tubes, from, to, setup.returnTo?.visit), setup }));
  const together = (own: readonly Part[]) => overReturns(own, family, plan.alpha);
  const left = leaveOneOut(parts, (own) => judgeOver(own, family, plan.alpha));
  const primary: EndpointAnalysis = {
    analysis: 'primary',
    evaluation: together(parts),
    leaveOneOut: left,
    returns: parts.flatMap((part) => returnParts(part.pairs, part.setup)),
  };
  const others = family.sensitivity.map((name): EndpointAnalysis => {
    const varied = parts.map((part) =>
      name === 'with_not_evaluable'
        ? withNotEvaluable(tubes, family, part.setup)
        : vary(name, part.pairs, part.setup, left),
    );
    const whole = varied.flatMap((part) => part ?? []);
    const [only] = parts;
    return {
      analysis: name,
      evaluation: whole.length === parts.length ? together(whole) : undefined,
      leaveOneOut: name === 'leave_one_out' ? left : undefined,
      counting:
        name === 'counting' && only && parts.length === 1 ? countingBootstrap(only.pairs, only.setup, seed) : undefined,
    };
  });
  return [primary, ...others];
}

/** Everything that a row says, of the visit of return that decides. */
function overReturns(parts: readonly Part[], family: Family, alpha: number): Evaluation {
  const evaluations = parts.map(({ pairs, setup }) => evaluate(pairs, setup));
  const decisive = overVisits(evaluations, family, alpha);
  const { p, decision } = decisive;
  if (decision.status === 'not_estimable' || p === null || p === exactP(decision)) return decisive;
  // Holm over the visits made another p of it than the patterns that were counted.
  return { ...decisive, decision: { ...decision, p, count: null, total: null, method: `${decision.method}+holm` } };
}

/** p alone; undefined where the analysis cannot be done. */
function judgeOver(parts: readonly Part[], family: Family, alpha: number): number | undefined {
  const answers = parts.map(({ pairs, setup }) => {
    const decision = decide(pairs, setup);
    return decision.status === 'not_estimable'
      ? { p: null, smallestP: 1 }
      : { p: exactP(decision), smallestP: decision.smallestP };
  });
  return overVisits(answers, family, alpha).p ?? undefined;
}

/** What a sensitivity analysis changes; undefined for one that needs something that is not there. */
function vary(
  name: SensitivityName,
  pairs: readonly CompletePair[],
  setup: Setup,
  left: LeaveOneOut | undefined,
): { pairs: readonly CompletePair[]; setup: Setup } | undefined {
  switch (name) {
    case 'percent':
      return { pairs, setup: { ...setup, rule: withScale(setup.rule, 'percent', setup.endpointZeroRule) } };
    case 'pratt':
      return { pairs, setup: { ...setup, zeroHandling: 'pratt' } };
    case 't_logit': {
      const rule = withScale(setup.rule, 'logit', setup.endpointZeroRule);
      return { pairs, setup: { ...setup, rule, test: 'paired_t' } };
    }
    case 'without_flagged':
      return { pairs: pairs.filter((pair) => !isFlagged(pair)), setup };
    case 'leave_one_out':
      return { pairs: pairs.filter((pair) => left && pair.subject !== left.subject), setup };
    case 'absolute':
      return inCells(pairs, setup);
    case 'with_not_evaluable':
    case 'draws':
    case 'counting':
      // Many analyses, of which the row holds a summary.
      return undefined;
    default:
      return name satisfies never;
  }
}

/** The same patients in cells per µL, where every tube has them: the only scale on which parts of a whole do not push. */
function inCells(
  pairs: readonly CompletePair[],
  setup: Setup,
): { pairs: readonly CompletePair[]; setup: Setup } | undefined {
  if (setup.rule.isAbsolute || setup.question === 'equivalence') return undefined;
  const hasCells = (tube: CompletePair['later']) => tube === undefined || tube.absolute !== null;
  const counted = pairs.filter((pair) => hasCells(pair.from) && hasCells(pair.to) && hasCells(pair.later));
  if (counted.length === 0) return undefined;
  const scale = isRatioScale(setup.rule.scale) ? 'log-ratio' : 'percent';
  return {
    pairs: counted,
    setup: { ...setup, unit: 'cells/µL', rule: { ...withScale(setup.rule, scale, 'none'), isAbsolute: true } },
  };
}

/** With the tubes whose parents were too few to judge, by their counts: what the rule of evaluability decides. */
function withNotEvaluable(
  tubes: EndpointTubes,
  family: Family,
  setup: Setup,
): { pairs: readonly CompletePair[]; setup: Setup } | undefined {
  if (setup.rule.isAbsolute) return undefined;
  const all = new Map(
    [...tubes].map(([subject, visits]) => [
      subject,
      new Map([...visits].map(([visit, tube]) => [visit, judgeTube(tube)])),
    ]),
  );
  const { from, to } = family.comparison;
  return { pairs: completePairs(all, from, to, setup.returnTo?.visit), setup };
}

function judgeTube(tube: CompletePair['from']): CompletePair['from'] {
  const { count, parentCount, reason } = tube;
  if (reason !== 'not_evaluable' || count === null || parentCount === null || parentCount === 0) return tube;
  return { ...tube, percent: (100 * count) / parentCount, reason: '' };
}

/** A flag that only notes what is usual leaves no patient out. */
function isFlagged(pair: CompletePair): boolean {
  return [pair.from, pair.to, pair.later].some((tube) => tube?.flags.some(isLook));
}

/**
 * The analysis repeated without each patient in turn: the largest p and whose absence gives it. An analysis that is
 * then not estimable counts as p = 1. Of equal p the patient with the largest difference matters most, then the first.
 */
function leaveOneOut(
  parts: readonly Part[],
  judgeParts: (parts: readonly Part[]) => number | undefined,
): LeaveOneOut | undefined {
  const sizes = new Map<string, number>();
  for (const { pairs, setup } of parts) {
    const { differences } = scalePairs(pairs, setup.rule);
    pairs.forEach(({ subject }, i) => {
      if (!sizes.has(subject)) sizes.set(subject, Math.abs(differences[i]!));
    });
  }
  if (sizes.size < 2 || judgeParts(parts) === undefined) return undefined;
  let found: (LeaveOneOut & { size: number }) | undefined;
  const subjects = [...sizes.keys()].sort(byCodeUnit);
  for (const subject of subjects) {
    const without = parts.map(({ pairs, setup }) => ({
      pairs: pairs.filter((pair) => pair.subject !== subject),
      setup,
    }));
    const p = judgeParts(without) ?? 1;
    const size = sizes.get(subject)!;
    const isLarger = found === undefined || p > found.pMax || (p === found.pMax && size > found.size);
    if (isLarger) found = { pMax: p, subject, size };
  }
  return found && { pMax: found.pMax, subject: found.subject };
}
