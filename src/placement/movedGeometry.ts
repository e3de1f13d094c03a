import { type Axis, type BookScale, type Bounds, type Geometry, scaleOfAxis, uScale } from '../gating/index.ts';
import { makeScale, type Scale } from '../scale/index.ts';

/**
 * A gate of edges, an outline or an ellipse, moved in u as a whole, whatever the frame in which it is written. Other
 * geometries stay.
 * @param by of a marker, in u
 */
export function movedGeometry(
  geometry: Geometry,
  by: (marker: string) => number,
  scales: readonly BookScale[],
): Geometry {
  const raw = rawMover(by, scales);
  const on = (axis: Axis, at: number): number => {
    if (axis.frame === 'u') return at + by(axis.marker);
    const scale = scaleOfAxis(axis, scales);
    return scale ? scale.forward(raw(axis, scale.inverse(at))) : raw(axis, at);
  };
  switch (geometry.kind) {
    case 'interval':
      return { ...geometry, dims: [movedBounds(geometry.dims[0], on, raw)] };
    case 'rectangle':
      return { ...geometry, dims: geometry.dims.map((dim) => movedBounds(dim, on, raw)) };
    case 'quadrant': {
      const dividers = geometry.dividers.map((at, d) => on(geometry.dims[d]!, at));
      return { ...geometry, dividers, dividers_raw: geometry.dividers_raw.map((at, d) => raw(geometry.dims[d]!, at)) };
    }
    case 'polygon': {
      const [x, y] = geometry.dims;
      return {
        ...geometry,
        vertices: geometry.vertices.map(([atX, atY]) => [on(x, atX), on(y, atY)]),
        vertices_raw: geometry.vertices_raw.map(([atX, atY]) => [raw(x, atX), raw(y, atY)]),
      };
    }
    case 'ellipse':
      return { ...geometry, mean: geometry.mean.map((at, d) => on(geometry.dims[d]!, at)) };
    default:
      return geometry;
  }
}

type Mover = (axis: Axis, at: number) => number;

function movedBounds(dim: Bounds, on: Mover, raw: Mover): Bounds {
  const moved = (at: number | null, mover: Mover) => (at === null ? null : mover(dim, at));
  return {
    ...dim,
    min: moved(dim.min, on),
    max: moved(dim.max, on),
    min_raw: moved(dim.min_raw, raw),
    max_raw: moved(dim.max_raw, raw),
  };
}

function rawMover(by: (marker: string) => number, scales: readonly BookScale[]): Mover {
  const ofMarker = new Map<string, Scale>();
  return ({ marker }, at) => {
    const entry = scales.find((scale) => scale.marker === marker);
    if (entry === undefined) throw new Error(`the book has no scale of "${marker}"`);
    const scale = ofMarker.get(marker) ?? makeScale(uScale(entry.u_cofactor));
    ofMarker.set(marker, scale);
    return scale.inverse(scale.forward(at) + by(marker));
  };
}
