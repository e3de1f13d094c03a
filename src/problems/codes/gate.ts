import type { CodeEntry } from '../codeEntry.ts';

/** Codes of placement, gating and quality. */
export const gateCodes = {
  'gate.not-placed': { says: 'a gate could not be placed in a tube', hint: 'look at the tube in the report' },
} as const satisfies Record<string, CodeEntry>;
