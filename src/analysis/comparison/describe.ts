import { adjustmentOf } from '../../statistics/index.ts';
import type { ResolvedPlan } from '../analysisInput.ts';
import { countingSentence, effectNumber, gateSentence } from '../stability/sentences.ts';
import * as words from '../words/sentences.ts';
import type { Evaluation } from './evaluate.ts';
import type { MemberRow } from './memberRow.ts';

/** The sentence of a row: one form for each verdict. */
export function describe(member: MemberRow, plan: ResolvedPlan): string {
  const { endpoint, analysis } = member;
  const subset = endpoint.label ?? endpoint.population.slice(endpoint.population.lastIndexOf('/') + 1);
  const e = analysis.evaluation;
  if (!e) return stabilityWords(subset, member) ?? words.notEstimableSentence(subset, 'not_computed');
  if (e.p === null) return withoutP(subset, e, member, plan);
  const verdict = verdictOf(subset, e, e.p, member, plan);
  if (e.setup.question === 'equivalence') return equivalenceWords(verdict, e, member);
  if (e.setup.question === 'transient') return transientWords(verdict, e, member);
  return isShown(e.p, member, plan.alpha) ? words.changeSentence(verdict) : words.noneDetectedSentence(verdict);
}

/** Of the rows that sum up many analyses; undefined where they were not computed. */
function stabilityWords(
  subset: string,
  { analysis, gate, isPlannedShown, family, planned, tippingPoint }: MemberRow,
): string | undefined {
  const isRatio = planned?.setup.rule.scale !== 'percent';
  const text = (value: number) => effectNumber(value, isRatio);
  if (analysis.analysis === 'draws' && gate) {
    const range = gate.estimates && { low: text(gate.estimates.low), high: text(gate.estimates.high), isRatio };
    return gateSentence({
      subset,
      share: gate.share,
      draws: gate.draws,
      range,
      isPlannedShown,
      question: family.question,
      tippingPoint,
    });
  }
  if (!analysis.counting) return undefined;
  const { share, low, high, rounds } = analysis.counting;
  return countingSentence({ subset, share, rounds, low: text(low), high: text(high), isRatio });
}

// In a family without adjustment the p itself decides the wording, and the sentence says "not adjusted".
function isShown(p: number, { adjusted }: MemberRow, alpha: number): boolean {
  return adjusted.reject ?? p <= alpha;
}

function withoutP(subset: string, e: Evaluation, member: MemberRow, plan: ResolvedPlan): string {
  const reason = e.decision.status === 'not_estimable' ? e.decision.reason : 'not_computed';
  if (reason !== 'no_margins' || !e.estimate) return words.notEstimableSentence(subset, reason);
  const verdict = verdictOf(subset, e, 1, member, plan);
  return words.intervalOnlySentence({ ...verdict, interval: intervalOf(e), differenceP: e.differenceP });
}

function verdictOf(subset: string, e: Evaluation, p: number, member: MemberRow, plan: ResolvedPlan): words.Verdict {
  const { family, adjusted } = member;
  const { decision, setup, estimate, counts } = e;
  const isKnown = decision.status !== 'not_estimable';
  const name = adjustmentOf(family.adjust)?.words;
  return {
    subset,
    from: family.comparison.from,
    to: family.comparison.to,
    effect: estimate && {
      scale: setup.rule.scale,
      isAbsolute: setup.rule.isAbsolute,
      estimate: estimate.value,
      low: estimate.low,
      high: estimate.high,
      level: estimate.level,
    },
    nPairs: counts.pairs,
    nUp: counts.up,
    nUsed: counts.used,
    testWords: decision.words,
    p,
    count: isKnown ? decision.count : null,
    total: isKnown ? decision.total : null,
    adjusted: name !== undefined && adjusted.pAdj !== null ? { words: name, p: adjusted.pAdj } : null,
    familySize: adjusted.familySize,
    alpha: plan.alpha,
    cannot: adjusted.canReject || e.smallestP <= 0 ? null : { smallestP: e.smallestP },
  };
}

function intervalOf({ tost, setup }: Evaluation) {
  return tost && { ...tost, level: 1 - 2 * setup.alpha };
}

function equivalenceWords(verdict: words.Verdict, e: Evaluation, member: MemberRow): string {
  const margins = e.setup.margins?.declared ?? [0, 0];
  const full = { ...verdict, margins, interval: intervalOf(e), differenceP: e.differenceP };
  if (isShown(verdict.p, member, verdict.alpha)) return words.equivalentSentence(full);
  const isChanged = e.differenceP !== null && e.differenceP <= verdict.alpha;
  return isChanged ? words.changedNotEquivalentSentence(full) : words.neitherSentence(full);
}

function transientWords(verdict: words.Verdict, e: Evaluation, member: MemberRow): string {
  const later = e.setup.returnTo?.visit ?? '';
  const by = e.setup.returnTo?.by ?? 'fall';
  const full = { ...verdict, later, by, margins: e.setup.margins?.declared ?? null };
  if (member.riseShown === false) return words.riseNotShownSentence(full);
  return isShown(verdict.p, member, verdict.alpha) ? words.transientSentence(full) : words.returnNotShownSentence(full);
}
