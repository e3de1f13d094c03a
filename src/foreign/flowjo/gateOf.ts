import { makeScale } from '../../scale/index.ts';
import type { EdgeRule, ForeignAxis, ForeignGate, ForeignGrid, ForeignPoint } from '../model.ts';
import type { AxisNamed } from './axes.ts';
import type { ChannelDisplay } from './display.ts';
import type { Shape } from './shape.ts';

/** What a version of FlowJo does with gates. */
export interface ProgramRules {
  readonly grid: ForeignGrid['rule'] | null;
  readonly edges: EdgeRule;
  readonly lowVertex: ForeignGrid['lowVertex'];
}

/** FlowJo 7.2 has 256 channels along an axis. */
const CHANNELS_OF_7 = 256;

/** A workspace's shape in the coordinates of its axes. @returns the fault in words where it cannot be told */
export function gateOf(shape: Shape, axisNamed: AxisNamed, program: ProgramRules): ForeignGate | string {
  if (shape.kind === 'rectangle') {
    const dims = shape.dims.map(({ name, min, max }) => ({ axis: axisNamed(name).linear, min, max }));
    return { kind: 'rectangle', dims, edges: program.edges };
  }
  const [x, y] = shape.names.map(axisNamed);
  if (typeof x!.shown === 'string') return x!.shown;
  if (typeof y!.shown === 'string') return y!.shown;
  const axes = [x!.shown, y!.shown] as const;
  if (shape.kind === 'polygon') {
    const vertices = shape.vertices.map((point) => shownPoint(point, axes));
    return { kind: 'polygon', axes, vertices, grid: gridOf(shape, program) };
  }
  if (shape.kind === 'ends') {
    return ellipseOfEnds(
      shape.ends.map((point) => shownPoint(point, axes)),
      axes,
    );
  }
  const displays = [x!.display, y!.display] as const;
  return displays[0] && displays[1] ? ellipseOfFoci(shape, axes, [displays[0], displays[1]]) : 'its axes are not known';
}

function gridOf(
  { bins, vertices }: Extract<Shape, { kind: 'polygon' }>,
  { grid: rule, lowVertex }: ProgramRules,
): ForeignGrid | null {
  return rule === null || bins === 0 ? null : { rule, bins: bins ?? CHANNELS_OF_7, vertices, lowVertex };
}

/** A point in linear units on the scales of two axes. */
function shownPoint(point: ForeignPoint, axes: readonly [ForeignAxis, ForeignAxis]): ForeignPoint {
  const [x, y] = axes.map(({ scale }, i) => (scale === null ? point[i]! : coordinate(scale.spec, point[i]!)));
  return [x!, y!];
}

// A vertex at or below 0 of a logarithmic axis lies at its lower end, where the events are held.
function coordinate(spec: Parameters<typeof makeScale>[0], value: number): number {
  return makeScale(spec).forward(value);
}

/** The exact ellipse of its foci and distance, in channels of 256, brought to the axes' own coordinates. */
function ellipseOfFoci(
  { foci: [a, b], distance }: Extract<Shape, { kind: 'ellipse' }>,
  axes: readonly [ForeignAxis, ForeignAxis],
  displays: readonly [ChannelDisplay, ChannelDisplay],
): ForeignGate {
  const long = distance / 2;
  const focal = Math.hypot(b[0] - a[0], b[1] - a[1]) / 2;
  const shortSquare = long * long - focal * focal;
  const [cos, sin] = focal === 0 ? [1, 0] : [(b[0] - a[0]) / (2 * focal), (b[1] - a[1]) / (2 * focal)];
  const longSquare = long * long;
  const variance = [
    [longSquare * cos * cos + shortSquare * sin * sin, (longSquare - shortSquare) * cos * sin],
    [(longSquare - shortSquare) * cos * sin, longSquare * sin * sin + shortSquare * cos * cos],
  ];
  const per = displays.map(({ ofChannel256 }) => ofChannel256.perChannel);
  return {
    kind: 'ellipsoid',
    axes,
    mean: displays.map(({ ofChannel256 }, i) => ofChannel256.offset + (ofChannel256.perChannel * (a[i]! + b[i]!)) / 2),
    covariance: variance.map((row, i) => row.map((value, j) => value * per[i]! * per[j]!)),
    distanceSquare: 1,
  };
}

/** The ellipse through the ends of its two axes. */
function ellipseOfEnds(ends: readonly ForeignPoint[], axes: readonly [ForeignAxis, ForeignAxis]): ForeignGate {
  const [a, b, c, d] = ends as readonly [ForeignPoint, ForeignPoint, ForeignPoint, ForeignPoint];
  const half = ([from, to]: readonly [ForeignPoint, ForeignPoint]): ForeignPoint => [
    (to[0] - from[0]) / 2,
    (to[1] - from[1]) / 2,
  ];
  const [u, v] = [half([a, b]), half([c, d])];
  // Points mean + u·cos + v·sin: covariance u·uᵀ + v·vᵀ at distance 1.
  const covariance = [0, 1].map((i) => [0, 1].map((j) => u[i]! * u[j]! + v[i]! * v[j]!));
  const mean = [0, 1].map((i) => (a[i]! + b[i]! + c[i]! + d[i]!) / 4);
  return { kind: 'ellipsoid', axes, mean, covariance, distanceSquare: 1 };
}
