/** Scales on which shares are compared. */
export const scaleNames = ['log-ratio', 'logit', 'percent', 'arcsinh'] as const;
export type ScaleName = (typeof scaleNames)[number];

/** True where a difference on the scale is the logarithm of a ratio, so that its exp is one. */
export function isRatioScale(scale: string | null): boolean {
  return scale === 'log-ratio' || scale === 'logit';
}

/** What is done with a zero on a logarithmic scale: half an event always, nothing, or half the limit of detection. */
export const zeroRules = ['half_event', 'none', 'lod'] as const;
export type ZeroRule = (typeof zeroRules)[number];

/** Of arcsinh where none is named: the customary one of instruments with 18 bits. */
const COFACTOR = 150;

/** What a tube says about one endpoint. */
export interface Share {
  readonly count: number | null;
  readonly parentCount: number | null;
  /** 0…100. */
  readonly percent: number | null;
  /** Cells per µL, or another value of the tube; used instead of the share where the measure is none. */
  readonly absolute: number | null;
}

export interface ScaleRule {
  readonly scale: ScaleName;
  readonly zeroRule: ZeroRule;
  /** Limit of detection in %, for the rule `lod`. */
  readonly lod: number | undefined;
  /** The value is `absolute` and no share. */
  readonly isAbsolute: boolean;
  /** Of scale arcsinh. */
  readonly cofactor?: number;
}

/**
 * A tube's value on the endpoint's scale: ln p̃ with p̃ = (k+½)/(N+1), ln((k+½)/(N−k+½)), or the plain percentage.
 * The half event is added in every tube or in none: a rule that switches on at a zero changes everybody else's values.
 * @returns null where there is no value, and ±Infinity where the scale has none for it (a 0 without counts)
 */
export function valueOnScale(share: Share, rule: ScaleRule): number | null {
  if (rule.isAbsolute) {
    if (share.absolute === null) return null;
    if (rule.scale === 'arcsinh') return Math.asinh(share.absolute / (rule.cofactor ?? COFACTOR));
    return rule.scale === 'percent' ? share.absolute : logOf(share.absolute);
  }
  if (!isRatioScale(rule.scale)) return share.percent;
  if (rule.zeroRule === 'half_event') {
    const { count, parentCount } = share;
    if (count === null || parentCount === null) return null;
    if (rule.scale === 'logit') return Math.log((count + 0.5) / (parentCount - count + 0.5));
    return Math.log((count + 0.5) / (parentCount + 1));
  }
  if (share.percent === null) return null;
  const percent = usesDetectionLimit(share, rule) && rule.lod ? rule.lod / 2 : share.percent;
  if (rule.scale === 'log-ratio') return logOf(percent / 100);
  return percent >= 100 ? Number.POSITIVE_INFINITY : logOf(percent / (100 - percent));
}

/** Whether half the limit of detection stands for this tube's zero. */
export function usesDetectionLimit(share: Share, rule: ScaleRule): boolean {
  return rule.zeroRule === 'lod' && isRatioScale(rule.scale) && !rule.isAbsolute && share.percent === 0;
}

function logOf(value: number): number {
  return value > 0 ? Math.log(value) : Number.NEGATIVE_INFINITY;
}
