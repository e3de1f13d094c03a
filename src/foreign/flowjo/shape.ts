import type { ForeignPoint } from '../model.ts';

/** A gate as a workspace writes it; names are those of its axes, with what marks them as compensated. */
export type Shape =
  | { readonly kind: 'rectangle'; readonly dims: readonly ShapeRange[] }
  | {
      readonly kind: 'polygon';
      readonly names: readonly [string, string];
      /** Linear units; edges are straight on the display. */
      readonly vertices: readonly ForeignPoint[];
      /** Channels of the grid along an axis; 0: the gate has none; null: the workspace tells none. */
      readonly bins: number | null;
    }
  | {
      /** All points with distances to the foci of at most `distance` together, in 256 channels of the display. */
      readonly kind: 'ellipse';
      readonly names: readonly [string, string];
      readonly foci: readonly [ForeignPoint, ForeignPoint];
      readonly distance: number;
    }
  | {
      /** Ends of the two axes of an ellipse, opposite ones together, in linear units. */
      readonly kind: 'ends';
      readonly names: readonly [string, string];
      readonly ends: readonly [ForeignPoint, ForeignPoint, ForeignPoint, ForeignPoint];
    };

export interface ShapeRange {
  readonly name: string;
  readonly min: number | null;
  readonly max: number | null;
}

/** A shape, whether it is the events outside it, or why it cannot be read. */
export type ReadShape = { readonly shape: Shape; readonly isComplement: boolean } | string;

/** min below max whatever order they are written in; the fault in words where one is no number. */
export function rangeOf(name: string, min: number | undefined, max: number | undefined): ShapeRange | string {
  if (Number.isNaN(min) || Number.isNaN(max)) return `an edge on "${name}" is no number`;
  if (name === '') return 'an axis has no name';
  if (min !== undefined && max !== undefined && min > max) return { name, min: max, max: min };
  return { name, min: min ?? null, max: max ?? null };
}

export function rectangleOf(ranges: readonly (ShapeRange | string)[], isComplement: boolean): ReadShape {
  const fault = ranges.find((range) => typeof range === 'string');
  if (fault !== undefined) return fault;
  if (ranges.length === 0) return 'it has no axis';
  return { shape: { kind: 'rectangle', dims: ranges.filter((range) => typeof range !== 'string') }, isComplement };
}

export function polygonOf(
  names: readonly (string | undefined)[],
  vertices: readonly (readonly number[])[],
  { bins, isComplement }: { readonly bins: number | null; readonly isComplement: boolean },
): ReadShape {
  const [x, y] = names;
  if (!x || !y || names.length !== 2) return `a polygon has 2 axes; found ${names.filter(Boolean).length}`;
  if (vertices.length < 3) return `a polygon has at least 3 vertices; found ${vertices.length}`;
  if (vertices.some((point) => point.length !== 2 || !point.every(Number.isFinite)))
    return 'a vertex is not two numbers';
  const points = vertices.map(([a, b]) => [a!, b!] as const);
  return { shape: { kind: 'polygon', names: [x, y], vertices: points, bins }, isComplement };
}

/** In channels of 256: the foci as numbers, ends of the axes rounded to whole ones, opposite ones together. */
interface WrittenEllipse {
  readonly foci: readonly (readonly number[])[];
  readonly edges: readonly (readonly number[])[];
  readonly distance: number | undefined;
}

/** Each end is rounded by up to half a channel both ways. */
const ROUNDING = Math.SQRT2;

/** The exact length of the long axis; where the ends say otherwise it is a left-over of an earlier form, and they hold. */
function longAxis({ edges, distance }: WrittenEllipse): number | undefined {
  const lengths = [0, 2].map((i) => {
    const [a, b] = [edges[i], edges[i + 1]];
    return a && b ? Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!) : Number.NaN;
  });
  const drawn = Math.max(...lengths);
  if (Number.isNaN(drawn)) return distance;
  return distance !== undefined && Math.abs(distance - drawn) <= ROUNDING ? distance : drawn;
}

export function ellipseOf(
  names: readonly (string | undefined)[],
  { foci, edges, distance }: WrittenEllipse,
  isComplement: boolean,
): ReadShape {
  const [x, y] = names;
  const [a, b] = foci;
  if (!x || !y || names.length !== 2) return `an ellipse has 2 axes; found ${names.filter(Boolean).length}`;
  if (foci.length !== 2 || ![a, b].every((point) => point?.length === 2 && point.every(Number.isFinite))) {
    return 'an ellipse has 2 foci of two numbers each';
  }
  const long = longAxis({ foci, edges, distance });
  if (long === undefined || !(long > 0)) return 'an ellipse needs a distance above 0';
  const points = [
    [a![0]!, a![1]!],
    [b![0]!, b![1]!],
  ] as const;
  if (Math.hypot(points[0][0] - points[1][0], points[0][1] - points[1][1]) >= long) {
    return 'the foci of an ellipse lie farther apart than its distance';
  }
  return { shape: { kind: 'ellipse', names: [x, y], foci: points, distance: long }, isComplement };
}
