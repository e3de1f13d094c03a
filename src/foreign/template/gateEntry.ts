import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { makeScale } from '../../scale/index.ts';
import { axesOfGate } from '../evaluate/foreignBook.ts';
import type { ForeignAxis, ForeignBounds, ForeignGate } from '../model.ts';
import type { AxisMarkers, MarkerAxis } from './axisMarkers.ts';
import type { ChosenCompensation } from './chooseCompensation.ts';
import { heldPolygon } from './heldPolygon.ts';

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

function polygonEntry(gate: Extract<Geometric, { kind: 'polygon' }>, markers: AxisMarkers): GateEntry | string {
  const held = gate.axes.map(({ scale }) => scale ?? { boundMin: null, boundMax: null });
  const vertices = heldPolygon(gate.vertices, [held[0]!, held[1]!]);
  if (vertices.length < 3) return 'nobody can be inside: it lies beyond the limits of its scale';
  const [a, b] = gate.axes;
  const axes = [withoutLimits(a), withoutLimits(b)] as const;
  const plane = frameOf(axes, markers);
  if (typeof plane === 'string') return plane;
  const points = vertices.map((point) => point.map((at, i) => at * plane.axes[i]!.factor + plane.axes[i]!.offset));
  if (!points.flat().every(Number.isFinite)) return 'a vertex lies where its scale has no coordinate';
  const [x, y] = plane.axes.map(({ marker }) => marker);
  return { method: 'polygon', units: plane.units, x, y, vertices: points };
}

function withoutLimits(axis: ForeignAxis): ForeignAxis {
  return axis.scale === null ? axis : { ...axis, scale: { ...axis.scale, boundMin: null, boundMax: null } };
}

function ellipseEntry(
  { axes, mean, covariance, distanceSquare }: Extract<Geometric, { kind: 'ellipsoid' }>,
  markers: AxisMarkers,
): GateEntry | string {
  const frame = frameOf(axes, markers);
  if (typeof frame === 'string') return frame;
  const own = frame.axes;
  const rows = covariance.map((row, i) => row.map((at, j) => at * own[i]!.factor * own[j]!.factor));
  const symmetric = rows.map((row, i) => row.map((at, j) => (i <= j ? at : rows[j]![i]!)));
  const isEven = rows.every((row, i) => row.every((at, j) => Math.abs(at - symmetric[i]![j]!) <= 1e-9 * Math.abs(at)));
  if (!isEven || !isPositive(symmetric) || !(distanceSquare > 0)) return 'its covariance is not that of an ellipse';
  const names = own.map(({ marker }) => marker);
  const at = names.length === 2 ? { x: names[0], y: names[1] } : { dims: names };
  return {
    method: 'ellipse',
    units: frame.units,
    ...at,
    mean: mean.map((one, i) => one * own[i]!.factor + own[i]!.offset),
    covariance: symmetric,
    distance_square: distanceSquare,
  };
}

function isPositive(matrix: readonly (readonly number[])[]): boolean {
  return new CholeskyDecomposition(new Matrix(matrix.map((row) => [...row]))).isPositiveDefinite();
}

interface TemplateFrame {
  readonly units: 'raw' | 'scale';
  readonly axes: readonly MarkerAxis[];
}

/** Axes of a gate with oblique edges: in raw units where all are linear, else on the markers' scales. */
function frameOf(axes: readonly ForeignAxis[], markers: AxisMarkers): TemplateFrame | string {
  const areLinear = markers.areLinear(axes);
  const found = axes.map((axis) =>
    areLinear ? { marker: markers.straight(axis), factor: 1 / axis.gain, offset: 0 } : markers.oblique(axis),
  );
  const fault = found.find((axis) => typeof axis === 'string');
  if (fault !== undefined) return fault;
  const own = found.filter((axis) => typeof axis !== 'string');
  if (new Set(own.map(({ marker }) => marker)).size < own.length) return 'it looks at one channel twice';
  return { units: areLinear ? 'raw' : 'scale', axes: own };
}
