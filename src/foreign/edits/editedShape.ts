import { makeScale, type ScaleSpec } from '../../scale/index.ts';
import { traced } from '../flowjo/write/traced.ts';
import type { ForeignAxis, ForeignGate, ForeignPoint } from '../model.ts';
import { openEdge } from './shownAt.ts';

/** A redrawn gate on axes of ours, in coordinates of the frame that each axis is given. */
type EditedShape =
  | {
      readonly kind: 'box';
      readonly sides: readonly {
        readonly axis: ForeignAxis;
        readonly min: number | null;
        readonly max: number | null;
      }[];
    }
  | {
      readonly kind: 'polygon';
      readonly axes: readonly [ForeignAxis, ForeignAxis];
      readonly vertices: readonly ForeignPoint[];
    };

/** How an axis of the edited gate is one of ours. */
export interface FrameOfAxis {
  /** Linear units of the file in the frame. */
  readonly fromLinear: (value: number) => number;
  /** The scale on which the frame's coordinates are straight; undefined: linear. */
  readonly scale: ScaleSpec | undefined;
}

/** Beyond the ends of the program's axis, where it holds all events. */
const BEYOND = 1e9;
/** Corners around an ellipse. */
const AROUND = 180;
/** An outline of more corners was traced already. */
const TRACED = 40;
/** In u and on scales a hundredth of a channel is seen nowhere. */
const FINE = 2000;

/** A gate as it was redrawn; its edges, straight as the program shows them, are followed in pieces where the frame bends them. */
export function editedShape(
  gate: Exclude<ForeignGate, { kind: 'boolean' }>,
  frameOf: (axis: ForeignAxis) => FrameOfAxis,
): EditedShape {
  if (gate.kind === 'rectangle') {
    const sides = gate.dims.map(({ axis, min, max }) => {
      const { fromLinear } = frameOf(axis);
      const into = (at: number | null) => (openEdge(at) === null ? null : fromLinear(at! / axis.gain));
      return { axis, min: into(min), max: into(max) };
    });
    return { kind: 'box', sides: sides.filter(({ min, max }) => min !== null || max !== null) };
  }
  const [x, y] = gate.axes as readonly [ForeignAxis, ForeignAxis];
  const frames = [frameOf(x), frameOf(y)] as const;
  const place = ([a, b]: ForeignPoint): ForeignPoint => [
    frames[0].fromLinear(linearOf(x, a)),
    frames[1].fromLinear(linearOf(y, b)),
  ];
  const corners = gate.kind === 'polygon' ? gate.vertices : around(gate);
  const isStraight = [x, y].every(({ scale }, d) => JSON.stringify(scale?.spec) === JSON.stringify(frames[d]!.scale));
  if (isStraight && gate.kind === 'polygon') return { kind: 'polygon', axes: [x, y], vertices: corners.map(place) };
  const pieces = corners.length > TRACED ? 1 : 24;
  const fine = ([a, b]: ForeignPoint): ForeignPoint => [a * fineness(frames[0]), b * fineness(frames[1])];
  return { kind: 'polygon', axes: [x, y], vertices: traced(corners, place, fine, pieces) };
}

function fineness({ scale }: FrameOfAxis): number {
  return scale === undefined ? 1 : FINE;
}

/** In linear units of the file; the ends of a table stand for all that lies beyond. */
function linearOf({ scale, gain }: ForeignAxis, at: number): number {
  if (scale === null) return at / gain;
  const { spec } = scale;
  if (spec.kind !== 'biex') return makeScale(spec).inverse(at);
  if (at <= 0) return -BEYOND;
  return at >= spec.channelRange ? BEYOND : makeScale(spec).inverse(at);
}

function around({
  mean,
  covariance,
  distanceSquare,
}: Extract<ForeignGate, { kind: 'ellipsoid' }>): readonly ForeignPoint[] {
  const step = (2 * Math.PI) / AROUND;
  const radius = Math.sqrt((distanceSquare * step) / Math.sin(step));
  const l11 = Math.sqrt(covariance[0]![0]!);
  const l21 = covariance[1]![0]! / l11;
  const l22 = Math.sqrt(Math.max(0, covariance[1]![1]! - l21 * l21));
  return Array.from({ length: AROUND }, (_, i): ForeignPoint => {
    const [c, s] = [radius * Math.cos(i * step), radius * Math.sin(i * step)];
    return [mean[0]! + l11 * c, mean[1]! + l21 * c + l22 * s];
  });
}
