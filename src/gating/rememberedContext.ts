import type { Scale } from '../scale/index.ts';
import type { EventIndex } from './events.ts';
import type { GateContext } from './gateContext.ts';

/**
 * The same context for many gates on one parent: columns of the events of the parent, and of any population that is asked
 * for, are gathered and scaled once and kept; everything else is asked as before. The values are the same numbers, so that
 * the counts are.
 */
export function rememberedContext(context: GateContext, parent: EventIndex): GateContext {
  const scales = new Map<string, Scale | undefined>();
  const kept = new Map<EventIndex, Map<Scale | undefined, Map<string, Float64Array>>>([[parent, new Map()]]);
  return {
    events: {
      count: context.events.count,
      values(channel, index) {
        const columns = kept.get(index);
        if (columns === undefined) return context.events.values(channel, index);
        const ofScale = columns.get(channel.scale) ?? new Map<string, Float64Array>();
        columns.set(channel.scale, ofScale);
        const column = ofScale.get(channel.name) ?? context.events.values(channel, index);
        ofScale.set(channel.name, column);
        return column;
      },
    },
    scaleOf(axis) {
      const key = `${axis.frame}\n${axis.marker}`;
      if (!scales.has(key)) scales.set(key, context.scaleOf(axis));
      return scales.get(key);
    },
    population(path) {
      const index = context.population(path);
      if (index !== null && !kept.has(index)) kept.set(index, new Map());
      return index;
    },
  };
}
