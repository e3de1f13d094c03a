import { type Axis, axesOnChannels } from '../axis.ts';
import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { GeometryKind } from '../geometryKind.ts';
import { box, rawAxis, spanOf } from '../outline.ts';

/** Inside one of several stretches of one channel, linear: min ≤ x < max, null = unbounded. */
export interface Ranges {
  readonly kind: 'ranges';
  readonly dims: readonly [Axis];
  readonly ranges: readonly (readonly [min: number | null, max: number | null])[];
}

export const ranges: GeometryKind<Ranges> = {
  members: rangesMembers,
  axes: ({ dims }) => dims,
  needsOwnFrame: () => false,
  onChannels(gate, channelOf) {
    const [axis] = axesOnChannels(gate.dims, channelOf) ?? [];
    return axis && { ...gate, dims: [axis] };
  },
  // Several stretches are more than one pair of sides.
  sides: () => undefined,
  // Stretches of time have no place in u.
  moved: (gate) => gate,
  edges: () => [],
  handles: () => [],
  outline: ({ dims: [axis], ranges: stretches }, plane) =>
    stretches.flatMap(([min, max]) => box(plane, [spanOf(plane, rawAxis(axis), min, max)])),
};

/** Inside one of several stretches of a channel in linear units, each min ≤ x < max, null = unbounded. */
function rangesMembers(gate: Ranges, context: GateContext, parent: EventIndex): EventIndex {
  const values = context.events.values({ name: gate.dims[0].channel, scale: undefined }, parent);
  const stretches = gate.ranges.map(([min, max]) => ({
    min: min ?? Number.NEGATIVE_INFINITY,
    max: max ?? Number.POSITIVE_INFINITY,
    isOpen: max === null,
  }));
  const keep = new Uint8Array(values.length);
  let keptCount = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (stretches.some(({ min, max, isOpen }) => value >= min && (value < max || (isOpen && value === max)))) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}
