import type { ScaleName } from '../../statistics/index.ts';
import { levelText, pText, pValueOnly, signedText } from './numberWords.ts';

/** An effect on its scale with the interval of the row. */
interface EffectWords {
  readonly scale: ScaleName;
  readonly isAbsolute: boolean;
  /** On the scale: ln units, or points. */
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Achieved level of the interval, as a fraction. */
  readonly level: number | null;
}

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
  return `No change of ${v.subset} was detected: ${effect}${pText(v.p)}${adjustedText(v)}${includes}.${cannotText(v)}`;
}

export interface EquivalenceVerdict extends Verdict {
  /** As declared: ratios, odds ratios or points. */
  readonly margins: readonly [number, number];
  /** The interval beside the verdict, on the scale, and its level. */
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
  readonly differenceP: number | null;
}

export function equivalentSentence(v: EquivalenceVerdict): string {
  const where = `${v.subset} at ${v.to} lay within the planned margins ${marginText(v)} of baseline`;
  return `${where}: ${equivalenceEffect(v)}, ${v.testWords} ${pText(v.p)}${inFamilyText(v)}.`;
}

export function neitherSentence(v: EquivalenceVerdict): string {
  const change = v.differenceP === null ? 'not estimable' : pText(v.differenceP);
  const claim = `Neither a change (${change}) nor equivalence (${pText(v.p)}${inFamilyText(v)}) was shown for ${v.subset}`;
  return `${claim}; ${equivalenceEffect(v)}.${cannotText(v)}`;
}

/** A change was shown where equivalence was asked. */
export function changedNotEquivalentSentence(v: EquivalenceVerdict): string {
  const direction = (v.effect?.estimate ?? 0) < 0 ? 'fell' : 'rose';
  const change = v.differenceP === null ? '' : ` (exact signed-rank ${pText(v.differenceP)}, not adjusted)`;
  const equivalence = `equivalence within ${marginText(v)} was not shown (${v.testWords} ${pText(v.p)}${inFamilyText(v)})`;
  return `${v.subset} ${direction} from ${v.from} to ${v.to}${change}: ${equivalenceEffect(v)}; ${equivalence}.`;
}

/** Equivalence was asked without margins: an interval and no verdict. */
export function intervalOnlySentence(v: Omit<EquivalenceVerdict, 'margins'>): string {
  return `${v.subset} at ${v.to} against ${v.from}: ${equivalenceEffect(v)}; no margins were declared, so there is no verdict.`;
}

export interface TransientVerdict extends Verdict {
  readonly later: string;
  readonly by: 'fall' | 'equivalence';
  readonly margins: readonly [number, number] | null;
}

export function transientSentence(v: TransientVerdict): string {
  const iut = `(intersection–union ${pText(v.p)}${adjustedText(v)})`;
  if (v.by === 'fall' || !v.margins) return `${v.subset} rose at ${v.to} and fell again by ${v.later} ${iut}.`;
  return `${v.subset} rose at ${v.to} and was back within ${marginText({ margins: v.margins })} of baseline at ${v.later} ${iut}.`;
}

export function returnNotShownSentence(v: TransientVerdict): string {
  const what = `a return to baseline by ${v.later} was not shown`;
  return `${v.subset} rose at ${v.to}; ${what} (${pText(v.p)}${adjustedText(v)}).${cannotText(v)}`;
}

/** The rise itself lacks its own two-sided test; whatever came later is then not judged. */
export function riseNotShownSentence(v: TransientVerdict): string {
  const iut = `intersection–union ${pText(v.p)}${adjustedText(v)}`;
  return `A rise of ${v.subset} at ${v.to} was not shown; a later return is therefore not judged (${iut}).${cannotText(v)}`;
}

const reasonWords: Readonly<Record<string, string>> = {
  no_pairs: 'no complete pairs',
  one_pair: 'one complete pair only',
  all_zero: 'every difference is zero',
  sd_zero: 'all differences are equal',
  infinite_on_scale: 'a zero without counts has no value on this scale',
  no_margins: 'no margins were declared',
  ratio_margin_above_half: 'a ratio margin is refused for a share above 50 %',
  not_applicable: 'this analysis does not apply to the endpoint',
  not_computed: 'not computed',
  no_covariate: 'no patient has the covariate',
  no_counts: 'counting error needs counted events',
  too_few: 'fewer than four patients',
  constant: 'one of the two does not vary',
  not_two_groups: 'there are not exactly two groups',
  empty_group: 'a group has no patient',
  all_tied: 'all values are equal',
  nobody_changed: 'nobody responded at one of the two only',
  parts_overlap: 'the parts exceed the whole',
  one_visit: 'one visit only',
  one_subject: 'one patient only',
  no_residual_df: 'too few values for the model',
};

/** Why there is no number, in words. */
export function reasonText(reason: string): string {
  return reasonWords[reason] ?? reason;
}

export function notEstimableSentence(subset: string, reason: string): string {
  return `${subset}: not estimable (${reasonText(reason)}).`;
}

/** "5 used pairs cannot reach α = 0.05 in a family of 2 (smallest p 0.0625)." */
function cannotSentence(nUsed: number, alpha: number, familySize: number, smallestP: number): string {
  const smallest = smallestP < 0.0001 ? '< 0.0001' : smallestP.toFixed(4);
  return `${nUsed} used pairs cannot reach α = ${alpha} in a family of ${familySize} (smallest p ${smallest}).`;
}

function cannotText(v: Verdict): string {
  return v.cannot ? ` ${cannotSentence(v.nUsed, v.alpha, v.familySize, v.cannot.smallestP)}` : '';
}

function testText(v: Verdict): string {
  const counted = v.count === null || v.total === null ? '' : ` (${v.count} of ${v.total})`;
  const adjusted = v.adjusted
    ? `, ${v.adjusted.words} ${pValueOnly(v.adjusted.p)} in a family of ${v.familySize}`
    : ', exploratory, not adjusted';
  return `${v.testWords} ${pText(v.p)}${counted}${adjusted}`;
}

// Said only where it decides: the p alone would pass.
function adjustedText(v: Verdict): string {
  return v.p <= v.alpha && v.adjusted && v.adjusted.p > v.alpha ? inFamilyText(v) : '';
}

// Tables show the adjusted p of an equivalence: a sentence with the bare p alone would seem to contradict them.
function inFamilyText(v: Verdict): string {
  if (!v.adjusted || v.familySize < 2) return '';
  return `, ${v.adjusted.words} ${pValueOnly(v.adjusted.p)} in a family of ${v.familySize}`;
}

function effectText(effect: EffectWords): string {
  return `${effectName(effect, effect.estimate)}${intervalText(effect, effect)}`;
}

function effectName(effect: EffectWords, value: number): string {
  if (effect.scale === 'log-ratio') return `ratio ${Math.exp(value).toFixed(2)}`;
  if (effect.scale === 'logit') return `odds ratio ${Math.exp(value).toFixed(2)}`;
  return `change ${signedText(value)} ${pointUnit(effect)}`;
}

function pointUnit(effect: EffectWords): string {
  return effect.isAbsolute ? 'cells/µL' : 'percentage points';
}

function valueText(effect: EffectWords, value: number): string {
  return effect.scale === 'percent' ? signedText(value) : Math.exp(value).toFixed(2);
}

function intervalText(
  effect: EffectWords,
  at: { low: number | null; high: number | null; level: number | null },
): string {
  if (at.low === null || at.high === null || at.level === null) return '';
  return ` (${levelText(at.level)} interval ${valueText(effect, at.low)} to ${valueText(effect, at.high)})`;
}

function includesText(effect: EffectWords): string {
  if (effect.low === null || effect.high === null) return '';
  const names = { 'log-ratio': 'ratios', logit: 'odds ratios', percent: 'changes' } as const;
  const unit = effect.scale === 'percent' ? ` ${pointUnit(effect)}` : '';
  const [low, high] = [valueText(effect, effect.low), valueText(effect, effect.high)];
  return `; the interval includes ${names[effect.scale]} from ${low} to ${high}${unit}`;
}

function equivalenceEffect(v: Omit<EquivalenceVerdict, 'margins'>): string {
  if (!v.effect) return 'no estimate';
  const name = effectName(v.effect, v.effect.estimate);
  if (!v.interval) return name;
  const { low, high, level } = v.interval;
  const percent = `${Number((100 * level).toFixed(1))} %`;
  return `${name}, ${percent} interval ${valueText(v.effect, low)} to ${valueText(v.effect, high)}`;
}

function marginText({ margins }: { readonly margins: readonly [number, number] }): string {
  const text = (value: number) => (value < 0 ? `−${Math.abs(value).toFixed(2)}` : value.toFixed(2));
  return `${text(margins[0])}–${text(margins[1])}`;
}
