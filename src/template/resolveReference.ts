import { nearestName } from '../problems/index.ts';

/** What a reference to a population may come to. */
export type Resolved =
  | { readonly kind: 'one'; readonly path: string }
  | { readonly kind: 'many'; readonly matches: readonly string[] }
  | { readonly kind: 'none'; readonly nearest: string | undefined };

/**
 * The population that a reference means: a full path, or any suffix of whole names that only one path has.
 * @param paths full paths, in tree order; `root` only if the caller allows it
 * @returns for none the shortest suffix that is near what was written
 */
export function resolveReference(reference: string, paths: readonly string[]): Resolved {
  if (paths.includes(reference)) return { kind: 'one', path: reference };
  const matches = paths.filter((path) => path.endsWith(`/${reference}`));
  const [first] = matches;
  if (first === undefined) return { kind: 'none', nearest: nearestReference(reference, paths) };
  return matches.length === 1 ? { kind: 'one', path: first } : { kind: 'many', matches };
}

/** Compared by as many names as were written, so that `B/CD24hiCD38high` finds `B/CD24hiCD38hi`. */
function nearestReference(reference: string, paths: readonly string[]): string | undefined {
  const nameCount = reference.split('/').length;
  const suffixes = paths.map((path) => path.split('/').slice(-nameCount).join('/'));
  return nearestName(reference, suffixes);
}
