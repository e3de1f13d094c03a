import { counted } from '../../problems/index.ts';
import type { ReviewSummary } from './reviewed.ts';

/** `2 of 301 gates moved by AB, 60 of 301 looked at`, and how many patches came after the lock. */
export function reviewWords(summary: ReviewSummary): string {
  const { gateCount, movedCount, lookedCount, movers, lookers, afterLockCount } = summary;
  const moved =
    movedCount === 0
      ? `none of ${gateCount} gates moved`
      : `${movedCount} of ${counted(gateCount, 'gate')} moved by ${movers.join(', ')}`;
  const others = lookers.filter((one) => !movers.includes(one));
  const by = others.length === 0 ? '' : ` by ${lookers.join(', ')}`;
  const late = afterLockCount === 0 ? '' : `; ${counted(afterLockCount, 'patch', 'patches')} made after unblinding`;
  return `${moved}, ${lookedCount} of ${gateCount} looked at${by}${late}`;
}
