import type { VisitSpec } from '../analysis/index.ts';
import type { Visit } from '../study/index.ts';

/** A visit of the study as the statistics take it. */
export function visitSpec({ id, label, day, window }: Visit): VisitSpec {
  return { id, label, day: day ?? undefined, window: window ?? undefined };
}
