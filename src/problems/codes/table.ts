import type { CodeEntry } from '../codeEntry.ts';

/** Codes of reading text files: CSV and YAML as such. */
export const tableCodes = {
  'input.not-found': { says: 'a file that was named does not exist', hint: 'check the path' },
} as const satisfies Record<string, CodeEntry>;
