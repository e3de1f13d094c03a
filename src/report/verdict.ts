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
  const isChanged = row.difference_p !== null && row.alpha !== null && row.difference_p <= row.alpha;
  const fallen = (row.estimate ?? 0) < 0 ? 'fell' : 'rose';
  if (isShown(row, p)) {
    return { words: isChanged ? `${fallen} by less than the margins` : 'within the margins', tone: 'shown' };
  }
  if (row.equivalent === true && row.adjust === 'joint')
    return notShown(row, 'within the margins by itself; the joint claim was not shown');
  return notShown(row, isChanged ? 'change; equivalence not shown' : 'neither shown');
}

function transient(row: Comparison, p: number): Verdict {
  if (flagsOfCell(row.flags).includes('rise_not_shown')) return notShown(row, 'rise not shown');
  const back = row.margin_low === null ? 'later fall' : 'return';
  return isShown(row, p) ? { words: `rise and ${back} shown`, tone: 'shown' } : notShown(row, `${back} not shown`);
}

function notShown(row: Comparison, words: string): Verdict {
  if (row.can_reject !== false) return { words, tone: 'not-shown' };
  return { words: `cannot be judged with ${row.n_pairs ?? 0} pairs`, tone: 'none' };
}
