import type { Axis, ChannelOf } from './axis.ts';
import type { EventIndex } from './events.ts';
import type { GateContext } from './gateContext.ts';
import type { GatePlane, Outline } from './outline.ts';
import type { Region } from './region.ts';

/** A geometry of whatever kind, for those that hold others. */
export interface AnyGeometry {
  readonly kind: string;
}

/** A straight side in linear units: min ≤ x < max; an infinite maximum also holds infinite values. */
export interface Side {
  readonly channel: string;
  readonly min: number;
  readonly max: number;
}

/** A coordinate moved along its axis, in the frame of the axis, or in linear units. */
export interface Mover {
  on(axis: Axis, at: number): number;
  raw(axis: Axis, at: number): number;
}

/** One border of a gate that can be moved alone. */
export interface Edge<G> {
  /** Marker, marker and side, or `border` for one across a direction. */
  readonly edge: string;
  /** The gate with this edge moved along its axis, in u. */
  readonly moved: (by: number) => G;
}

/** What a person may take hold of: an edge, a divider, the border across a ridge, or the whole gate along a marker. */
export interface Handle<G> {
  /** `CD38 min`, `CD38 max`, `CD38` for all of it along the marker, `border` for one across a direction. */
  readonly name: string;
  /** Whether it is moved along one marker, so that linear units have a meaning too. */
  readonly isOnMarker: boolean;
  /** @param by in the mover's unit, for a handle that lies along no marker */
  readonly moved: (mover: Mover, by: number) => G;
}

/**
 * All that is asked of a kind of gate. Each kind answers every question in its own file; "nothing" is an answer that is
 * written there, with its reason.
 */
export interface GeometryKind<G extends AnyGeometry> {
  /** The parent's events inside, ascending; null where the gate has no place. A value that is no number is never inside. */
  members(gate: G, context: GateContext, parent: EventIndex): EventIndex | null;
  /** What it looks at, each marker once, in order. */
  axes(gate: G): readonly Axis[];
  /** Whether a picture must show the marker in the gate's own frame, since in another one its edges would be curved. */
  needsOwnFrame(gate: G, marker: string): boolean;
  /** The same gate on the channels of another tube; undefined where that has no meaning. */
  onChannels(gate: G, channelOf: ChannelOf): G | undefined;
  /** Its straight sides; undefined where it has other edges. */
  sides(gate: G): readonly Side[] | undefined;
  /** Its region of a plane, for a faster way to the same members; left out: there is none. */
  region?(gate: G): Region | undefined;
  /** Moved as a whole; kinds that follow something else stay. */
  moved(gate: G, mover: Mover): G;
  /** Edges that lie in u: those that a method placed. @param rawOf a coordinate of u in linear units */
  edges(gate: G, rawOf: (marker: string, u: number) => number): readonly Edge<G>[];
  /** What of it a person may move; each name once. */
  handles(gate: G): readonly Handle<G>[];
  /** Its lines in the plane of a picture; a dimension that the picture does not show is left out. */
  outline(gate: G, plane: GatePlane): readonly Outline[];
}

/** Finds the kind of a geometry, for those that hold others. */
export type KindOf = (geometry: AnyGeometry) => GeometryKind<AnyGeometry>;
