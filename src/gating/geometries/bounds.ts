import { type Axis, axesOnChannels, type Bounds, type ChannelOf } from '../axis.ts';
import { select } from '../eventIndex.ts';
import type { EventIndex } from '../events.ts';
import type { GateContext } from '../gateContext.ts';
import type { Edge, GeometryKind, Handle, Mover, Side } from '../geometryKind.ts';
import { box, rawAxis, spanOf } from '../outline.ts';

/** A gate of bounds, one a dimension. */
interface GateOfBounds {
  readonly kind: string;
  readonly dims: readonly Bounds[];
}

/**
 * What holds for every gate of bounds: min ≤ x < max on every dimension, decided at the raw edges in linear units, so that
 * no scale can move an event.
 * @param withDims the same gate with other bounds on the same axes
 */
export function kindOfBounds<G extends GateOfBounds>(
  withDims: (gate: G, dims: readonly Bounds[]) => G,
): GeometryKind<G> {
  return {
    members: ({ dims }, context, parent) => boundsMembers(dims, context, parent),
    axes: ({ dims }) => dims,
    needsOwnFrame: () => false,
    onChannels(gate, channelOf: ChannelOf) {
      const dims = axesOnChannels(gate.dims, channelOf);
      return dims && withDims(gate, dims);
    },
    sides: ({ dims }) => dims.map(sideOf),
    moved: (gate, mover) =>
      withDims(
        gate,
        gate.dims.map((dim) => movedBounds(dim, mover)),
      ),
    edges: (gate, rawOf) =>
      gate.dims.flatMap((dim, d) => edgesOf(dim, rawOf, (moved) => withDims(gate, gate.dims.with(d, moved)))),
    handles: (gate) =>
      gate.dims.flatMap((dim, d) => handlesOf(dim, (moved) => withDims(gate, gate.dims.with(d, moved)))),
    outline: ({ dims }, plane) =>
      box(
        plane,
        dims.map((dim) => spanOf(plane, rawAxis(dim), dim.min_raw, dim.max_raw)),
      ),
  };
}

/** A dimension is asked only for the events that the ones before it kept. */
function boundsMembers(dims: readonly Bounds[], context: GateContext, parent: EventIndex): EventIndex {
  let kept = parent;
  for (const dim of dims) {
    const { channel, min, max } = sideOf(dim);
    kept = between(context.events.values({ name: channel, scale: undefined }, kept), kept, min, max);
  }
  return kept;
}

/** min ≤ value < max; an infinite maximum also holds infinite values, a value that is no number is never inside. */
export function between(values: Float64Array, parent: EventIndex, min: number, max: number): Uint32Array {
  const keep = new Uint8Array(values.length);
  const unbounded = max === Number.POSITIVE_INFINITY;
  let keptCount = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    if (x >= min && (x < max || (unbounded && x === max))) {
      keep[i] = 1;
      keptCount++;
    }
  }
  return select(parent, keep, keptCount);
}

function sideOf({ channel, min_raw, max_raw }: Bounds): Side {
  return { channel, min: min_raw ?? Number.NEGATIVE_INFINITY, max: max_raw ?? Number.POSITIVE_INFINITY };
}

function movedBounds(dim: Bounds, { on, raw }: Mover): Bounds {
  const moved = (at: number | null, to: (axis: Axis, at: number) => number) => (at === null ? null : to(dim, at));
  return {
    ...dim,
    min: moved(dim.min, on),
    max: moved(dim.max, on),
    min_raw: moved(dim.min_raw, raw),
    max_raw: moved(dim.max_raw, raw),
  };
}

/** Each bound that is there, and all of them together along the marker. */
function handlesOf<G>(dim: Bounds, build: (dim: Bounds) => G): Handle<G>[] {
  const sides = (['min', 'max'] as const).filter((side) => dim[`${side}_raw`] !== null);
  const ofSides = sides.map((side) => ({
    name: `${dim.marker} ${side}`,
    isOnMarker: true,
    moved: (mover: Mover) => {
      const moved = movedBounds(dim, mover);
      return build({ ...dim, [side]: moved[side], [`${side}_raw`]: moved[`${side}_raw`] });
    },
  }));
  const whole = { name: dim.marker, isOnMarker: true, moved: (mover: Mover) => build(movedBounds(dim, mover)) };
  return sides.length === 0 ? [] : [whole, ...ofSides];
}

function edgesOf<G>(
  dim: Bounds,
  rawOf: (marker: string, u: number) => number,
  build: (dim: Bounds) => G,
): readonly Edge<G>[] {
  return (['min', 'max'] as const).flatMap((side) => {
    const at = dim[side];
    if (at === null || dim.frame !== 'u') return [];
    const moved = (by: number) => build({ ...dim, [side]: at + by, [`${side}_raw`]: rawOf(dim.marker, at + by) });
    return [{ edge: `${dim.marker} ${side}`, moved }];
  });
}
