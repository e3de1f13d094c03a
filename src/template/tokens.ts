import { joined } from './joinedTokens.ts';

/** Greek letters of chains and cytokines, with the letter and the word that stand for them where they cannot be typed. */
const greek: ReadonlyMap<string, readonly [letter: string, word: string]> = new Map([
  ['α', ['a', 'alpha']],
  ['β', ['b', 'beta']],
  ['γ', ['g', 'gamma']],
  ['δ', ['d', 'delta']],
  ['ε', ['e', 'epsilon']],
  ['ζ', ['z', 'zeta']],
  ['κ', ['k', 'kappa']],
  ['λ', ['l', 'lambda']],
  ['μ', ['m', 'mu']],
]);

/** `hCD24`, `huCD24`, `antiCD27`, `αCD3`; `mCD45` is the mouse's, and another antigen. */
const species = /^(?:anti)?(?:human|hu|h)?(?=cd\d)|^(?:anti-?|a)(?=cd\d|ig[adegm]$|hla)/;
/** Surface immunoglobulin: `sIgD`. */
const surface = /^s(?=ig[adegm]\d?$)/;
const chainWord = /^(cd\d+)(alpha|beta|gamma|delta|epsilon|zeta)$/;

/**
 * The words of a stain or marker name: maximal runs of letters and digits, lower case, with Greek letters, chains
 * (`CD3ε`, `CD3 epsilon`: cd3e) and species (`hCD24`: cd24) written in one way. What stands apart and makes one name is
 * joined: `CD 38`, `Ig-D`, `CD45 RA`, `HLA-DR`, `Cy5.5`.
 */
export function tokens(text: string): string[] {
  const runs = text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? [];
  return joined(runs.map((run) => ({ token: oneWay(run), isLower: run === run.toLowerCase() })));
}

function oneWay(run: string): string {
  const lower = run.toLowerCase().replaceAll('ϵ', 'ε').replaceAll('ς', 'σ');
  const alone = greek.get(lower);
  // Alone it is read as its word ("IFN-γ", "κ"), within a word as its letter ("CD3ε", "TCRγδ").
  if (alone !== undefined) return alone[1];
  const latin = [...lower].map((letter) => greek.get(letter)?.[0] ?? letter).join('');
  const plain = latin.replace(species, '').replace(surface, '');
  return plain.replace(chainWord, (_, antigen: string, chain: string) => antigen + chain.charAt(0));
}

/**
 * Does a stain name a marker? Whole tokens of it, one after another, spell the marker without separators. Never a
 * substring: `CD4` is not in `CD45`; nor do two numbers run together: `CD4 5` is not `CD45`.
 */
export function namesMarker(stain: readonly string[], marker: readonly string[]): boolean {
  const wanted = marker.join('');
  return wanted !== '' && stain.some((_, start) => spellsFrom(stain.slice(start), wanted, marker));
}

function spellsFrom(run: readonly string[], wanted: string, marker: readonly string[]): boolean {
  let spelled = '';
  for (const [index, token] of run.entries()) {
    const isNumbersMet = /\d$/.test(spelled) && /^\d/.test(token);
    // Where the marker itself has two numbers side by side ("CD45.1"), the tokens must be its own.
    if (isNumbersMet && marker[index] !== token) return false;
    spelled += token;
    if (spelled === wanted) return !isReceptor(wanted, run[index + 1]);
    if (!wanted.startsWith(spelled)) return false;
  }
  return false;
}

/** `TNF R1`, `IFN-γ Rα`: the receptor of a cytokine is another protein. */
function isReceptor(wanted: string, next: string | undefined): boolean {
  return /^(il\d|ifn|tnf|tgf)/.test(wanted) && /^(r|r[1-9abg]|ri+|receptor)$/.test(next ?? '');
}
