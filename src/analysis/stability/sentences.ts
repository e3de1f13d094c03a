import { isRatioScale, type ScaleName } from '../../statistics/index.ts';
import { signedText } from '../words/numberWords.ts';

/** An effect on its scale as people read it: the ratio, or points with their sign. */
export function effectNumber(value: number, scale: ScaleName): string {
  return !isRatioScale(scale) ? signedText(value) : Math.exp(value).toFixed(2);
}

interface Spread {
  readonly low: string;
  readonly high: string;
  readonly scale: ScaleName;
}

/** With what it is a range of: an odds ratio is never called a ratio. */
function rangeText({ low, high, scale }: Spread): string {
  const names = { 'log-ratio': 'ratio ', logit: 'odds ratio ', percent: '', arcsinh: 'arcsinh ' } as const;
  return `${names[scale]}${low} to ${high}`;
}

function shareText(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

/** How far a conclusion hangs on where the gate lies (bounds .95 and .5: a convention of the plan). */
export function gateSentence(gate: {
  readonly subset: string;
  readonly share: number;
  readonly draws: number;
  readonly same: number;
  readonly range: Spread | null;
  readonly isPlannedShown: boolean;
  readonly question: string;
  readonly tippingPoint: number | null;
}): string {
  const { subset, share, draws, same, range, isPlannedShown, question, tippingPoint } = gate;
  const turns =
    tippingPoint === null ? '' : `; it changes where the border passes ${tippingPoint.toFixed(2)} along the ridge`;
  const spread = range ? `; ${rangeText(range)} in 90 % of them` : '';
  const few = `${shareText(share)} of ${draws}${spread}`;
  const of = `${shareText(share)} of ${draws} plausible gates${spread}`;
  if (!isPlannedShown) {
    const what = { equivalence: 'equivalence', transient: 'the claim' }[question] ?? 'a change';
    const others = same === draws ? '' : `; ${what} would be shown under the other ${draws - same}`;
    return `${subset}: same verdict, not shown, under ${same} of ${draws} plausible gates${spread}${others}${turns}.`;
  }
  if (share >= 0.95) return `${subset}: this holds under all but few plausible gates (${few})${turns}.`;
  if (share >= 0.5) return `${subset}: this depends on the gate; it holds under ${of}${turns}.`;
  return `${subset}: this is not robust; it holds under ${of}${turns}.`;
}

/** Stability against counting; it is no interval, and says so. */
export function countingSentence(counting: {
  readonly subset: string;
  readonly share: number;
  readonly rounds: number;
  readonly low: string;
  readonly high: string;
  readonly scale: ScaleName;
}): string {
  const { subset, share, rounds } = counting;
  return `${subset}: counted again ${rounds} times, the estimate lay at ${rangeText(counting)} in 95 % of the rounds and p at or below α in ${shareText(share)} (stability against counting, not an interval).`;
}
