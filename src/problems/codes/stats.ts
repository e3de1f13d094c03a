import type { CodeEntry } from '../codeEntry.ts';

/** Codes of the analysis. */
export const statsCodes = {
  'stats.cannot-reject': {
    says: 'a family cannot reject anything with the pairs there are',
    hint: 'read the estimate and its interval; a p below alpha cannot occur',
  },
} as const satisfies Record<string, CodeEntry>;
