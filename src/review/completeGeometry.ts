import {
  type Axis,
  type BookScale,
  type Bounds,
  type Geometry,
  kindOf,
  type Point,
  scaleOfAxis,
} from '../gating/index.ts';
import type { PatchAxis, PatchBounds, PatchGeometry, PatchPart } from './patchGeometry.ts';

/** Two ways to say one coordinate may differ by so much of it: what ten digits lose. */
const SAME = 1e-6;

/**
 * A geometry that a person gave, with its channels and with linear units beside the coordinates.
 * @param placed the gate that it replaces: says on which channels its markers are
 * @returns the geometry, or in words why it cannot be one
 */
export function completeGeometry(
  given: PatchGeometry,
  placed: Geometry,
  scales: readonly BookScale[],
): Geometry | string {
  const completion = completionOn(placed, scales);
  if (given.kind !== 'all') return completePart(given, completion);
  const of = given.of.map((part) => completePart(part, completion));
  const faults = of.filter((part) => typeof part === 'string');
  return faults[0] ?? { kind: 'all', of: of.filter((part) => typeof part !== 'string') };
}

interface Completion {
  readonly axisOf: (axis: PatchAxis) => Axis;
  readonly toRaw: (axis: Axis, at: number) => number;
  readonly fromRaw: (axis: Axis, at: number) => number;
  /** Markers that have no channel here. */
  readonly unknown: string[];
}

function completionOn(placed: Geometry, scales: readonly BookScale[]): Completion {
  const known = new Map(
    kindOf(placed)
      .axes(placed)
      .map(({ marker, channel }) => [marker, channel]),
  );
  const unknown: string[] = [];
  const axisOf = ({ marker, channel, frame }: PatchAxis): Axis => {
    const entry = scales.find((scale) => scale.marker === marker);
    const found = known.get(marker) ?? entry?.channel;
    if (found === undefined || entry === undefined) unknown.push(marker);
    return { marker, channel: channel ?? found ?? '', frame };
  };
  const scaleOf = (axis: Axis) => scaleOfAxis(axis, scales);
  return {
    axisOf,
    unknown,
    toRaw: (axis, at) => scaleOf(axis)?.inverse(at) ?? at,
    fromRaw: (axis, at) => scaleOf(axis)?.forward(at) ?? at,
  };
}

function completePart(part: PatchPart, completion: Completion): Geometry | string {
  const axes = part.dims.map(completion.axisOf);
  if (completion.unknown.length > 0) return `the template has no marker "${completion.unknown[0]}"`;
  switch (part.kind) {
    case 'interval':
    case 'rectangle':
      return completeBounds(part, axes, completion);
    case 'polygon': {
      const dims = [axes[0]!, axes[1]!] as const;
      const raw = part.vertices.map(([x, y]): Point => [completion.toRaw(dims[0], x), completion.toRaw(dims[1], y)]);
      return { kind: 'polygon', dims, vertices: part.vertices, vertices_raw: raw };
    }
    case 'ellipse': {
      const [[a, b], [c, d]] = part.covariance;
      if (!(a > 0 && d > 0 && a * d - b * c > 0 && b === c)) return 'the covariance of the ellipse is none';
      return { ...part, dims: axes };
    }
    case 'quadrant': {
      const { dividers, side } = part;
      if (axes.length !== dividers.length || axes.length !== side.length)
        return 'dims, dividers and side are not as many';
      return { ...part, dims: axes, dividers_raw: dividers.map((at, d) => completion.toRaw(axes[d]!, at)) };
    }
    case 'strip':
      return Math.hypot(...part.direction) === 0
        ? 'the direction has no length'
        : { ...part, dims: [axes[0]!, axes[1]!] };
    default: {
      const unknown: never = part;
      throw new Error(`unknown geometry ${JSON.stringify(unknown)}`);
    }
  }
}

function completeBounds(
  part: Extract<PatchPart, { kind: 'interval' | 'rectangle' }>,
  axes: readonly Axis[],
  completion: Completion,
): Geometry | string {
  const dims = part.dims.map((dim, d) => boundsOf(dim, axes[d]!, completion));
  const fault = dims.find((dim) => typeof dim === 'string');
  if (fault !== undefined) return fault;
  const whole = dims.filter((dim) => typeof dim !== 'string');
  return part.kind === 'interval' ? { kind: 'interval', dims: [whole[0]!] } : { kind: 'rectangle', dims: whole };
}

function boundsOf(given: PatchBounds, axis: Axis, { toRaw, fromRaw }: Completion): Bounds | string {
  const raw: Record<'min' | 'max', number | null> = { min: null, max: null };
  for (const side of ['min', 'max'] as const) {
    const inFrame = given[side] ?? null;
    const linear = given[`${side}_raw`] ?? null;
    const worked = inFrame === null ? null : toRaw(axis, inFrame);
    if (linear !== null && worked !== null && Math.abs(linear - worked) > SAME * Math.max(1, Math.abs(linear))) {
      return `${side} of "${axis.marker}" is ${inFrame} and ${side}_raw ${linear}, which is another place`;
    }
    raw[side] = linear ?? worked;
  }
  if (raw.min === null && raw.max === null) return `"${axis.marker}" has no bound`;
  if (raw.min !== null && raw.max !== null && raw.min >= raw.max) return `min of "${axis.marker}" is not below its max`;
  const back = (at: number | null) => (at === null ? null : fromRaw(axis, at));
  return {
    ...axis,
    min: given.min ?? back(raw.min),
    max: given.max ?? back(raw.max),
    min_raw: raw.min,
    max_raw: raw.max,
  };
}
