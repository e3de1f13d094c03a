import { pairedT } from './pairedT.ts';
import type { PairedTest } from './pairedTest.ts';
import { sign } from './sign.ts';
import { signedRank } from './signedRank.ts';
import { signFlip } from './signFlip.ts';

/** Tests of change by the name a plan gives them. */
export const changeTests = {
  signed_rank: signedRank,
  paired_t: pairedT,
  sign,
  sign_flip: signFlip,
} as const satisfies Record<string, PairedTest>;
