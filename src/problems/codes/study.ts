import type { CodeEntry } from '../codeEntry.ts';

/** Codes of study.yaml and the sample sheet. */
export const studyCodes = {
  'sheet.duplicate-sample': { says: 'a sample_id stands in two rows', hint: 'rename one of them' },
} as const satisfies Record<string, CodeEntry>;
