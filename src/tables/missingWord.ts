const missing =
  /^(?:n\.?\s?a\.?|n\/a|#n\/a|#nv|n\.?\s?d\.?|n\.\s?[bmv]\.|k\.\s?a\.|nan|null|none|missing|not done|nicht bestimmt|-{1,3}|[\u2013\u2014])$/i;

/**
 * Is a cell filled with a word for "no value": `NA`, `N/A`, `n.d.`, `-`, what R and pandas write, what laboratories write?
 * @param text trimmed
 */
export function isMissingWord(text: string): boolean {
  return missing.test(text);
}
