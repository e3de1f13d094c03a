/** What a percentage is of: the events of a population, or those of one without another that lies in it. Full paths. */
export type Denominator = string | { readonly of: string; readonly without: string };

/** The population, and what is left out of it. */
export function denominatorParts(denominator: Denominator): { readonly of: string; readonly without: string | null } {
  return typeof denominator === 'string' ? { of: denominator, without: null } : denominator;
}

/**
 * Whether a population can have a share of a denominator: it lies in it, or is the whole of it. What the denominator is
 * without is no part of it, nor is what holds that.
 */
export function isPartOf(population: string, denominator: Denominator): boolean {
  const { of, without } = denominatorParts(denominator);
  if (!isWithin(population, of)) return false;
  return without === null || !(isWithin(population, without) || isWithin(without, population));
}

/** Whether a tree has a denominator. @param paths of its populations; the root is in every tree */
export function hasDenominator(paths: ReadonlySet<string>, denominator: Denominator): boolean {
  const { of, without } = denominatorParts(denominator);
  return [of, without ?? of].every((path) => path === 'root' || paths.has(path));
}

/** For messages: `"B"`, or `"B" without "B/Plasmablast"`. */
export function denominatorWords(denominator: Denominator): string {
  const { of, without } = denominatorParts(denominator);
  return without === null ? `"${of}"` : `"${of}" without "${without}"`;
}

/** Whether a path is another one or lies below it. */
export function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || ancestor === 'root' || path.startsWith(`${ancestor}/`);
}
