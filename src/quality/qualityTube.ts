/** One tube as quality looks at it; knows its subject and visit, since everything is placed and counted by now. */
export interface QualityTube {
  readonly sampleId: string;
  readonly subject: string | null;
  readonly visit: string | null;
  readonly role: string;
  readonly batch: string;
  /** `alignment marker` -> distance of the tube's landmark from the study's, in u. */
  readonly landmarks: Readonly<Record<string, number>>;
  /** Population path -> its events and its parent's. */
  readonly counts: Readonly<Record<string, { readonly count: number; readonly parentCount: number }>>;
  /** Population path and marker -> the brightest mode that its gate found, in u. */
  readonly modes: Readonly<Record<string, number>>;
}

/** Two visits that the study compares. */
export interface VisitPair {
  readonly from: string;
  readonly to: string;
}

/** The tubes of the subjects that have one at both visits, ascending by subject; the first of several at a visit. */
export function pairedTubes(
  tubes: readonly QualityTube[],
  { from, to }: VisitPair,
): readonly (readonly [QualityTube, QualityTube])[] {
  const samples = tubes.filter((tube) => tube.role === 'sample' && tube.subject !== null);
  const at = (subject: string, visit: string) => samples.find((one) => one.subject === subject && one.visit === visit);
  const subjects = [...new Set(samples.flatMap((tube) => tube.subject ?? []))].sort();
  return subjects.flatMap((subject) => {
    const [first, second] = [at(subject, from), at(subject, to)];
    return first === undefined || second === undefined ? [] : [[first, second] as const];
  });
}
