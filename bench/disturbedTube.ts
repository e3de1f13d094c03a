import { fluorescenceDetectors, tubeParameters } from '../samples/panel.ts';
import type { TubeEvents } from '../samples/tube.ts';

/** A tube whose acquisition went wrong at the end, and which of its events are good. */
export interface DisturbedTube {
  readonly events: TubeEvents;
  /** 1 for events before the disturbance. */
  readonly isGood: Uint8Array;
}

/**
 * The last `share` of a tube's events with light × .65 falling to .35, scatter × .85, at a third of the rate: what a clot
 * that slowly closes the flow cell does.
 */
export function disturbed(events: TubeEvents, share: number): DisturbedTube {
  const count = events.status.length;
  const from = Math.round((1 - share) * count);
  const isGood = Uint8Array.from({ length: count }, (_, event) => (event < from ? 1 : 0));
  const light = (event: number) => 0.65 - (0.3 * (event - from)) / (count - from);
  const columns = events.columns.map((column, i) => {
    const name = tubeParameters[i]?.name ?? '';
    if (name === 'Time') return slowedFrom(column, from);
    if (name.startsWith('FSC')) return column.map((value, event) => (event < from ? value : value * 0.85));
    if (!fluorescenceDetectors.includes(name)) return column;
    return column.map((value, event) => (event < from ? value : value * light(event)));
  });
  return { events: { ...events, columns }, isGood };
}

/** Times of which each step from an event on takes three times as long. */
function slowedFrom(times: Float32Array, from: number): Float32Array {
  const start = times[from] ?? 0;
  return times.map((time, event) => (event < from ? time : start + 3 * (time - start)));
}
