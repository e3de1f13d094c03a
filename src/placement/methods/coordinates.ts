import { z } from 'zod';
import type { Axis, Bounds } from '../../gating/index.ts';
import type { NamedUse } from '../../template/index.ts';
import type { GatePlacement, GateRequest } from '../method.ts';
import { notPlaced } from '../method.ts';

/** A pair of markers that span the plane of a gate. */
export const Plane = {
  x: z.string().min(1).describe('marker on the horizontal axis'),
  y: z.string().min(1).describe('marker on the vertical axis'),
};

export const PointSchema = z.tuple([z.number(), z.number()]);

export function planeUse(settings: { readonly x: string; readonly y: string }): readonly NamedUse[] {
  return [
    { name: settings.x, keys: ['x'] },
    { name: settings.y, keys: ['y'] },
  ];
}

/** The frame of written coordinates: `units: raw` is linear, `units: scale` the marker's own scale. */
function frameOf(request: GateRequest): 'scale' | 'raw' {
  return request.gate.units === 'raw' ? 'raw' : 'scale';
}

/** A written coordinate in linear units. */
export function toRaw(marker: string, coordinate: number, request: GateRequest): number {
  return frameOf(request) === 'raw' ? coordinate : request.ownScale(marker).inverse(coordinate);
}

export function boundsAt(axis: Axis, min: number | null, max: number | null, request: GateRequest): Bounds {
  const raw = (edge: number | null) => (edge === null ? null : toRaw(axis.marker, edge, request));
  return { ...axis, min, max, min_raw: raw(min), max_raw: raw(max) };
}

/**
 * The same written coordinates in every tube. A gate whose marker is absent keeps its other dimensions where the template
 * says `drop` and the shape allows it; else it has no place.
 * @param draw the geometry for a tube that has these markers; undefined where the shape cannot do with fewer
 */
export function placeWritten(
  markers: readonly string[],
  request: GateRequest,
  draw: (present: ReadonlySet<string>, axis: (marker: string) => Axis) => GatePlacement['geometry'] | undefined,
): readonly GatePlacement[] {
  return request.tubes.map((tube) => {
    const present = new Set(markers.filter((marker) => tube.has(marker)));
    const isWhole = present.size === new Set(markers).size;
    const geometry = draw(present, (marker) => request.axis(marker, tube.sampleId, frameOf(request)));
    if (!geometry) return notPlaced(['marker_absent']);
    const flags = isWhole ? [] : ['marker_absent'];
    return { geometry, landmarks: [], modes: [], rule: 'fixed', fallback: null, flags };
  });
}
