/** p for people: four decimals, or `< 0.0001`; never "p = 0". */
export function pText(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${p.toFixed(4)}`;
}

/** Percent with two decimals, three below 0.1. */
export function percentText(value: number): string {
  return value.toFixed(Math.abs(value) < 0.1 ? 3 : 2);
}

/** The same with its sign. */
export function signedText(value: number): string {
  return value > 0 ? `+${percentText(value)}` : percentText(value);
}

/** The p alone, after words that say which. */
export function pValueOnly(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4);
}

/** Achieved level of an interval, with one decimal. */
export function levelText(level: number): string {
  return `${(100 * level).toFixed(1)} %`;
}
