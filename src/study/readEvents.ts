import type * as z from 'zod';
import { type Problem, problem, type Where } from '../problems/index.ts';
import type { Located } from '../tables/index.ts';
import type { StudyEvent, Visit } from './study.ts';
import type { EventEntry } from './studySchema.ts';

/**
 * Events with the day that they are marked at. Without a day for every visit there is no axis of time that they could
 * stand on: that is told, since a mark that is left out could be taken for an event that did not happen.
 */
export function readEvents(
  entries: readonly Located<z.infer<typeof EventEntry>>[],
  visits: readonly Visit[],
  problems: Problem[],
): StudyEvent[] {
  const [first] = entries;
  const without = visits.filter(({ day }) => day === null).map(({ id }) => id);
  if (first !== undefined && without.length > 0) {
    const message = `events cannot be marked: ${without.join(', ')} ${without.length === 1 ? 'has' : 'have'} no day`;
    problems.push(problem('warning', 'study.event-unplaced', message, first.source.at(first.path)));
  }
  return entries.map(({ value: { day, label, subject = null } }) => ({ day, label, subject }));
}

/** Events of patients who are not in the sheet: a mistyped name would leave its mark out in silence. */
export function unknownEventSubjects(
  events: readonly StudyEvent[],
  rows: readonly { readonly subject: string | null }[],
  where: Where,
): Problem[] {
  const subjects = new Set(rows.map(({ subject }) => subject));
  if (rows.length === 0) return [];
  const unknown = events.flatMap(({ subject }) => (subject === null || subjects.has(subject) ? [] : [subject]));
  return [...new Set(unknown)].map((subject) =>
    problem('error', 'study.event-subject', `"${subject}" of an event has no row in the sheet`, where),
  );
}
