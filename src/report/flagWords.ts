import { flags, isLook } from '../problems/index.ts';

/** How much a flag weighs. `note`: usual, the number stands; `look`: it may change an endpoint, somebody should look. */
interface FlagWords {
  readonly level: 'note' | 'look';
  /** What it means, in one sentence. */
  readonly says: string;
}

/** The one place where the page finds what a flag means; a flag of another program counts as one to look at. */
export function flagWords(flag: string): FlagWords {
  return { level: isLook(flag) ? 'look' : 'note', says: flags[flag]?.says ?? flag.replaceAll('_', ' ') };
}
