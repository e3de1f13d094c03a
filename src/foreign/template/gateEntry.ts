import { makeScale } from '../../scale/index.ts';
import { axesOfGate } from '../evaluate/foreignBook.ts';
import type { ForeignAxis, ForeignBounds, ForeignGate } from '../model.ts';
import type { AxisMarkers, MarkerAxis } from './axisMarkers.ts';
import type { ChosenCompensation } from './chooseCompensation.ts';

/** The gate entry of a template. */
export type GateEntry = Readonly<Record<string, unknown>>;

/** One population as a template writes it. */
export interface TemplateEntry {
  readonly name: string;
  readonly parent: string;
  readonly importedName: string | undefined;
  readonly gate: GateEntry;
}

type Geometric = Exclude<ForeignGate, { kind: 'boolean' }>;

/** A gate with a place of its own, as a template writes it; why it cannot, in words. */
export function gateEntry(gate: Geometric, markers: AxisMarkers, { faultOf }: ChosenCompensation): GateEntry | string {
  const axes = axesOfGate(gate);
  if (axes.some(({ source }) => source.kind === 'ratio')) return 'a template has no ratio of two channels';
  const fault = axes.map(faultOf).find((one) => one !== undefined);
  if (fault !== undefined) return fault;
  if (gate.kind === 'rectangle') return rectangleEntry(gate.dims, markers);
  if (gate.kind === 'polygon') return polygonEntry(gate, markers);
  return ellipseEntry(gate, markers);
}

function rectangleEntry(bounds: readonly ForeignBounds[], markers: AxisMarkers): GateEntry | string {
  const dims = bounds.map(({ axis, min, max }) => ({
    marker: markers.straight(axis),
    min: rawEdge(axis, min, 'min'),
    max: rawEdge(axis, max, 'max'),
  }));
  if (new Set(dims.map(({ marker }) => marker)).size !== dims.length) return 'it looks at one channel twice';
  if (dims.some(({ min, max }) => min === 'nobody' || max === 'nobody'))
    return 'nobody can be inside: an edge lies beyond the limits of its scale';
  if (dims.some(({ min, max }) => min !== null && max !== null && !(min < max))) return 'it has no width';
  return { method: 'rectangle', units: 'raw', dims };
}

/** An edge in raw units; one beyond what the scale reaches holds everybody (null) or nobody. */
function rawEdge({ scale, gain }: ForeignAxis, at: number | null, side: 'min' | 'max'): number | null | 'nobody' {
  if (at === null) return null;
  if (scale === null) return at / gain;
  const { spec, boundMin, boundMax } = scale;
  const [low, high] = [boundMin ?? Number.NEGATIVE_INFINITY, boundMax ?? Number.POSITIVE_INFINITY];
  if (at <= low) return side === 'min' ? null : 'nobody';
  if (at > high) return side === 'max' ? null : 'nobody';
  const raw = makeScale(spec).inverse(at);
  if (raw === Number.NEGATIVE_INFINITY) return side === 'min' ? null : 'nobody';
  if (raw === Number.POSITIVE_INFINITY) return side === 'max' ? null : 'nobody';
  return raw / gain;
}

function polygonEntry(
  { axes, vertices }: Extract<Geometric, { kind: 'polygon' }>,
  markers: AxisMarkers,
): GateEntry | string {
  const plane = planeOf(axes, markers);
  if (typeof plane === 'string') return plane;
  const points = vertices.map((point) => point.map((at, i) => at * plane.axes[i]!.factor + plane.axes[i]!.offset));
  if (!points.flat().every(Number.isFinite)) return 'a vertex lies where its scale has no coordinate';
  return { method: 'polygon', units: plane.units, x: plane.axes[0].marker, y: plane.axes[1].marker, vertices: points };
}

function ellipseEntry(gate: Extract<Geometric, { kind: 'ellipsoid' }>, markers: AxisMarkers): GateEntry | string {
  const { axes, mean, covariance, distanceSquare } = gate;
  const [x, y] = axes;
  if (axes.length !== 2 || x === undefined || y === undefined)
    return `a template has ellipses of 2 axes, not of ${axes.length}`;
  const plane = planeOf([x, y], markers);
  if (typeof plane === 'string') return plane;
  const [[a, b], [c, d]] = [0, 1].map((i) =>
    [0, 1].map((j) => covariance[i]![j]! * plane.axes[i]!.factor * plane.axes[j]!.factor),
  ) as [[number, number], [number, number]];
  const isEllipse = Math.abs(b - c) <= 1e-9 * Math.abs(b) && a > 0 && a * d - b * c > 0 && distanceSquare > 0;
  if (!isEllipse) return 'its covariance is not that of an ellipse';
  const centre = mean.map((at, i) => at * plane.axes[i]!.factor + plane.axes[i]!.offset);
  const covarianceRows = [
    [a, b],
    [b, d],
  ];
  const at = { x: plane.axes[0].marker, y: plane.axes[1].marker };
  return {
    method: 'ellipse',
    units: plane.units,
    ...at,
    mean: centre,
    covariance: covarianceRows,
    distance_square: distanceSquare,
  };
}

interface TemplatePlane {
  readonly units: 'raw' | 'scale';
  readonly axes: readonly [MarkerAxis, MarkerAxis];
}

/** Two axes of a gate with oblique edges: in raw units where both are linear, else on the markers' scales. */
function planeOf(axes: readonly [ForeignAxis, ForeignAxis], markers: AxisMarkers): TemplatePlane | string {
  if (markers.areLinear(axes)) {
    const [x, y] = axes.map((axis) => ({ marker: markers.straight(axis), factor: 1 / axis.gain, offset: 0 }));
    return x!.marker === y!.marker ? 'it looks at one channel twice' : { units: 'raw', axes: [x!, y!] };
  }
  const [x, y] = axes.map((axis) => markers.oblique(axis));
  if (typeof x === 'string') return x;
  if (typeof y === 'string') return y;
  return x!.marker === y!.marker ? 'it looks at one channel twice' : { units: 'scale', axes: [x!, y!] };
}
