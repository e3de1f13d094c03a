const blanks = /^[\s\0]+|[\s\0]+$/g;

/** Text without blanks, line ends and NULs at either end: what old writers pad with. */
export function trimPadding(text: string): string {
  return text.replace(blanks, '');
}

/**
 * A number of TEXT or HEADER: digits only, blanks and NULs around them ignored; "12abc", "1e5", "+1" are none.
 * @returns 0 … 2⁵³ − 1, or undefined
 */
export function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const digits = trimPadding(text);
  if (!/^\d+$/.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : undefined;
}
