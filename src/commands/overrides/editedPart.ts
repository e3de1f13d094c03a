import { editedShape, type ForeignAxis, type ForeignGate, isSameEdge, openEdge } from '../../foreign/index.ts';
import type { Geometry } from '../../gating/index.ts';
import type { PatchGeometry } from '../../review/index.ts';
import { inU, type PatchAxes, type PatchAxisFrame } from './patchAxes.ts';

/** One side of a gate that was moved. */
export interface SideShift {
  readonly axis: string;
  /** In u. */
  readonly by: number;
}

type Drawn = Exclude<ForeignGate, { kind: 'boolean' }>;
export type PatchPart = Exclude<PatchGeometry, { kind: 'all' }>;

/** Digits of u that a patch holds: a millionth is no distance. */
const DIGITS = 1e6;

/**
 * The sides of a straight gate that were moved, where that is all that was done to it.
 * @param part as it was placed; @param before as it was written in the workspace; @param after as it was saved
 * @returns undefined where the gate was changed otherwise: it is another gate now
 */
export function sideShifts(
  part: Geometry,
  before: Drawn,
  after: Drawn,
  axes: PatchAxes,
): readonly SideShift[] | undefined {
  if (before.kind !== 'rectangle' || after.kind !== 'rectangle') return undefined;
  const known = after.dims.every(({ axis, min, max }) => dimLike(before, axis) !== undefined || isOpen(min, max));
  if (!known) return undefined;
  const found: SideShift[] = [];
  for (const dim of before.dims) {
    const other = dimLike(after, dim.axis);
    for (const side of ['min', 'max'] as const) {
      const [old, saved] = [openEdge(dim[side]), openEdge(other?.[side] ?? null)];
      if (isSameEdge(old, saved, dim.axis)) continue;
      const frame = axes(dim.axis);
      const placed = typeof frame === 'string' ? undefined : placedEdge(part, frame, side);
      if (typeof frame === 'string' || old === null || saved === null || placed === undefined) return undefined;
      const moved = inU(frame.entry, frame.toRaw(saved / dim.axis.gain)) - inU(frame.entry, placed.at);
      found.push({ axis: placed.handle, by: Math.round(moved * DIGITS) / DIGITS });
    }
  }
  return found;
}

function isOpen(min: number | null, max: number | null): boolean {
  return openEdge(min) === null && openEdge(max) === null;
}

function dimLike({ dims }: Extract<Drawn, { kind: 'rectangle' }>, axis: ForeignAxis) {
  return dims.find(
    (dim) => dim.axis.source.kind === 'channel' && JSON.stringify(dim.axis.source) === JSON.stringify(axis.source),
  );
}

/** Where an edge of the placed gate lies, and the name by which it is moved. */
function placedEdge(part: Geometry, { marker }: PatchAxisFrame, side: 'min' | 'max') {
  if (part.kind === 'interval' || part.kind === 'rectangle') {
    const at = part.dims.find((dim) => dim.marker === marker)?.[`${side}_raw`] ?? undefined;
    return at === undefined ? undefined : { at, handle: `${marker} ${side}` };
  }
  if (part.kind !== 'quadrant') return undefined;
  const d = part.dims.findIndex((dim) => dim.marker === marker);
  const at = part.dividers_raw[d];
  return at === undefined ? undefined : { at, handle: marker };
}

/** The axes on which a gate has an edge: FlowJo draws one of a single axis beside another that is open. */
export function drawnAxes(gate: Drawn): readonly ForeignAxis[] {
  if (gate.kind !== 'rectangle') return gate.axes;
  return gate.dims.filter(({ min, max }) => !isOpen(min, max)).map(({ axis }) => axis);
}

/** A redrawn gate as a patch says it; why it cannot, in words. */
export function redrawnPart(after: Drawn, axes: PatchAxes): PatchPart | string {
  const frames = new Map<ForeignAxis, PatchAxisFrame>();
  for (const axis of drawnAxes(after)) {
    const frame = axes(axis);
    if (typeof frame === 'string') return frame;
    frames.set(axis, frame);
  }
  const frameOf = (axis: ForeignAxis) => frames.get(axis)!;
  const shape = editedShape(
    after.kind === 'rectangle' ? { ...after, dims: after.dims.filter(({ axis }) => frames.has(axis)) } : after,
    frameOf,
  );
  const axisOf = (axis: ForeignAxis) => {
    const { marker, frame } = frameOf(axis);
    return { marker, frame };
  };
  if (shape.kind === 'polygon') {
    const [x, y] = shape.axes.map(axisOf);
    return { kind: 'polygon', dims: [x!, y!], vertices: shape.vertices.map(([a, b]) => [a, b]) };
  }
  const dims = shape.sides.map(({ axis, min, max }) => ({ ...axisOf(axis), min, max }));
  const [only] = dims;
  if (only === undefined) return 'all its sides are open';
  return dims.length === 1 ? { kind: 'interval', dims: [only] } : { kind: 'rectangle', dims };
}

/** A part of a gate that stays, as a patch says it; undefined where a patch cannot say it. */
export function keptPart(part: Geometry): PatchPart | undefined {
  switch (part.kind) {
    case 'interval':
      return { kind: 'interval', dims: [{ ...part.dims[0] }] };
    case 'rectangle':
      return { kind: 'rectangle', dims: part.dims.map((dim) => ({ ...dim })) };
    case 'polygon': {
      const [x, y] = part.dims;
      return { kind: 'polygon', dims: [{ ...x }, { ...y }], vertices: part.vertices.map(([a, b]) => [a, b]) };
    }
    case 'strip': {
      const { origin, direction, from, half_width } = part;
      const [x, y] = part.dims;
      return {
        kind: 'strip',
        dims: [{ ...x }, { ...y }],
        origin: [origin[0], origin[1]],
        direction: [direction[0], direction[1]],
        from,
        half_width,
      };
    }
    default:
      return undefined;
  }
}
