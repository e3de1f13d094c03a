import {
  type Axis,
  type BookScale,
  type Geometry,
  kindOf,
  type Mover,
  scaleOfAxis,
  uScale,
} from '../../gating/index.ts';
import { makeScale, type Scale } from '../../scale/index.ts';

/**
 * A gate moved in u as a whole, whatever the frame in which it is written; kinds that follow something else stay.
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
  return kindOf(geometry).moved(geometry, { on, raw });
}

function rawMover(by: (marker: string) => number, scales: readonly BookScale[]): Mover['raw'] {
  const ofMarker = new Map<string, Scale>();
  return ({ marker }, at) => {
    const entry = scales.find((scale) => scale.marker === marker);
    if (entry === undefined) throw new Error(`the book has no scale of "${marker}"`);
    const scale = ofMarker.get(marker) ?? makeScale(uScale(entry.u_cofactor));
    ofMarker.set(marker, scale);
    return scale.inverse(scale.forward(at) + by(marker));
  };
}
