/** One tube counted by both: ours and the laboratory's own, in the same unit. */
export interface AgreementPair {
  /** Whose tube it is; tubes of one subject are not independent of each other. */
  readonly subject: string;
  readonly manual: number;
  readonly auto: number;
}

export interface LevelLimits {
  readonly low: number;
  readonly high: number;
}

/** Below this many tubes only point values are given. */
export const FEWEST_FOR_INTERVALS = 8;

/** The tubes of each subject, subjects ascending by code units, so that sums do not depend on the order of rows. */
export function bySubject<T extends { readonly subject: string }>(pairs: readonly T[]): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const pair of pairs) {
    const own = groups.get(pair.subject);
    if (own === undefined) groups.set(pair.subject, [pair]);
    else own.push(pair);
  }
  return [...groups.keys()].sort().map((subject) => groups.get(subject) ?? []);
}

/** Values with each subject left out in turn: the jackknife over what is independent. */
export function leaveOneSubjectOut(
  pairs: readonly AgreementPair[],
  estimate: (kept: readonly AgreementPair[]) => number | undefined,
): readonly number[] | undefined {
  const groups = bySubject(pairs);
  const values = groups.map((left) => estimate(groups.filter((group) => group !== left).flat()));
  return values.every((value) => value !== undefined && Number.isFinite(value)) ? (values as number[]) : undefined;
}
