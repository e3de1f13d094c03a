import { type Axis, type BookScale, type Events, scaleOfAxis } from '../../src/gating/index.ts';
import type { Frame, GateContext } from '../../src/gating/tools.ts';

/** Events that lie in memory, one array a channel, in linear units. */
export function memoryEvents(columns: Readonly<Record<string, readonly number[]>>): Events {
  const count = Object.values(columns)[0]?.length ?? 0;
  return {
    count,
    values({ name, scale }, events) {
      const column = columns[name];
      if (!column) throw new Error(`these events have no channel "${name}"`);
      const own = events === 'all' ? column : Array.from(events, (event) => column[event] ?? Number.NaN);
      return Float64Array.from(own, (value) => (scale ? scale.forward(value) : value));
    },
  };
}

/** A marker whose channel bears its name with "-A" behind it. */
export function axisOf(marker: string, frame: Frame = 'raw'): Axis {
  return { marker, channel: `${marker}-A`, frame };
}

/** min ≤ x < max, given in linear units. */
export function boundsOf(marker: string, min: number | null, max: number | null) {
  return { ...axisOf(marker), min, max, min_raw: min, max_raw: max };
}

/** The logicle scale of a marker on an 18-bit instrument. */
export function logicleOf(marker: string): BookScale {
  return { marker, channel: `${marker}-A`, kind: 'logicle', T: 262144, W: 0.5, M: 4.5, A: 0, u_cofactor: 150 };
}

/** What a geometry may ask, for a tube without other populations. */
export function contextOf(events: Events, scales: readonly BookScale[] = []): GateContext {
  return {
    events,
    scaleOf: (axis) => scaleOfAxis(axis, scales),
    population: (path) => {
      throw new Error(`no geometry here names "${path}"`);
    },
  };
}
