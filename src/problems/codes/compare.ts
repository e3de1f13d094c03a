import type { CodeEntry } from '../codeEntry.ts';

/** Codes of comparing two runs. */
export const compareCodes = {
  'compare.changed-file': {
    says: 'a file of a run is not as the run wrote it',
    hint: 'what is compared is the file as it is now; run the study again to be sure',
  },
  'compare.other-study': {
    says: 'two runs are of different studies',
    hint: 'compare runs of one study; tubes and populations of the same name are compared all the same',
  },
} as const satisfies Record<string, CodeEntry>;
