/**
 * The words of a stain or marker name: maximal runs of letters and digits, lower case; `CD` and `Ig` that stand apart
 * from their number or letter are joined (`CD 38`, `Ig-D`).
 */
export function tokens(text: string): string[] {
  const runs =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined: string[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const isSplit = (last === 'cd' && /^\d/.test(run)) || (last === 'ig' && /^\p{L}$/u.test(run));
    if (isSplit) joined[joined.length - 1] = `${last}${run}`;
    else joined.push(run);
  }
  return joined;
}

/**
 * Does a stain name a marker? Its tokens stand there one after another, or both are equal without separators.
 * Never a substring: `CD4` is not in `CD45`.
 */
export function namesMarker(stain: readonly string[], marker: readonly string[]): boolean {
  if (marker.length === 0) return false;
  if (stain.join('') === marker.join('')) return true;
  return stain.some((_, start) => marker.every((token, offset) => stain[start + offset] === token));
}
