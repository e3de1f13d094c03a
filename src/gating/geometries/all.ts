import type { EventIndex } from '../events.ts';
import type { All, Geometry } from '../geometry.ts';

/**
 * Inside every one of them; of none: the whole parent. Each is asked only for what the ones before it kept.
 * @param membersOf sorts events by a part; null where it has no place
 */
export function allMembers(
  gate: All,
  parent: EventIndex,
  membersOf: (part: Geometry, kept: EventIndex) => EventIndex | null,
): EventIndex | null {
  let kept: EventIndex = parent;
  for (const part of gate.of) {
    const inside = membersOf(part, kept);
    if (inside === null) return null;
    kept = inside;
  }
  return kept;
}
