/** What applying patches may know of a tube: nothing of visit, arm or date. */
export interface ReviewTube {
  readonly sampleId: string;
  /** `T-3fa91c`: its name in the review. */
  readonly code: string;
  readonly batch: string;
  /** The same for tubes of one subject, without saying which. */
  readonly subjectKey: string;
}

/** Fewest hex digits of a code. */
const SHORTEST = 6;

/**
 * Codes of tubes: `T-` and the first six digits of the file's sha-256, more where two would be alike. Files with the same
 * bytes get a number behind it, in the order of their ids.
 * @param files sampleId -> sha-256
 * @returns sampleId -> code
 */
export function reviewCodes(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const hashes = [...new Set(files.values())];
  const codes = new Map<string, string>();
  const ids = [...files.keys()].sort();
  for (const id of ids) {
    const hash = files.get(id) ?? '';
    const twins = ids.filter((other) => files.get(other) === hash);
    const stem = `T-${hash.slice(0, digitsFor(hash, hashes))}`;
    codes.set(id, twins.length === 1 ? stem : `${stem}.${twins.indexOf(id) + 1}`);
  }
  return codes;
}

function digitsFor(hash: string, hashes: readonly string[]): number {
  const isTaken = (digits: number) =>
    hashes.some((other) => other !== hash && other.slice(0, digits) === hash.slice(0, digits));
  let digits = SHORTEST;
  while (digits < hash.length && isTaken(digits)) digits += 1;
  return digits;
}
