import type { CodeEntry } from '../codeEntry.ts';

/** Codes of compensation and of scales. */
export const compensationCodes = {
  'compensation.spillover-singular': {
    says: 'the spillover matrix cannot be solved',
    hint: 'check the matrix: two rows may be equal',
  },
} as const satisfies Record<string, CodeEntry>;
