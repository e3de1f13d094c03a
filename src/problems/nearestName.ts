import { distance } from 'fastest-levenshtein';

/**
 * The known name that a person most likely meant, or undefined where none is near.
 * @param name what was written; compared without case
 * @param known names to choose from; on equal distance the earlier wins
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const written = name.toLowerCase();
  // A third of the letters may differ: "Lymphocites" finds Lymphocytes, "B" does not find "T".
  let best = Math.max(1, Math.ceil(written.length / 3)) + 0.5;
  let found: string | undefined;
  for (const candidate of known) {
    const edits = distance(written, candidate.toLowerCase());
    if (edits < best && edits < Math.max(written.length, candidate.length)) {
      best = edits;
      found = candidate;
    }
  }
  return found;
}
