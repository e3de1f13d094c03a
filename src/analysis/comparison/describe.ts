import { adjustmentOf } from '../../statistics/index.ts';
import { endpointName, type ResolvedPlan, returnVisits } from '../analysisInput.ts';
import { countingSentence, effectNumber, gateSentence } from '../stability/sentences.ts';
import { type EffectWords, effectText, marginText } from '../words/effectWords.ts';
import * as within from '../words/equivalenceSentences.ts';
import { pText } from '../words/numberWords.ts';
import * as words from '../words/sentences.ts';
import * as later from '../words/transientSentences.ts';
import type { Evaluation } from './evaluate.ts';
import type { MemberRow } from './memberRow.ts';
import type { ReturnPart } from './returnParts.ts';

/** The sentence of a row: one form for each verdict. */
export function describe(member: MemberRow, plan: ResolvedPlan): string {
  const { endpoint, analysis } = member;
  const subset = endpointName(endpoint);
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
  const scale = planned?.setup.rule.scale ?? family.scale;
  const text = (value: number) => effectNumber(value, scale);
  if (analysis.analysis === 'draws' && gate) {
    const range = gate.estimates && { low: text(gate.estimates.low), high: text(gate.estimates.high), scale };
    return gateSentence({
      subset,
      share: gate.share,
      draws: gate.draws,
      same: gate.same,
      range,
      isPlannedShown,
      question: family.question,
      tippingPoint,
    });
  }
  if (!analysis.counting) return undefined;
  const { share, low, high, rounds } = analysis.counting;
  return countingSentence({ subset, share, rounds, low: text(low), high: text(high), scale });
}

// In a family without adjustment the p itself decides the wording, and the sentence says "not adjusted".
function isShown(p: number, { adjusted }: MemberRow, alpha: number): boolean {
  return adjusted.reject ?? p <= alpha;
}

function withoutP(subset: string, e: Evaluation, member: MemberRow, plan: ResolvedPlan): string {
  const reason = e.decision.status === 'not_estimable' ? e.decision.reason : 'not_computed';
  if (reason !== 'no_margins' || !e.estimate) return words.notEstimableSentence(subset, reason);
  const verdict = verdictOf(subset, e, 1, member, plan);
  return within.intervalOnlySentence({ ...verdict, interval: intervalOf(e), differenceP: e.differenceP });
}

function verdictOf(subset: string, e: Evaluation, p: number, member: MemberRow, plan: ResolvedPlan): words.Verdict {
  const { family, adjusted } = member;
  const { decision, counts } = e;
  const isKnown = decision.status !== 'not_estimable';
  const name = adjustmentOf(family.adjust)?.words;
  return {
    subset,
    from: family.comparison.from,
    to: family.comparison.to,
    effect: effectOf(e),
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

function intervalOf({ tost }: Evaluation) {
  return tost;
}

/** The estimate with its interval; of equivalence that of the two one-sided tests, as in its verdict. */
function effectOf({ setup, estimate }: Evaluation): EffectWords | null {
  if (estimate === null) return null;
  const { value, low, high, level } = estimate;
  return { scale: setup.rule.scale, unit: setup.unit, estimate: value, low, high, level };
}

function equivalenceWords(verdict: words.Verdict, e: Evaluation, member: MemberRow): string {
  const margins = e.setup.margins?.declared ?? [0, 0];
  const scale = e.setup.margins?.scale ?? e.setup.rule.scale;
  const { family, adjusted } = member;
  const joint =
    family.claim === 'joint' && adjusted.pAdj !== null ? { p: adjusted.pAdj, size: adjusted.familySize } : null;
  const full = { ...verdict, margins, scale, joint, interval: intervalOf(e), differenceP: e.differenceP };
  const isChanged = e.differenceP !== null && e.differenceP <= verdict.alpha;
  if (isShown(verdict.p, member, verdict.alpha)) {
    return isChanged ? within.changedWithinSentence(full) : within.equivalentSentence(full);
  }
  if (joint !== null && verdict.p <= verdict.alpha) return within.withinAloneSentence(full);
  return isChanged ? within.changedNotEquivalentSentence(full) : within.neitherSentence(full);
}

function transientWords(verdict: words.Verdict, e: Evaluation, member: MemberRow): string {
  const { family, analysis } = member;
  const { from, to } = family.comparison;
  const margins = e.setup.margins;
  const full: later.TransientVerdict = {
    ...verdict,
    later: e.setup.returnTo?.visit ?? '',
    laters: returnVisits(family),
    holds: family.returnTo?.several?.holds ?? 'all',
    by: e.setup.returnTo?.by ?? 'fall',
    margins: margins ? { declared: margins.declared, scale: margins.scale } : null,
    effects: (analysis.returns ?? []).map(({ visit, against, evaluation }) => {
      const nPairs = evaluation.counts.pairs;
      return { later: visit, against: against === 'from' ? from : to, effect: shownEffect(evaluation), nPairs };
    }),
  };
  if (member.riseShown === false) return later.riseNotShownSentence(full);
  return isShown(verdict.p, member, verdict.alpha) ? later.transientSentence(full) : later.returnNotShownSentence(full);
}

/** Of equivalence the interval of its two one-sided tests, so that it can be held against the margins. */
function shownEffect(e: Evaluation): EffectWords | null {
  const effect = effectOf(e);
  const interval = e.setup.question === 'equivalence' ? intervalOf(e) : null;
  return effect && interval ? { ...effect, ...interval } : effect;
}

/** The sentence of a row `return`: one later visit against one of the other two. */
export function returnSentence(member: MemberRow, { visit, against, evaluation, isTested }: ReturnPart): string {
  const { from, to } = member.family.comparison;
  const effect = shownEffect(evaluation);
  const size = effect ? effectText(effect) : 'no estimate';
  const start = `${endpointName(member.endpoint)} at ${visit} against ${against === 'from' ? from : to}: ${size}, ${evaluation.counts.pairs} patients`;
  if (!isTested || evaluation.p === null) return `${start}; described, not tested.`;
  const { margins } = evaluation.setup;
  const asked = margins ? `within ${marginText(margins.declared, margins.scale)}` : 'below';
  return `${start}; ${asked}: ${evaluation.decision.words} ${pText(evaluation.p)}, a part of the claim of rise and ${margins ? 'return' : 'later fall'}.`;
}
