import type { ScaleName } from '../../statistics/index.ts';
import { effectName, marginText, valueText } from './effectWords.ts';
import { pText } from './numberWords.ts';
import { cannotText, inFamilyText, type Verdict } from './sentences.ts';

export interface EquivalenceVerdict extends Verdict {
  /** As declared: ratios, odds ratios or points. */
  readonly margins: readonly [number, number];
  /** Of the margins. */
  readonly scale: ScaleName;
  /** Where the family makes one claim of all its endpoints: the largest p; else null. */
  readonly joint: { readonly p: number; readonly size: number } | null;
  /** The interval beside the verdict, on the scale, and its level. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
  readonly differenceP: number | null;
}

export function equivalentSentence(v: EquivalenceVerdict): string {
  const where = `${v.subset} at ${v.to} lay within the planned margins ${marginText(v.margins, v.scale)} of baseline`;
  return `${where}: ${equivalenceEffect(v)}, ${v.testWords} ${pText(v.p)}${inFamilyText(v)}${jointText(v)}.`;
}

export function neitherSentence(v: EquivalenceVerdict): string {
  const change = v.differenceP === null ? 'not estimable' : pText(v.differenceP);
  const claim = `Neither a change (${change}) nor equivalence (${pText(v.p)}${inFamilyText(v)}) was shown for ${v.subset}`;
  return `${cannotText(v)}${claim}; ${equivalenceEffect(v)}${jointText(v)}.`;
}

/** Within the margins, and yet changed: both are true of a small and steady change. */
export function changedWithinSentence(v: EquivalenceVerdict): string {
  const change = v.differenceP === null ? '' : ` (exact signed-rank ${pText(v.differenceP)}, not adjusted)`;
  const less = `by less than the margins ${marginText(v.margins, v.scale)}`;
  return `${v.subset} ${directionOf(v)} from ${v.from} to ${v.to}${change} ${less}: ${equivalenceEffect(v)}, ${v.testWords} ${pText(v.p)}${inFamilyText(v)}${jointText(v)}.`;
}

/** Within its own margins, in a family whose joint claim was not shown. */
export function withinAloneSentence(v: EquivalenceVerdict): string {
  const where = `${v.subset} at ${v.to} by itself lay within ${marginText(v.margins, v.scale)} of baseline`;
  return `${where}: ${equivalenceEffect(v)}, ${v.testWords} ${pText(v.p)}${jointText(v)}.`;
}

/** The claim of a whole family: all its endpoints within their margins. */
export function jointSentence(joint: {
  readonly subsets: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly p: number | null;
  readonly isShown: boolean;
  readonly pairs: string;
  /** The member with the largest p. */
  readonly decisive: string;
}): string {
  const { subsets, from, to, p, isShown, pairs, decisive } = joint;
  const names = subsets.length === 1 ? `${subsets[0]}` : `${subsets.slice(0, -1).join(', ')} and ${subsets.at(-1)}`;
  if (p === null)
    return `The joint claim that ${names} at ${to} all lay within their margins cannot be judged: ${decisive} has no p.`;
  const iut = `intersection–union ${pText(p)}, the largest of ${subsets.length} (${decisive}), ${pairs} patients`;
  if (isShown) return `${names} at ${to} all lay within their planned margins of ${from} (joint claim: ${iut}).`;
  return `That ${names} at ${to} all lay within their planned margins of ${from} was not shown (joint claim: ${iut}).`;
}

/** A change was shown where equivalence was asked. */
export function changedNotEquivalentSentence(v: EquivalenceVerdict): string {
  const change = v.differenceP === null ? '' : ` (exact signed-rank ${pText(v.differenceP)}, not adjusted)`;
  const equivalence = `equivalence within ${marginText(v.margins, v.scale)} was not shown (${v.testWords} ${pText(v.p)}${inFamilyText(v)})`;
  return `${v.subset} ${directionOf(v)} from ${v.from} to ${v.to}${change}: ${equivalenceEffect(v)}; ${equivalence}${jointText(v)}.`;
}

/** Equivalence was asked without margins: an interval and no verdict. */
export function intervalOnlySentence(v: Omit<EquivalenceVerdict, 'margins' | 'scale' | 'joint'>): string {
  return `${v.subset} at ${v.to} against ${v.from}: ${equivalenceEffect(v)}; no margins were declared, so there is no verdict.`;
}

function directionOf({ effect }: Verdict): string {
  return (effect?.estimate ?? 0) < 0 ? 'fell' : 'rose';
}

function jointText({ joint }: EquivalenceVerdict): string {
  return joint === null ? '' : `; claimed jointly for ${joint.size} endpoints, ${pText(joint.p)}`;
}

function equivalenceEffect(v: Omit<EquivalenceVerdict, 'margins' | 'scale' | 'joint'>): string {
  if (!v.effect) return 'no estimate';
  const name = effectName(v.effect, v.effect.estimate);
  if (!v.interval) return name;
  const { low, high, level } = v.interval;
  const percent = `${Number((100 * level).toFixed(1))} %`;
  return `${name}, ${percent} interval ${valueText(v.effect, low)} to ${valueText(v.effect, high)}`;
}
