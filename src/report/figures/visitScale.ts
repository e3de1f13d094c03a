import type { ReportInput } from '../reportInput.ts';

/** Where visits lie along an axis from 0 to 1. */
export interface VisitScale {
  /** False where a visit has no day: then all lie at equal distances. */
  readonly isTime: boolean;
  place(visit: string): number;
  /** Of a day of the study; undefined where days have no place, or beyond the first and the last visit. */
  placeOfDay(day: number): number | undefined;
}

/** To scale by the planned days, where each visit has one of its own. */
export function visitScale(visits: ReportInput['visits']): VisitScale {
  const days = visits.flatMap(({ day }) => (day === null || day === undefined ? [] : [day]));
  const isTime = days.length === visits.length && new Set(days).size === visits.length && visits.length > 2;
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const places = new Map(
    visits.map(({ id, day }, i) => {
      const even = visits.length < 2 ? 0.5 : i / (visits.length - 1);
      return [id, isTime ? ((day ?? first) - first) / (last - first) : even];
    }),
  );
  // Of two visits the axis is one of time as well, if both have a day.
  const hasDays = isTime || (visits.length === 2 && days.length === 2 && first < last);
  return {
    isTime,
    place: (visit) => places.get(visit) ?? 0,
    placeOfDay: (day) => (hasDays && day >= first && day <= last ? (day - first) / (last - first) : undefined),
  };
}
