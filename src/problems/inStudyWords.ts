import type { Problem } from './problem.ts';
import { inReadingKeys } from './readingHint.ts';

/**
 * What a person may decide about a file is an option of the commands that read files; a study has keys for it instead, and
 * its commands no such options: the same finding for `run` and `check`, which says what to write where.
 */
export function inStudyWords(found: Problem): Problem {
  const { decides, ...rest } = found;
  return decides === undefined ? found : { ...rest, hint: inReadingKeys(decides, found.where.sampleId) };
}
