import { type Axis, axesOnChannels } from '../axis.ts';
import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { GeometryKind } from '../geometryKind.ts';
import { edge, type GatePlane, type Outline, pair, pieces, rawAxis } from '../outline.ts';

/** a ≤ numerator / denominator < b in linear units, where the denominator is positive; others are outside. */
export interface Ratio {
  readonly kind: 'ratio';
  readonly dims: readonly [Axis, Axis];
  readonly min: number;
  readonly max: number;
}

export const ratio: GeometryKind<Ratio> = {
  members: ratioMembers,
  axes: ({ dims }) => dims,
  needsOwnFrame: () => false,
  onChannels(gate, channelOf) {
    const [x, y] = axesOnChannels(gate.dims, channelOf) ?? [];
    return x && y && { ...gate, dims: [x, y] };
  },
  sides: () => undefined,
  // A quotient of pulse shapes has no place in u.
  moved: (gate) => gate,
  edges: () => [],
  handles: () => [],
  outline: ratioOutline,
};

/** min ≤ first ÷ second < max in linear units; an event whose second value is not positive has no ratio and is outside. */
function ratioMembers(gate: Ratio, context: GateContext, parent: EventIndex): EventIndex {
  const top = context.events.values({ name: gate.dims[0].channel, scale: undefined }, parent);
  const bottom = context.events.values({ name: gate.dims[1].channel, scale: undefined }, parent);
  const keep = new Uint8Array(top.length);
  let keptCount = 0;
  for (let i = 0; i < top.length; i++) {
    if (!(bottom[i]! > 0)) continue;
    const ratio = top[i]! / bottom[i]!;
    if (ratio >= gate.min && ratio < gate.max) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}

/** The two lines numerator = bound × denominator, traced along the side that shows the denominator. */
function ratioOutline({ dims, min, max }: Ratio, plane: GatePlane): readonly Outline[] {
  const [upper, lower] = [rawAxis(dims[0]), rawAxis(dims[1])];
  const [upperSide, lowerSide] = [plane.sideOf(upper), plane.sideOf(lower)];
  if (upperSide === undefined || lowerSide === undefined || upperSide === lowerSide) return [];
  return [min, max].map((bound) => {
    const points = Array.from({ length: pieces + 1 }, (_, i) => {
      const along = (plane.bins * i) / pieces;
      const across = plane.place(upper, upperSide, bound * plane.rawAt(lowerSide, along));
      return lowerSide === 'x' ? pair(along, across) : pair(across, along);
    });
    return edge(`M${points.join('L')}`);
  });
}
