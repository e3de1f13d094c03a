import type { Scale } from '../scale/index.ts';
import type { Axis } from './axis.ts';
import type { EventIndex, Events } from './events.ts';

/** What a geometry may ask while it sorts events. */
export interface GateContext {
  readonly events: Events;
  /** The scale of an axis's coordinates; undefined for linear units. */
  scaleOf(axis: Axis): Scale | undefined;
  /** Members of another population, ascending; null where it could not be placed. */
  population(path: string): EventIndex | null;
}
