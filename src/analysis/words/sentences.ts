import { type EffectWords, effectText, includesText } from './effectWords.ts';
import { pText, pValueOnly } from './numberWords.ts';
import { reasonText } from './reasonText.ts';

export interface Verdict {
  /** What the population is called. */
  readonly subset: string;
  readonly from: string;
  readonly to: string;
  readonly effect: EffectWords | null;
  readonly nPairs: number;
  readonly nUp: number;
  readonly nUsed: number;
  /** "exact signed-rank", "paired t", … */
  readonly testWords: string;
  readonly p: number;
  readonly count: number | null;
  readonly total: number | null;
  /** "Holm-adjusted" with its p; null where nothing was adjusted. */
  readonly adjusted: { readonly words: string; readonly p: number } | null;
  readonly familySize: number;
  readonly alpha: number;
  /** Only where too few used pairs make a rejection impossible. */
  readonly cannot: { readonly smallestP: number } | null;
}

/** A change was shown, in words that say how much, in how many, and by which test. */
export function changeSentence(v: Verdict): string {
  const direction = (v.effect?.estimate ?? 0) < 0 ? 'fell' : 'rose';
  const effect = v.effect ? `${effectText(v.effect)}, ` : '';
  return `${v.subset} ${direction} from ${v.from} to ${v.to}: ${effect}${v.nUp} of ${v.nPairs} patients up; ${testText(v)}.`;
}

export function noneDetectedSentence(v: Verdict): string {
  const effect = v.effect ? `${effectText(v.effect)}, ` : '';
  const includes = v.effect ? includesText(v.effect) : '';
  return `${cannotText(v)}No change of ${v.subset} was detected: ${effect}${pText(v.p)}${adjustedText(v)}${includes}.`;
}

export function notEstimableSentence(subset: string, reason: string): string {
  return `${subset}: not estimable (${reasonText(reason)}).`;
}

/**
 * "CD24hiCD38hi cannot be judged with 5 pairs: 5 used pairs cannot reach α = 0.05 in a family of 2 (smallest p 0.0625). "
 * Said first: whatever else the row says, it could not have said more. Empty where the pairs suffice.
 */
export function cannotText(v: Verdict): string {
  if (!v.cannot) return '';
  const { smallestP } = v.cannot;
  const smallest = smallestP < 0.0001 ? '< 0.0001' : smallestP.toFixed(4);
  const why = `${v.nUsed} used pairs cannot reach α = ${v.alpha} in a family of ${v.familySize} (smallest p ${smallest})`;
  return `${v.subset} cannot be judged with ${v.nPairs} pairs: ${why}. `;
}

function testText(v: Verdict): string {
  const counted = v.count === null || v.total === null ? '' : ` (${v.count} of ${v.total})`;
  const adjusted = v.adjusted
    ? `, ${v.adjusted.words} ${pValueOnly(v.adjusted.p)} in a family of ${v.familySize}`
    : ', exploratory, not adjusted';
  return `${v.testWords} ${pText(v.p)}${counted}${adjusted}`;
}

// Said only where it decides: the p alone would pass.
export function adjustedText(v: Verdict): string {
  return v.p <= v.alpha && v.adjusted && v.adjusted.p > v.alpha ? inFamilyText(v) : '';
}

// Tables show the adjusted p of an equivalence: a sentence with the bare p alone would seem to contradict them.
export function inFamilyText(v: Verdict): string {
  if (!v.adjusted || v.familySize < 2) return '';
  return `, ${v.adjusted.words} ${pValueOnly(v.adjusted.p)} in a family of ${v.familySize}`;
}
