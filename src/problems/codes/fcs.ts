import type { CodeEntry } from '../codeEntry.ts';

/** Codes of the FCS room: the traps of docs/fcs.md. */
export const fcsCodes = {
  'fcs.not-fcs': { says: 'the file does not begin as an FCS file', hint: 'export the tube again as FCS' },
} as const satisfies Record<string, CodeEntry>;
