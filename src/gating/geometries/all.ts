import type { EventIndex } from '../events.ts';
import type { All } from '../geometry.ts';
import { type GateContext, members } from '../members.ts';

/** Inside every one of them; of none: the whole parent. Each is asked only for what the ones before it kept. */
export function allMembers(gate: All, context: GateContext, parent: EventIndex): EventIndex | null {
  let kept: EventIndex = parent;
  for (const part of gate.of) {
    const inside = members(part, context, kept);
    if (inside === null) return null;
    kept = inside;
  }
  return kept;
}
