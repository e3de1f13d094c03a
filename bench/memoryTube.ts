import type { Cohort } from '../samples/cohort.ts';
import { channelRange, fluorescenceDetectors, markers, tubeParameters } from '../samples/panel.ts';
import type { TubeEvents } from '../samples/tube.ts';
import { compensateColumn, makeCompensator } from '../src/compensation/index.ts';
import type { Events } from '../src/gating/index.ts';
import type { Template } from '../src/template/index.ts';

/** What a survey asks of a tube beside its id. */
export interface MemoryTube {
  readonly events: Events;
  /** Marker -> $PnN. */
  readonly channels: Readonly<Record<string, string>>;
  readonly absent: readonly string[];
  readonly ranges: Readonly<Record<string, number>>;
}

/**
 * A drawn tube behind the seam that gating reads: raw light as float32, compensated by what its file would say about it,
 * without a file. What reading files does to the numbers is measured elsewhere.
 * @param blank markers that the panel of this cohort lacks
 */
export function memoryTube(
  cohort: Cohort,
  drawn: TubeEvents,
  template: Template,
  blank: readonly string[],
): MemoryTube {
  const channelOf = new Map<string, string>([
    ...['FSC-A', 'FSC-H', 'SSC-A'].map((name) => [name, name] as const),
    ...markers.map((marker, i) => [marker, fluorescenceDetectors[i]!] as const),
  ]);
  const wanted = template.markers.map(({ name }) => name);
  const held = wanted.filter((marker) => channelOf.has(marker) && !blank.includes(marker));
  return {
    events: compensatedEvents(cohort, drawn),
    channels: Object.fromEntries(held.map((marker) => [marker, channelOf.get(marker)!])),
    absent: wanted.filter((marker) => !held.includes(marker)),
    ranges: Object.fromEntries(held.map((marker) => [marker, channelRange])),
  };
}

function compensatedEvents(cohort: Cohort, drawn: TubeEvents): Events {
  const count = drawn.status.length;
  const raw = new Map(tubeParameters.map(({ name }, i) => [name, Float64Array.from(drawn.columns[i]!)]));
  const compensator = makeCompensator({
    channels: fluorescenceDetectors,
    matrix: cohort.writtenSpillover,
    source: 'the cohort',
    conditionNumber: 1,
  });
  const linear = new Map<string, Float64Array>();
  const column = (name: string): Float64Array => {
    const known = linear.get(name);
    if (known) return known;
    const weights = compensator.weights(name);
    const out = weights ? new Float64Array(count) : raw.get(name)!;
    if (weights) {
      const light = weights.channels.map((channel) => raw.get(channel)!);
      compensateColumn(light, weights.weights, out);
    }
    linear.set(name, out);
    return out;
  };
  return {
    count,
    values(channel, events) {
      const values = column(channel.name);
      if (events === 'all' && !channel.scale) return values;
      const out = events === 'all' ? values.slice() : Float64Array.from(events, (event) => values[event]!);
      channel.scale?.forwardColumn(out, out);
      return out;
    },
  };
}
