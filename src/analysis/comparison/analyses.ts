import { isLook } from '../../problems/index.ts';
import type { Endpoint, Family, ResolvedPlan } from '../analysisInput.ts';
import type { SensitivityName } from '../plan/plan.ts';
import { type CountingBootstrap, countingBootstrap } from '../stability/countingBootstrap.ts';
import { decide } from './decide.ts';
import { type Evaluation, evaluate, exactP } from './evaluate.ts';
import { type CompletePair, completePairs, scalePairs } from './pairing.ts';
import { primarySetup, type Setup, withScale } from './setup.ts';
import { type EndpointTubes, zeroRuleOf } from './tubes.ts';

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
}

/** The planned analysis of one endpoint, then its sensitivities in the order of the plan. */
export function analysesOf(
  family: Family,
  endpoint: Endpoint,
  { plan, seed }: { readonly plan: ResolvedPlan; readonly seed: number },
  tubes: EndpointTubes,
): EndpointAnalysis[] {
  const zeroRule = zeroRuleOf(endpoint, tubes, plan.rules);
  const setup = primarySetup(family, endpoint, plan, zeroRule);
  const { from, to } = family.comparison;
  const pairs = completePairs(tubes, from, to, setup.returnTo?.visit);
  const left = leaveOneOut(pairs, setup);
  const primary: EndpointAnalysis = { analysis: 'primary', evaluation: evaluate(pairs, setup), leaveOneOut: left };
  const others = family.sensitivity.map((name): EndpointAnalysis => {
    const varied =
      name === 'with_not_evaluable' ? withNotEvaluable(tubes, family, setup) : vary(name, pairs, setup, left);
    const evaluation = varied && evaluate(varied.pairs, varied.setup);
    return {
      analysis: name,
      evaluation,
      leaveOneOut: name === 'leave_one_out' ? left : undefined,
      counting: name === 'counting' ? countingBootstrap(pairs, setup, seed) : undefined,
    };
  });
  return [primary, ...others];
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
  const scale = setup.rule.scale === 'percent' ? 'percent' : 'log-ratio';
  return { pairs: counted, setup: { ...setup, rule: { ...withScale(setup.rule, scale, 'none'), isAbsolute: true } } };
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
function leaveOneOut(pairs: readonly CompletePair[], setup: Setup): LeaveOneOut | undefined {
  if (pairs.length < 2 || decide(pairs, setup).status === 'not_estimable') return undefined;
  const sizes = scalePairs(pairs, setup.rule).differences.map(Math.abs);
  let found: (LeaveOneOut & { size: number }) | undefined;
  pairs.forEach((left, index) => {
    const decision = decide(
      pairs.filter((pair) => pair !== left),
      setup,
    );
    const p = decision.status === 'not_estimable' ? 1 : exactP(decision);
    const size = sizes[index]!;
    const isLarger = found === undefined || p > found.pMax || (p === found.pMax && size > found.size);
    if (isLarger) found = { pMax: p, subject: left.subject, size };
  });
  return found && { pMax: found.pMax, subject: found.subject };
}
