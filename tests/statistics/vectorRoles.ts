import type { Vector } from './compareVector.ts';

/** What a package prints and is wrong: the definition beside it must differ from it. */
export const traps: Readonly<Record<string, string>> = {
  'wsr.C.normal': 'p',
  'wsr.D.normal': 'p',
  'wsr.F.raw': 'p',
  'wsr.G.raw': 'p',
  'hl.A.label': 'achieved',
  'hl.C.normal': 'estimate',
  'hl.D.dropped': 'estimate',
  'flip.F.naive': 'p',
  'es.dz.normal': 'dz_lower',
  'adj.missing.dropped': 'adjusted',
  'mcnemar.chisq': 'p',
  'lmm.complete_cases': 'p',
  'spearman.ties.t': 'p',
  'kendall.ties.normal': 'p',
  'mwu.ties.normal': 'p',
};

/** Traps in which the package gives no number: ours must. */
export const silentTraps = ['t.Z.logit.raw', 't.constant'];

/** Vectors with a stated error, in p, around a definition. */
export const approximations: Readonly<Record<string, number>> = {
  'flip.H.montecarlo': 0.0016,
  // Relative 0.5 of the chi-square p.
  'friedman.chisq': 0.5 * 0.0137005,
};

export const notOffered: Readonly<Record<string, string>> = {
  'dist.tukey': 'studentised range: no method here needs it',
  'lmm.missing.KR': 'Kenward–Roger degrees of freedom',
};

/** The page that gives every vector its place: id, method, role, and how this program answers it. */
export function vectorPage(vectors: readonly Vector[], claims: readonly Vector[]): string {
  const rowOf = ({ id, method, role, rtol, differs_from: of }: Vector) =>
    `| \`${id}\` | ${method} | ${role} | ${placeOf(id, rtol, of)} |`;
  const rows = vectors.map(rowOf);
  return [
    `# The ${vectors.length} vectors of R, the ${claims.length} of claims, and how each is met`,
    '',
    'Made by R 4.2.2, each with its command, in `tests/statistics/vectors/stat_vectors.json`; every definition confirmed a second',
    'way. A definition is met within its relative tolerance; a trap is what a package prints and is wrong, and ours is shown to',
    'differ; an approximation must lie within its stated error of ours. `tests/statistics/vectors.test.ts` holds this page to it.',
    '',
    '| vector | method | role | here |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '## Claims, ordered groups, values of their own',
    '',
    'Made by `tests/statistics/vectors/claim_vectors.py`: scipy 1.17.1, numerical integration, and plain enumeration of every sign',
    'pattern, allocation and order, which know nothing of this program.',
    '',
    '| vector | method | role | here |',
    '| --- | --- | --- | --- |',
    ...claims.map(rowOf),
    '',
  ].join('\n');
}

function placeOf(id: string, rtol: number | undefined, of: string | undefined): string {
  const [trap, error, reason] = [traps[id], approximations[id], notOffered[id]];
  if (reason !== undefined) return `not offered: ${reason}`;
  if (trap !== undefined) return `\`${trap}\` differs from it, and meets \`${of}\``;
  if (silentTraps.includes(id)) return 'R gives no number; ours gives one, or says why there is none';
  if (error !== undefined) return `\`${of}\` lies within ${error} of it`;
  return `met within ${rtol}`;
}
