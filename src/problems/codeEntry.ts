import type { Hint } from './readingHint.ts';

/** What a code means, in one sentence, and what to do where the finding itself gives no better hint. */
export interface CodeEntry {
  readonly says: string;
  readonly hint: Hint;
}
