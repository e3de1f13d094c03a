import type { EventIndex } from './events.ts';
import type { GateContext } from './gateContext.ts';
import { allMembers } from './geometries/all.ts';
import { booleanMembers } from './geometries/boolean.ts';
import { boundsMembers } from './geometries/bounds.ts';
import { ellipseMembers } from './geometries/ellipse.ts';
import { polygonMembers } from './geometries/polygon.ts';
import { quadrantMembers } from './geometries/quadrant.ts';
import { rangesMembers } from './geometries/ranges.ts';
import { ratioMembers } from './geometries/ratio.ts';
import { stripMembers } from './geometries/strip.ts';
import type { Geometry } from './geometry.ts';

/**
 * The events of the parent that are inside a geometry, ascending; null where the gate could not be placed.
 * Values that are not numbers are in no geometry on that axis. A new geometry is one file and one line here.
 */
export function members(geometry: Geometry, context: GateContext, parent: EventIndex): EventIndex | null {
  switch (geometry.kind) {
    case 'interval':
    case 'rectangle':
      return boundsMembers(geometry.dims, context, parent);
    case 'quadrant':
      return quadrantMembers(geometry, context, parent);
    case 'polygon':
      return polygonMembers(geometry, context, parent);
    case 'ellipse':
      return ellipseMembers(geometry, context, parent);
    case 'strip':
      return stripMembers(geometry, context, parent);
    case 'ratio':
      return ratioMembers(geometry, context, parent);
    case 'ranges':
      return rangesMembers(geometry, context, parent);
    case 'all':
      return allMembers(geometry, parent, (part, kept) => members(part, context, kept));
    case 'boolean':
      return booleanMembers(geometry, context, parent, (part, within) => members(part, context, within));
    case 'none':
      return null;
    default: {
      const unknown: never = geometry;
      throw new Error(`unknown geometry ${JSON.stringify(unknown)}`);
    }
  }
}
