import type { Axis, Events } from '../../gating/index.ts';
import { makeRatio } from '../../scale/index.ts';
import type { ForeignAxis } from '../model.ts';
import type { LinearValues } from './linearValues.ts';
import { hold, toScale } from './scaledValues.ts';

/** An axis as a channel of its own, whose values are the axis's coordinates. */
export interface AxisChannel {
  readonly key: string;
  readonly axis: ForeignAxis;
  /** Last step, in place: what FlowJo's grid makes of coordinates; undefined where they stay. */
  readonly refine: ((coordinates: Float64Array) => void) | undefined;
}

/** The axis of a geometry that looks at it. */
export function axisOf(channel: AxisChannel): Axis {
  return { marker: channel.key, channel: channel.key, frame: 'raw' };
}

/** Events whose channels are axes; each is worked out once, when it is first asked for. */
export function axisEvents(linear: LinearValues, channels: readonly AxisChannel[], eventCount: number): Events {
  const byKey = new Map(channels.map((channel) => [channel.key, channel]));
  const ready = new Map<string, Float64Array>();
  return {
    count: eventCount,
    values({ name }, events) {
      const channel = byKey.get(name);
      if (channel === undefined) throw new Error(`no axis "${name}"`);
      const column = ready.get(name) ?? coordinates(channel, linear);
      ready.set(name, column);
      if (events === 'all') return column;
      return Float64Array.from(events, (event) => column[event]!);
    },
  };
}

function coordinates({ axis, refine }: AxisChannel, linear: LinearValues): Float64Array {
  const out = linearCoordinates(axis, linear);
  if (axis.gain !== 1) for (let i = 0; i < out.length; i++) out[i] = out[i]! * axis.gain;
  if (axis.scale !== null) toScale(out, axis.scale);
  refine?.(out);
  return out;
}

/** A column of its own. */
function linearCoordinates(axis: ForeignAxis, linear: LinearValues): Float64Array {
  const { source } = axis;
  if (source.kind === 'channel') return Float64Array.from(linear.values(axis, source.name));
  const [numerator, denominator] = source.of.map((name) => linear.values(axis, name));
  const { A, B, C } = source;
  const ratio = makeRatio({ kind: 'ratio', A, B, C });
  const out = Float64Array.from(numerator!, (value, i) => ratio(value, denominator![i]!));
  hold(out, source.boundMin, source.boundMax);
  return out;
}
