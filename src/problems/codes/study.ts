import type { CodeEntry } from '../codeEntry.ts';
import { tableCodes } from './table.ts';

/** Codes of study.yaml and the sample sheet. */
export const studyCodes = {
  'sheet.not-text': tableCodes['input.not-text'],
  'sheet.empty': tableCodes['input.empty'],
  'sheet.encoding': tableCodes['input.encoding'],
  'sheet.quotes': tableCodes['input.quotes'],
  'sheet.duplicate-column': tableCodes['input.duplicate-column'],
  'sheet.missing-column': tableCodes['input.missing-column'],
  'sheet.extra-cell': tableCodes['input.extra-cell'],
  'sheet.not-a-number': tableCodes['input.not-a-number'],
  'sheet.mixed-decimals': tableCodes['input.mixed-decimals'],
  'sheet.duplicate-sample': { says: 'a sample_id stands in two rows', hint: 'rename one of them' },
  'study.yaml-syntax': tableCodes['input.yaml-syntax'],
  'study.duplicate-key': tableCodes['input.duplicate-key'],
  'study.yaml-alias': tableCodes['input.yaml-alias'],
  'study.unknown-key': tableCodes['input.unknown-key'],
  'study.missing-key': tableCodes['input.missing-key'],
  'study.wrong-type': tableCodes['input.wrong-type'],
  'study.wrong-value': tableCodes['input.wrong-value'],
} as const satisfies Record<string, CodeEntry>;
