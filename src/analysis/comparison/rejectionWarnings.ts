import { counted, type Problem, problem } from '../../problems/index.ts';
import { adjustmentOf, pairedTests } from '../../statistics/index.ts';
import type { Family, ResolvedPlan } from '../analysisInput.ts';
import { bestAdjusted } from './adjustFamily.ts';
import type { Evaluation } from './evaluate.ts';

/**
 * Before the data: the families in which so many patients, all complete and none tied with zero, could not reject
 * anything. Exploratory families decide nothing and are not named; t tests have no smallest p.
 */
export function planWarnings(plan: ResolvedPlan, subjectCount: number): Problem[] {
  return plan.families.flatMap((family) => {
    const { levels } = pairedTests[family.test];
    if (!levels) return [];
    const sides = sidesOf(family);
    const size = family.endpoints.length;
    const smallest = levels.smallestP(subjectCount, sides);
    if (!isHopeless(family, new Array<number>(size).fill(smallest), plan.alpha)) return [];
    const steps = adjustmentOf(family.adjust)?.needs === 'differences' ? 1 : size;
    const needed = levels.pairsNeeded(steps, plan.alpha, sides);
    const message = `family "${family.id}" of ${size}: ${counted(subjectCount, 'patient')} cannot reject at alpha ${plan.alpha}`;
    return [warning(`${message} (smallest p ${smallest}; ${counted(needed, 'complete pair')} needed)`)];
  });
}

/** After the data: what missing visits and zero differences left. */
export function usedWarnings(family: Family, members: readonly (Evaluation | undefined)[], alpha: number): Problem[] {
  const smallest = members.map((member) => (member === undefined || member.p === null ? 1 : member.smallestP));
  if (!pairedTests[family.test].levels || !isHopeless(family, smallest, alpha)) return [];
  const used = members.map((member) => member?.counts.used ?? 0);
  const zeros = members.reduce((sum, member) => sum + (member?.counts.zero ?? 0), 0);
  const range = [...new Set([Math.min(...used), Math.max(...used)])].join(' to ');
  const message = `family "${family.id}" of ${members.length}: ${range} used pairs cannot reject at alpha ${alpha}`;
  const zeroText = zeros === 0 ? '' : `; ${zeros} zero differences`;
  return [warning(`${message} (smallest p ${Math.min(...smallest)}${zeroText})`)];
}

function sidesOf(family: Family): 'two-sided' | 'greater' {
  return family.question === 'change' && family.alternative === 'two-sided' ? 'two-sided' : 'greater';
}

function isHopeless(family: Family, smallest: readonly number[], alpha: number): boolean {
  if (family.adjust === 'none') return false;
  return bestAdjusted(family.adjust, smallest).every((p) => p === null || p > alpha);
}

function warning(message: string): Problem {
  return problem('warning', 'stats.cannot-reject', message, {});
}
