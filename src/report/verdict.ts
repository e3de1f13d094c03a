import type { Comparison } from '../analysis/index.ts';
import { flagsOfCell } from './flagBadges.ts';

/** A comparison's answer in a few words; `shown` where the claim that was asked for holds. */
export interface Verdict {
  readonly words: string;
  readonly tone: 'shown' | 'not-shown' | 'none';
}

/** The answer of one row, by the same cells as its sentence: nothing is judged anew. */
export function verdictOf(row: Comparison): Verdict {
  if (row.status === 'not_estimable' || row.p === null) return { words: 'not estimable', tone: 'none' };
  switch (row.question) {
    case 'equivalence':
      return equivalence(row, row.p);
    case 'transient':
      return transient(row, row.p);
    default:
      return change(row, row.p);
  }
}

// In a family that is not adjusted nothing is rejected, and the p itself is read.
function isShown(row: Comparison, p: number): boolean {
  return row.reject ?? (row.alpha !== null && p <= row.alpha);
}

function change(row: Comparison, p: number): Verdict {
  if (!isShown(row, p)) return notShown(row, 'no change detected');
  const direction = (row.estimate ?? 0) < 0 ? 'fall' : 'rise';
  return { words: row.reject === null ? `${direction}, not adjusted` : `${direction} shown`, tone: 'shown' };
}

function equivalence(row: Comparison, p: number): Verdict {
  if (isShown(row, p)) return { words: 'within the margins', tone: 'shown' };
  const isChanged = row.difference_p !== null && row.alpha !== null && row.difference_p <= row.alpha;
  return notShown(row, isChanged ? 'change; equivalence not shown' : 'neither shown');
}

function transient(row: Comparison, p: number): Verdict {
  if (flagsOfCell(row.flags).includes('rise_not_shown')) return notShown(row, 'rise not shown');
  return isShown(row, p) ? { words: 'rise and return shown', tone: 'shown' } : notShown(row, 'return not shown');
}

function notShown(row: Comparison, words: string): Verdict {
  return { words: row.can_reject === false ? `${words}; this n cannot reach α` : words, tone: 'not-shown' };
}
