// Numbers for reading: fixed digits, a true minus sign, never used for computing. Tables of files hold the full values.

/** Shown where there is no value. */
export const noValue = '–';

/** Percent with 2 decimals, 3 where it is under 0.1 in size; without the sign %. */
export function percentText(percent: number | null): string {
  return percent === null ? noValue : fixedNumber(percent, percentDigits(percent));
}

/** A share and the ends of its interval, which have as many decimals as the share: `4.00 [3.32, 4.77]`. */
export function percentWithInterval(percent: number | null, low: number | null, high: number | null): string {
  if (percent === null) return noValue;
  const digits = percentDigits(percent);
  return fixedNumber(percent, digits) + interval(low, high, (end) => fixedNumber(end, digits));
}

/** `×2.07 [1.35, 2.94]`. */
export function ratioWithInterval(ratio: number | null, low: number | null, high: number | null): string {
  return ratio === null ? noValue : `×${fixedNumber(ratio, 2)}${interval(low, high, (end) => fixedNumber(end, 2))}`;
}

/** Percentage points with their sign: `+1.20 [0.40, 2.10]`. */
export function pointsWithInterval(points: number | null, low: number | null, high: number | null): string {
  if (points === null) return noValue;
  const digits = percentDigits(points);
  return signedNumber(points, digits) + interval(low, high, (end) => signedNumber(end, digits));
}

/** p with 4 decimals, or `< 0.0001`. */
export function pText(p: number | null): string {
  if (p === null) return noValue;
  return p < 0.0001 ? '< 0.0001' : fixedNumber(p, 4);
}

/** The level of an interval, or another share of one, as percent with 1 decimal: `96.1 %`. */
export function levelText(fraction: number | null): string {
  return fraction === null ? noValue : `${fixedNumber(100 * fraction, 1)} %`;
}

/** Any other number with 2 decimals. */
export function numberText(x: number | null): string {
  return x === null ? noValue : fixedNumber(x, 2);
}

export function countText(count: number | null): string {
  return count === null ? noValue : String(count);
}

function percentDigits(percent: number): number {
  return Math.abs(percent) < 0.1 ? 3 : 2;
}

function interval(low: number | null, high: number | null, text: (end: number) => string): string {
  if (low === null && high === null) return '';
  return ` [${low === null ? '−∞' : text(low)}, ${high === null ? '∞' : text(high)}]`;
}

function signedNumber(x: number, digits: number): string {
  const text = fixedNumber(x, digits);
  return x > 0 && Number(text) !== 0 ? `+${text}` : text;
}

function fixedNumber(x: number, digits: number): string {
  const text = Math.abs(x).toFixed(digits);
  return x < 0 && Number(text) !== 0 ? `−${text}` : text;
}
