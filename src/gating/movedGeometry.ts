import { makeScale, type Scale } from '../scale/index.ts';
import type { Axis } from './axis.ts';
import type { BookScale } from './book.ts';
import { type Geometry, kindOf } from './geometries/registry.ts';
import type { Mover } from './geometryKind.ts';
import { scaleOfAxis, uScale } from './scales.ts';

/** How far one handle of a gate is moved. */
export interface GateShift {
  /** Name of the handle: a marker, `CD38 min`, `border` … */
  readonly axis: string;
  readonly by: number;
  /** Unit of `by`: u, or linear compensated units. */
  readonly frame: 'u' | 'raw';
}

/**
 * A gate moved in u as a whole, whatever the frame in which it is written; kinds that follow something else stay.
 * @param by of a marker, in u
 */
export function movedGeometry(
  geometry: Geometry,
  by: (marker: string) => number,
  scales: readonly BookScale[],
): Geometry {
  return kindOf(geometry).moved(geometry, moverBy(by, scales));
}

/** What of a gate can be moved alone, by name; empty where nothing of it can. */
export function handlesOf(geometry: Geometry): readonly string[] {
  return kindOf(geometry)
    .handles(geometry)
    .map(({ name }) => name);
}

/**
 * A gate with one of its handles moved.
 * @returns undefined where the gate has no such handle, or none that is moved in that unit
 */
export function shiftedGeometry(
  geometry: Geometry,
  { axis, by, frame }: GateShift,
  scales: readonly BookScale[],
): Geometry | undefined {
  const handle = kindOf(geometry)
    .handles(geometry)
    .find(({ name }) => name === axis);
  if (handle === undefined || (frame === 'raw' && !handle.isOnMarker)) return undefined;
  const mover = frame === 'u' ? moverBy(() => by, scales) : rawMoverBy(by, scales);
  return handle.moved(mover, by);
}

function moverBy(by: (marker: string) => number, scales: readonly BookScale[]): Mover {
  const uOf = uScales(scales);
  const raw = ({ marker }: Axis, at: number): number => {
    const scale = uOf(marker);
    return scale.inverse(scale.forward(at) + by(marker));
  };
  const on = (axis: Axis, at: number): number => {
    if (axis.frame === 'u') return at + by(axis.marker);
    const scale = scaleOfAxis(axis, scales);
    return scale ? scale.forward(raw(axis, scale.inverse(at))) : raw(axis, at);
  };
  return { on, raw };
}

function rawMoverBy(by: number, scales: readonly BookScale[]): Mover {
  const on = (axis: Axis, at: number): number => {
    const scale = scaleOfAxis(axis, scales);
    return scale ? scale.forward(scale.inverse(at) + by) : at + by;
  };
  return { on, raw: (_axis, at) => at + by };
}

/** The scale of u of each marker, made once. */
function uScales(scales: readonly BookScale[]): (marker: string) => Scale {
  const ofMarker = new Map<string, Scale>();
  return (marker) => {
    const entry = scales.find((scale) => scale.marker === marker);
    if (entry === undefined) throw new Error(`the book has no scale of "${marker}"`);
    const scale = ofMarker.get(marker) ?? makeScale(uScale(entry.u_cofactor));
    ofMarker.set(marker, scale);
    return scale;
  };
}
