import {
  adjustmentOf,
  adjustments,
  flippedAs,
  type JointAdjustment,
  type MaxTOutcome,
} from '../../statistics/index.ts';
import type { Family } from '../analysisInput.ts';
import type { Adjusted } from './adjusted.ts';
import type { Evaluation } from './evaluate.ts';

/** What of an analysis its family is adjusted by. */
export type Judged = Pick<Evaluation, 'p' | 'smallestP' | 'differences' | 'tolerance' | 'setup'>;

/** One analysis over the whole family, adjusted among its planned members. */
export function adjustFamily(
  members: readonly (Judged | undefined)[],
  family: Pick<Family, 'adjust' | 'claim'>,
  { alpha, seed }: { readonly alpha: number; readonly seed: number },
): Adjusted[] {
  const p = members.map((member) => member?.p ?? null);
  const smallest = members.map((member) => (member === undefined || member.p === null ? null : member.smallestP));
  const adjustment = adjustmentOf(family.adjust);
  const flips = adjustment?.needs === 'differences' ? flipTogether(members, adjustment, seed) : undefined;
  const adjusted = family.claim === 'joint' ? allTogether(p) : (flips?.pStepDown ?? adjustWith(family.adjust, p));
  const bh = adjustments.bh.adjust(p);
  // Everybody at the smallest p there can be: who is not rejected even then cannot be.
  const best = bestAdjusted(family.adjust, smallest);
  return members.map((_, i) => ({
    familySize: members.length,
    pAdj: p[i] === null ? null : (adjusted?.[i] ?? null),
    pAdjBh: bh[i] ?? null,
    reject: adjusted && p[i] !== null ? (adjusted[i] ?? 1) <= alpha : null,
    canReject: (best[i] ?? 1) <= alpha,
    isApproximate: flips?.status === 'approximate',
  }));
}

/**
 * All endpoints must hold: the largest p is the p of the claim (intersection–union, Berger 1982). One without a p counts
 * as 1, so that nothing is claimed of it.
 */
function allTogether(p: readonly (number | null)[]): (number | null)[] {
  const largest = Math.max(...p.map((one) => one ?? 1));
  return p.map((one) => (one === null ? null : largest));
}

/**
 * The smallest adjusted p that each member can reach. Endpoints that move together can have under maxT what one alone
 * can: there the family costs nothing.
 */
export function bestAdjusted(adjust: Family['adjust'], smallest: readonly (number | null)[]): (number | null)[] {
  return adjustWith(adjust, smallest) ?? [...smallest];
}

function adjustWith(adjust: Family['adjust'], p: readonly (number | null)[]): (number | null)[] | undefined {
  const adjustment = adjustmentOf(adjust);
  return adjustment?.needs === 'p' ? adjustment.adjust(p) : undefined;
}

/** Whole patients flipped, over every patient who has any of the endpoints. */
function flipTogether(
  members: readonly (Judged | undefined)[],
  adjustment: JointAdjustment,
  seed: number,
): MaxTOutcome {
  const bySubject = members.map((member) => new Map(member?.differences.map((one) => [one.subject, one.value])));
  const subjects = [...new Set(bySubject.flatMap((own) => [...own.keys()]))].sort();
  const setup = members.find((member) => member !== undefined)?.setup;
  return adjustment.adjust({
    rows: subjects.map((subject) => bySubject.map((own) => own.get(subject) ?? null)),
    tolerances: members.map((member) => member?.tolerance ?? 0),
    statistic: (setup && flippedAs(setup.test)) ?? 'signed_rank',
    zeroHandling: setup?.zeroHandling ?? 'wilcoxon',
    seed,
  });
}
