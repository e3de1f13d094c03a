import { median } from 'd3-array';
import type { Frequency } from '../../frequencies/index.ts';
import type { BookTubeGate } from '../../gating/index.ts';
import { flagWords } from '../flagWords.ts';

/** A gate of one tube with what came of it. */
interface Judged {
  readonly placed: BookTubeGate;
  readonly row: Frequency | undefined;
}

// A flag that asks for a look outweighs any share; a gate without a place outweighs all.
const weights = { nowhere: 20, look: 6, note: 1, fallback: 1.5, override: 1 } as const;
const mostSpread = 5;

/**
 * How much each tube's gate asks for a look: flags, a fallback, and how far its share lies from that of the other tubes, in
 * robust standard deviations of the log odds.
 */
export function doubtScores(tubes: readonly Judged[], common: ReadonlySet<string>): readonly number[] {
  const odds = tubes.map(({ row }) => logOdds(row));
  const known = odds.filter((value) => value !== undefined);
  const middle = median(known) ?? 0;
  const spread = 1.4826 * (median(known.map((value) => Math.abs(value - middle))) ?? 0);
  return tubes.map(({ placed, row }, i) => {
    const own = odds[i];
    const far = own === undefined || spread === 0 ? 0 : Math.min(mostSpread, Math.abs(own - middle) / spread);
    const flags = [...new Set([...placed.flags, ...(row?.flags ?? [])])].filter((flag) => !common.has(flag));
    const ofFlags = flags.reduce((sum, flag) => sum + weights[flagWords(flag).level], 0);
    const ofPlace =
      (placed.geometry.kind === 'none' ? weights.nowhere : 0) +
      (placed.fallback === null ? 0 : weights.fallback) +
      (placed.override === null ? 0 : weights.override);
    return Math.round((ofPlace + ofFlags + far) * 100) / 100;
  });
}

/** With half an event on each side, so that 0 and all have a value. */
function logOdds(row: Frequency | undefined): number | undefined {
  if (!row || row.count === null || !row.parentCount) return undefined;
  return Math.log((row.count + 0.5) / (row.parentCount - row.count + 0.5));
}
