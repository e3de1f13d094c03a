import type { CodeEntry } from '../codeEntry.ts';

/** Codes of running: command line, threads, outputs. */
export const batchCodes = {
  'cli.internal-error': { says: 'the program met a fault of its own', hint: 'repeat with --verbose and report it' },
} as const satisfies Record<string, CodeEntry>;
