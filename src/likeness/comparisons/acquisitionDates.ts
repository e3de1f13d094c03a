import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import { flagged, grouped, idsOf, someOf } from '../sisters.ts';

/** A clock of another time zone, or an acquisition past midnight, is a day off. */
const CLOCK_DAYS = 1;

/**
 * $DATE against the order of visits and against the sheet. Cells frozen and run on one day contradict nothing; a later visit
 * that was acquired first does, and so does a tube acquired before its blood was drawn. Says days, never a date.
 */
export const acquisitionDates: Comparison = {
  name: 'dates',
  summary:
    'when tubes were acquired ($DATE): a later visit acquired first, or a tube before its date in the sheet, is a mix-up',
  compare(tubes): Compared {
    const own = tubes.filter((tube) => tube.role === 'sample');
    const order = visitOrder(own);
    const told = new Set(order.map((one) => one.tube));
    const bySheet = sheetDates(own).filter((one) => !told.has(one.tube));
    const findings = [
      ...findingsOf(order, 'acquired before an earlier visit of its subject'),
      ...findingsOf(bySheet, 'acquired before the date that the sheet gives'),
    ];
    return { findings, decisions: new Map(flagged(findings)) };
  },
};

interface Contradiction {
  readonly tube: ComparedTube;
  readonly days: number;
  /** `31 days before its BL`. */
  readonly says: string;
}

function visitOrder(tubes: readonly ComparedTube[]): readonly Contradiction[] {
  const bySubject = grouped(
    tubes.filter((tube) => tube.subject !== null && tube.visitIndex !== null && tube.look.date !== null),
    (tube) => JSON.stringify([tube.subject, tube.panel]),
  );
  return [...bySubject.values()].flatMap((own) =>
    own.flatMap((tube): Contradiction[] => {
      const earlier = own.filter((other) => (other.visitIndex ?? 0) < (tube.visitIndex ?? 0));
      const late = earlier
        .map((other) => ({ other, days: daysBetween(tube.look.date, other.look.date) }))
        .sort((a, b) => (a.other.visitIndex ?? 0) - (b.other.visitIndex ?? 0))
        .find((one) => one.days > 0);
      if (late === undefined) return [];
      return [{ tube, days: late.days, says: `${daysText(late.days)} before its ${late.other.visit ?? ''}` }];
    }),
  );
}

function sheetDates(tubes: readonly ComparedTube[]): readonly Contradiction[] {
  return tubes.flatMap((tube): Contradiction[] => {
    const days = daysBetween(tube.look.date, tube.date);
    return days > CLOCK_DAYS ? [{ tube, days, says: `${daysText(days)} before the date of the sheet` }] : [];
  });
}

/** One finding for one tube; where clock or sheet are wrong throughout, one for all. */
function findingsOf(found: readonly Contradiction[], together: string): Finding[] {
  const several = found.map(({ tube, says }) => `${tube.sampleId} (${says})`);
  if (found.length > 3) {
    const message = `${found.length} tubes were ${together}: ${someOf(several, 3)}`;
    return [
      findingOf(
        found.map((one) => one.tube),
        together,
        message,
      ),
    ];
  }
  return found.map(({ tube, says }) => findingOf([tube], `acquired ${says}`, `acquired ${says}`));
}

function findingOf(tubes: readonly ComparedTube[], words: string, message: string): Finding {
  const found = problem('warning', 'study.date-order', message, {});
  return { sampleIds: idsOf(tubes), words, problem: found, isRefused: false };
}

/** Days from the first to the second; 0 where either is unknown. */
function daysBetween(from: string | null, to: string | null): number {
  if (from === null || to === null) return 0;
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return Number.isFinite(days) ? days : 0;
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
