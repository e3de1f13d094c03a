import { isRatioScale, type ScaleName } from '../../statistics/index.ts';
import { levelText, signedText } from './numberWords.ts';

/** An effect on its scale with the interval of the row. */
export interface EffectWords {
  readonly scale: ScaleName;
  /** Of a difference that is no ratio: percentage points, cells/µL … */
  readonly unit: string;
  /** On the scale: ln units, or points. */
  readonly estimate: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Achieved level of the interval, as a fraction. */
  readonly level: number | null;
}

/** The estimate in the words of its scale, with its interval and the level that this reaches. */
export function effectText(effect: EffectWords): string {
  return `${effectName(effect, effect.estimate)}${intervalText(effect, effect)}`;
}

/** The estimate alone: `odds ratio 1.06`, `change +2.10 percentage points`. */
export function effectName(effect: EffectWords, value: number): string {
  if (effect.scale === 'log-ratio') return `ratio ${Math.exp(value).toFixed(2)}`;
  if (effect.scale === 'logit') return `odds ratio ${Math.exp(value).toFixed(2)}`;
  return `change ${signedText(value)} ${pointUnit(effect)}`;
}

function pointUnit(effect: EffectWords): string {
  return effect.scale === 'arcsinh' ? 'arcsinh units' : effect.unit;
}

/** A value of the scale as people read it: a ratio, or points with their sign. */
export function valueText(effect: EffectWords, value: number): string {
  return !isRatioScale(effect.scale) ? signedText(value) : Math.exp(value).toFixed(2);
}

function intervalText(
  effect: EffectWords,
  at: { low: number | null; high: number | null; level: number | null },
): string {
  if (at.low === null || at.high === null || at.level === null) return '';
  return ` (${levelText(at.level)} interval ${valueText(effect, at.low)} to ${valueText(effect, at.high)})`;
}

export function includesText(effect: EffectWords): string {
  if (effect.low === null || effect.high === null) return '';
  const names = { 'log-ratio': 'ratios', logit: 'odds ratios', percent: 'changes', arcsinh: 'changes' } as const;
  const unit = !isRatioScale(effect.scale) ? ` ${pointUnit(effect)}` : '';
  const [low, high] = [valueText(effect, effect.low), valueText(effect, effect.high)];
  return `; the interval includes ${names[effect.scale]} from ${low} to ${high}${unit}`;
}

/** What a difference on a scale is called. */
function scaleWord(scale: ScaleName): string {
  if (scale === 'log-ratio') return 'ratio';
  if (scale === 'logit') return 'odds ratio';
  return scale === 'arcsinh' ? 'arcsinh units' : 'points';
}

/** Margins as declared, with what they are margins of: `0.80–1.25 (odds ratio)`. */
export function marginText(margins: readonly [number, number], scale: ScaleName): string {
  const text = (value: number) => (value < 0 ? `−${Math.abs(value).toFixed(2)}` : value.toFixed(2));
  return `${text(margins[0])}–${text(margins[1])} (${scaleWord(scale)})`;
}
