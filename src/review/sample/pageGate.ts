import {
  type Axis,
  type BookScale,
  type Geometry,
  kindOf,
  type Point,
  scaleOfAxis,
  uScale,
} from '../../gating/index.ts';
import { makeScale } from '../../scale/index.ts';

/** A straight edge that a person can take hold of. */
export interface PageEdge {
  /** Name of the handle, as a patch names it; two edges of one handle move together. */
  readonly handle: string;
  /** The one marker that it cuts; of a border the two of its plane. */
  readonly markers: readonly string[];
  /** Inside is at or above it, or below it. */
  readonly side: 'min' | 'max';
  /** In u; of a border how far along its direction. */
  readonly at: number;
  /** Linear, compensated; null for a border. */
  readonly raw: number | null;
  /** Of a border: a point and a direction in u, and how far the band reaches to either side. */
  readonly line?: { readonly origin: Point; readonly direction: Point; readonly halfWidth: number } | undefined;
}

/** The outline of a polygon or an ellipse, in u: the page moves it as a whole. */
export interface PageOutline {
  readonly markers: readonly [string, string];
  readonly points: readonly Point[];
}

/** A gate as the page draws it: inside is beyond every edge, within every outline, and in every part that does not move. */
export interface PageGate {
  readonly edges: readonly PageEdge[];
  /** Polygons and ellipses, of which `outlines` are the lines. */
  readonly shaped: readonly Geometry[];
  readonly fixed: readonly Geometry[];
  readonly outlines: readonly PageOutline[];
}

/** Points of an ellipse's outline: closer than a pixel at 480 of them. */
const ELLIPSE_POINTS = 72;
/** Pieces of an edge that is curved in u: the curve is then less than a pixel off. */
const PIECES = 16;
/** In u: longer than any axis, which ends near u = 8 (arcsinh of 262144 / 150). */
const FARAWAY = 20;

/** A geometry as edges that move and parts that stay. */
export function pageGate(geometry: Geometry, scales: readonly BookScale[]): PageGate {
  if (geometry.kind === 'all') {
    const parts = geometry.of.map((part) => pageGate(part, scales));
    return {
      edges: parts.flatMap((part) => part.edges),
      shaped: parts.flatMap((part) => part.shaped),
      fixed: parts.flatMap((part) => part.fixed),
      outlines: parts.flatMap((part) => part.outlines),
    };
  }
  const nothing = { edges: [], shaped: [], fixed: [], outlines: [] };
  const toU = uOfRaw(scales);
  switch (geometry.kind) {
    case 'interval':
    case 'rectangle': {
      const edges = geometry.dims.flatMap((dim) =>
        (['min', 'max'] as const).flatMap((side): PageEdge[] => {
          const raw = dim[`${side}_raw`];
          const { marker } = dim;
          return raw === null
            ? []
            : [{ handle: `${marker} ${side}`, markers: [marker], side, at: toU(marker, raw), raw }];
        }),
      );
      return { ...nothing, edges };
    }
    case 'quadrant': {
      const edges = geometry.dims.map(({ marker }, d): PageEdge => {
        const raw = geometry.dividers_raw[d]!;
        return {
          handle: marker,
          markers: [marker],
          side: geometry.side[d] === 'above' ? 'min' : 'max',
          at: toU(marker, raw),
          raw,
        };
      });
      return { ...nothing, edges };
    }
    case 'strip': {
      const { origin, direction, from, dims } = geometry;
      const markers = [dims[0].marker, dims[1].marker] as const;
      const border: PageEdge = {
        handle: 'border',
        markers,
        side: 'min',
        at: from,
        raw: null,
        line: { origin, direction, halfWidth: geometry.half_width },
      };
      const band: Geometry = { ...geometry, from: -FARAWAY };
      return { ...nothing, edges: [border], fixed: [band] };
    }
    case 'polygon':
    case 'ellipse':
      return { ...nothing, shaped: [geometry], outlines: outlinesOf(geometry, scales) };
    default:
      return { ...nothing, fixed: [geometry] };
  }
}

/** A marker's coordinate in u of a linear value. */
function uOfRaw(scales: readonly BookScale[]): (marker: string, raw: number) => number {
  const known = new Map(scales.map((entry) => [entry.marker, makeScale(uScale(entry.u_cofactor))]));
  return (marker, raw) => known.get(marker)?.forward(raw) ?? raw;
}

function outlinesOf(
  geometry: Extract<Geometry, { kind: 'polygon' | 'ellipse' }>,
  scales: readonly BookScale[],
): readonly PageOutline[] {
  const [x, y] = kindOf(geometry).axes(geometry);
  if (x === undefined || y === undefined || geometry.dims.length > 2) return [];
  const toU = uOfRaw(scales);
  const placed = (axis: Axis, at: number) => toU(axis.marker, scaleOfAxis(axis, scales)?.inverse(at) ?? at);
  const isInU = x.frame === 'u' && y.frame === 'u';
  const corners = geometry.kind === 'polygon' ? geometry.vertices : ellipsePoints(geometry);
  // An edge that is straight in the gate's own frame is curved in u.
  const points =
    isInU || geometry.kind === 'ellipse'
      ? corners
      : corners.flatMap((from, i) => piecesOf(from, corners[(i + 1) % corners.length]!));
  return [{ markers: [x.marker, y.marker], points: points.map(([a, b]): Point => [placed(x, a), placed(y, b)]) }];
}

function piecesOf(from: Point, to: Point): Point[] {
  return Array.from({ length: PIECES }, (_, i): Point => {
    const share = i / PIECES;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  });
}

function ellipsePoints({ mean, covariance, distance_square }: Extract<Geometry, { kind: 'ellipse' }>): Point[] {
  const radius = Math.sqrt(distance_square);
  const l11 = Math.sqrt(covariance[0]![0]!);
  const l21 = covariance[1]![0]! / l11;
  const l22 = Math.sqrt(Math.max(0, covariance[1]![1]! - l21 * l21));
  return Array.from({ length: ELLIPSE_POINTS }, (_, i): Point => {
    const angle = (2 * Math.PI * i) / ELLIPSE_POINTS;
    const [c, s] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    return [mean[0]! + l11 * c, mean[1]! + l21 * c + l22 * s];
  });
}
