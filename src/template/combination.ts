/** A combination of populations as written: a name, its complement, all of several, or any of them; to any depth. */
export type Combination =
  | string
  | { readonly not: Combination }
  | { readonly and: readonly Combination[] }
  | { readonly or: readonly Combination[] };

/** Where a part of a combination stands, below the key that holds the whole. */
export interface CombinationPart {
  readonly name: string;
  readonly keys: readonly (string | number)[];
  /** Under an odd number of `not`. */
  readonly isComplement: boolean;
}

/** Every name in a combination, in the order of the text. */
export function namesIn(
  combination: Combination,
  keys: readonly (string | number)[] = [],
  isComplement = false,
): readonly CombinationPart[] {
  if (typeof combination === 'string') return [{ name: combination, keys, isComplement }];
  if ('not' in combination) return namesIn(combination.not, [...keys, 'not'], !isComplement);
  const [key, list] = 'and' in combination ? (['and', combination.and] as const) : (['or', combination.or] as const);
  return list.flatMap((part, i) => namesIn(part, [...keys, key, i], isComplement));
}

/** Whether an event is inside, by whether it is in each of the populations. */
export function isInside(combination: Combination, isMember: (name: string) => boolean): boolean {
  if (typeof combination === 'string') return isMember(combination);
  if ('not' in combination) return !isInside(combination.not, isMember);
  return 'and' in combination
    ? combination.and.every((part) => isInside(part, isMember))
    : combination.or.some((part) => isInside(part, isMember));
}

/** In words, with brackets only where they change the meaning: `(X and not (Y or Z)) or W`. */
export function combinationWords(combination: Combination): string {
  if (typeof combination === 'string') return combination;
  if ('not' in combination) return `not ${bracketed(combination.not)}`;
  const [joint, list] =
    'and' in combination ? ([' and ', combination.and] as const) : ([' or ', combination.or] as const);
  return list.map(bracketed).join(joint);
}

function bracketed(part: Combination): string {
  const isWhole = typeof part === 'string' || 'not' in part;
  return isWhole ? combinationWords(part) : `(${combinationWords(part)})`;
}
