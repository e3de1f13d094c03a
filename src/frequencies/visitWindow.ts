/** What is known of when a tube was drawn. */
export interface DatedTube {
  readonly sampleId: string;
  readonly subject: string | null;
  readonly visit: string | null;
  /** YYYY-MM-DD; null where the sheet gives none. */
  readonly date: string | null;
}

export interface PlannedVisit {
  readonly id: string;
  readonly day: number | null;
  /** First and last planned day. */
  readonly window: readonly [number, number] | null;
}

/**
 * The tubes drawn outside the window of their visit. Days are counted from the subject's own baseline tube, whose
 * planned day (0 where none is given) is its zero: so baseline itself is never outside, and without dates nothing is.
 * @param visits in order; the first is baseline
 * @returns sampleIds
 */
export function tubesOutsideWindow(tubes: readonly DatedTube[], visits: readonly PlannedVisit[]): ReadonlySet<string> {
  const [baseline] = visits;
  const windows = new Map(visits.slice(1).map((visit) => [visit.id, visit.window]));
  const startDay = new Map<string, number>();
  for (const { subject, visit, date } of tubes) {
    if (subject === null || date === null || visit !== baseline?.id) continue;
    startDay.set(subject, Math.min(dayNumber(date), startDay.get(subject) ?? Number.POSITIVE_INFINITY));
  }
  const outside = tubes.filter(({ subject, visit, date }) => {
    const start = subject === null ? undefined : startDay.get(subject);
    const window = visit === null ? null : windows.get(visit);
    if (start === undefined || !window || date === null) return false;
    const day = dayNumber(date) - start + (baseline?.day ?? 0);
    return day < window[0] || day > window[1];
  });
  return new Set(outside.map((tube) => tube.sampleId));
}

/** Days since 1 March of the year 0 in the Gregorian calendar; without a clock or a time zone. */
function dayNumber(date: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  // The year begins in March here, so that a leap day is its last.
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = (month + 9) % 12;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + Math.floor((153 * marchMonth + 2) / 5) + day - 1;
}
