/**
 * Events that a population still lacks for a coefficient of variation of its share, √((1−p)/k) ≤ cv, and how many more
 * parent events would bring them at its present share p.
 * @param count 0…parentCount
 * @returns zeros where there are enough; parents null for a share of 0, undefined for an empty parent
 */
export function eventsNeeded(
  count: number,
  parentCount: number,
  cv = 0.2,
): { readonly events: number; readonly parents: number | null } | undefined {
  if (parentCount <= 0) return undefined;
  const share = count / parentCount;
  const events = Math.max(0, Math.ceil((1 - share) / (cv * cv) - 1e-9) - count);
  if (events === 0) return { events, parents: 0 };
  return { events, parents: share === 0 ? null : Math.ceil(events / share) };
}
