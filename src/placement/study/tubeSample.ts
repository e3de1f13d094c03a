import type { EventIndex, Events } from '../../gating/index.ts';
import type { Scale } from '../../scale/index.ts';
import type { GateTube } from '../method.ts';
import type { PlacementTube, Reservoir, TubeSurvey } from './tubeSurvey.ts';

/** The rows of a reservoir through the same seam as a file's events, so that placing gates as counting does. */
export function reservoirEvents(reservoir: Reservoir, survey: TubeSurvey): Events {
  const markerOf = new Map(Object.entries(survey.channels).map(([marker, channel]) => [channel, marker]));
  return {
    count: reservoir.rowCount,
    values(channel, events) {
      const marker = markerOf.get(channel.name);
      const column = marker === undefined ? undefined : reservoir.columns[marker];
      if (!column) throw new Error(`the survey of "${survey.sampleId}" holds no channel "${channel.name}"`);
      const out = gather(column, events);
      if (channel.scale) channel.scale.forwardColumn(out, out);
      return out;
    },
  };
}

function gather(column: Float32Array, events: EventIndex): Float64Array {
  if (events === 'all') return new Float64Array(column);
  const out = new Float64Array(events.length);
  for (let i = 0; i < out.length; i++) out[i] = column[events[i]!]!;
  return out;
}

/** Sampled members of one population in one tube, as methods see them; values are gathered once and on demand. */
export function tubeSample(
  tube: PlacementTube,
  reservoir: Reservoir,
  members: EventIndex | null,
  uScale: (marker: string) => Scale,
): GateTube {
  const index = members ?? new Uint32Array(0);
  const sampled = index === 'all' ? reservoir.rowCount : index.length;
  const linear = new Map<string, Float64Array>();
  const u = new Map<string, Float64Array>();
  const linearOf = (marker: string): Float64Array => {
    const column = reservoir.columns[marker];
    if (!column) throw new Error(`tube "${tube.sampleId}" has no marker "${marker}"`);
    return remember(linear, marker, () => gather(column, index));
  };
  return {
    ...tube,
    parentCount: reservoir.rowCount === 0 ? 0 : (sampled / reservoir.rowCount) * reservoir.eventCount,
    has: (marker) => reservoir.columns[marker] !== undefined,
    linear: linearOf,
    u: (marker) =>
      remember(u, marker, () => {
        const out = new Float64Array(sampled);
        uScale(marker).forwardColumn(linearOf(marker), out);
        return out;
      }),
  };
}

function remember(known: Map<string, Float64Array>, key: string, make: () => Float64Array): Float64Array {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}
