/** A run of letters and digits as it stands in a text. */
interface Run {
  readonly token: string;
  /** Written without capitals: `CD11 a` is a chain, `CD11-A` may be an area. */
  readonly isLower: boolean;
}

/** Antigens whose number alone is another one, or none, with the letters that tell them apart (HLDA workshops). */
const lettered: ReadonlyMap<string, RegExp> = new Map([
  ['cd1', /^[a-e]$/],
  ['cd3', /^[degz]$/],
  ['cd8', /^[ab]$/],
  ['cd11', /^[a-d]$/],
  ['cd16', /^[ab]$/],
  ['cd32', /^[abc]$/],
  ['cd40', /^l$/],
  ['cd42', /^[a-d]$/],
  ['cd45', /^r(a|b|c|o)?$/],
  ['cd49', /^[a-f]$/],
  ['cd62', /^[elp]$/],
  ['cd66', /^[a-f]$/],
  ['cd79', /^[ab]$/],
  ['cd85', /^[adghjk]$/],
  ['cd107', /^[ab]$/],
  ['cd120', /^[ab]$/],
  ['cd140', /^[ab]$/],
  ['cd158', /^[a-k]$/],
  ['cd159', /^[ac]$/],
  ['cd172', /^[abg]$/],
  ['cd235', /^(a|b|ab)$/],
  ['cd300', /^[a-g]$/],
  ['cd307', /^[a-e]$/],
  ['45', /^r[ao]$/],
  ['62', /^l$/],
  ['hla', /^(a|b|c|e|f|g|abc|bc|d[mopqr]\d?|drdpdq)$/],
]);
const chainWords = /^(alpha|beta|gamma|delta|epsilon|zeta)$/;

/** Words that stand apart and are one name, joined; the others as they are. */
export function joined(runs: readonly Run[]): string[] {
  const words: string[] = [];
  for (const run of runs) {
    const last = words.at(-1) ?? '';
    const suffix = suffixTo(last, run);
    if (suffix === undefined) words.push(run.token);
    else words[words.length - 1] = last + suffix;
  }
  return words;
}

/** What a run adds to the word before it; undefined where it is a word of its own. */
function suffixTo(last: string, { token, isLower }: Run): string | undefined {
  if (last === 'cd' && /^\d/.test(token)) return token;
  if (last === 'ig' && /^\p{L}$/u.test(token)) return token;
  // PE-Cy5.5 is no PE-Cy5.
  if (/cy5$/.test(last) && token === '5') return token;
  if (/^cd\d+$/.test(last) && chainWords.test(token)) return token.charAt(0);
  // A single capital A, alone of the letters, is as often an area: CD8-A.
  if (token === 'a' && !isLower && last !== 'hla') return undefined;
  return lettered.get(last)?.test(token) ? token : undefined;
}
