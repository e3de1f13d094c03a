import type { ForeignBounds, ForeignGate } from '../model.ts';
import { type DisplayAxis, displayAxis, type NamedChannel } from './axis11.ts';
import type { WorkbenchGate } from './workbench.ts';

/** A coordinate this far out stands for an open side. */
const OPEN = 1e5;

/**
 * A gate of FlowJo 11 in the coordinates of its axes.
 * @param part of a quadrant gate: 0 low low, 1 high low, 2 low high, 3 high high
 * @returns the fault in words where it cannot be told
 */
export function gate11(gate: WorkbenchGate, part: number, named: NamedChannel): ForeignGate | string {
  if (gate.magnetic) return 'it is a magnetic gate, which lies elsewhere in each sample';
  const x = displayAxis(gate.xAxis, gate.gateResolution, named);
  if (typeof x === 'string') return x;
  const y = gate.yAxis === undefined ? undefined : displayAxis(gate.yAxis, gate.gateResolution, named);
  if (typeof y === 'string' && gate.type !== 'range') return y;
  if (gate.type === 'range') return boxOf([sideOf(x, gate.xVertices)]);
  if (y === undefined || typeof y === 'string') return 'it has one axis, where its kind has two';
  if (gate.xVertices.length !== gate.yVertices.length) return 'it has not as many places on one axis as on the other';
  switch (gate.type) {
    case 'rectangle':
      return boxOf([sideOf(x, gate.xVertices), sideOf(y, gate.yVertices)]);
    case 'polygon':
      return polygonOf(gate, x, y);
    case 'ellipse':
      return ellipseOf(gate, x, y);
    case 'quad':
      return quadrantOf(gate, part, x, y);
    default:
      return `a gate of kind "${gate.type}" is not read here`;
  }
}

type Side = ForeignBounds | string;

function boxOf(sides: readonly Side[]): ForeignGate | string {
  const fault = sides.find((side) => typeof side === 'string');
  if (fault !== undefined) return fault;
  return { kind: 'rectangle', dims: sides.filter((side) => typeof side !== 'string'), edges: 'upper' };
}

function sideOf(axis: DisplayAxis, places: readonly number[]): Side {
  if (places.length < 2) return 'it has fewer than two edges on an axis';
  return between(axis, Math.min(...places), Math.max(...places));
}

/** The place itself decides: low ≤ place < high. */
function between(axis: DisplayAxis, low: number, high: number): Side {
  const [min, max] = [low, high].map((place) => (Math.abs(place) >= OPEN ? undefined : axis.toLinear(place)));
  if (min === Number.POSITIVE_INFINITY || max === Number.NEGATIVE_INFINITY) return 'it lies beyond its axis';
  const finite = (at: number | undefined): number | null => (at !== undefined && Number.isFinite(at) ? at : null);
  return { axis: axis.linear, min: finite(min), max: finite(max) };
}

function polygonOf(
  { xVertices, yVertices, gateResolution, xAxis }: WorkbenchGate,
  x: DisplayAxis,
  y: DisplayAxis,
): ForeignGate | string {
  if (xVertices.length < 3) return `a polygon has at least 3 vertices; found ${xVertices.length}`;
  const places = xVertices.map((at, i) => [at, yVertices[i]!] as const);
  const bins = gateResolution ?? xAxis.transform.vectorLength ?? 256;
  return {
    kind: 'polygon',
    axes: [x.shown, y.shown],
    vertices: places.map(([a, b]) => [x.toShown(a), y.toShown(b)] as const),
    grid: { rule: 'flowjo 11', bins, vertices: places, lowVertex: 'channel 0' },
  };
}

/** A box between two corners, turned about its centre; on the display. */
function ellipseOf(
  { xVertices, yVertices, rotationAngle }: WorkbenchGate,
  x: DisplayAxis,
  y: DisplayAxis,
): ForeignGate | string {
  const [[x1, x2, more], [y1, y2]] = [xVertices, yVertices];
  if (x1 === undefined || x2 === undefined || y1 === undefined || y2 === undefined || more !== undefined)
    return `an ellipse has 2 corners; found ${xVertices.length}`;
  const [a, b] = [Math.abs(x2 - x1) / 2, Math.abs(y2 - y1) / 2];
  if (a === 0 || b === 0) return 'its ellipse has no width';
  const turn = (rotationAngle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const [px, py] = [x.perPlace, y.perPlace];
  const xy = (a * a - b * b) * sin * cos * px * py;
  return {
    kind: 'ellipsoid',
    axes: [x.shown, y.shown],
    mean: [x.toShown((x1 + x2) / 2), y.toShown((y1 + y2) / 2)],
    covariance: [
      [(a * a * cos * cos + b * b * sin * sin) * px * px, xy],
      [xy, (a * a * sin * sin + b * b * cos * cos) * py * py],
    ],
    distanceSquare: 1,
  };
}

/** The centre, then the ends of the four arms; arms that are not straight make quadrants that are no boxes. */
function quadrantOf(
  { xVertices, yVertices }: WorkbenchGate,
  part: number,
  x: DisplayAxis,
  y: DisplayAxis,
): ForeignGate | string {
  const [cx, cy] = [xVertices[0], yVertices[0]];
  if (cx === undefined || cy === undefined) return 'a quadrant gate has no centre';
  const isStraight = xVertices.every((at, i) => at === cx || yVertices[i] === cy);
  if (!isStraight) return 'the arms of its quadrants are not straight';
  if (part > 3) return `a quadrant gate has 4 parts; found number ${part}`;
  const side = (axis: DisplayAxis, at: number, isHigh: boolean): Side =>
    isHigh ? between(axis, at, Number.POSITIVE_INFINITY) : between(axis, Number.NEGATIVE_INFINITY, at);
  return boxOf([side(x, cx, part % 2 === 1), side(y, cy, part >= 2)]);
}
