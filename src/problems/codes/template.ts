import type { CodeEntry } from '../codeEntry.ts';

/** Codes of gating templates. */
export const templateCodes = {
  'template.unknown-parent': {
    says: 'a population names a parent that is not there',
    hint: 'name a population of this template',
  },
} as const satisfies Record<string, CodeEntry>;
