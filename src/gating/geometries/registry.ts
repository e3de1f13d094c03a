import type { AnyGeometry, GeometryKind } from '../geometryKind.ts';
import { type All, all } from './all.ts';
import { type BooleanGeometry, booleanKind } from './boolean.ts';
import { type Ellipse, ellipse } from './ellipse.ts';
import { type Interval, interval } from './interval.ts';
import { type Nowhere, nowhere } from './nowhere.ts';
import { type Polygon, polygon } from './polygon.ts';
import { type Quadrant, quadrant } from './quadrant.ts';
import { type Ranges, ranges } from './ranges.ts';
import { type Ratio, ratio } from './ratio.ts';
import { type Rectangle, rectangle } from './rectangle.ts';
import { type Strip, strip } from './strip.ts';

/** Where a gate lies in one tube, as it stands in placements.json (keys as there). */
export type Geometry =
  | Interval
  | Rectangle
  | Polygon
  | Ellipse
  | Quadrant
  | Strip
  | Ratio
  | Ranges
  | All<Geometry>
  | BooleanGeometry<Geometry>
  | Nowhere;

/** Every kind of gate; a new one is a file and its lines here. */
const kinds = {
  interval,
  rectangle,
  polygon,
  ellipse,
  quadrant,
  strip,
  ratio,
  ranges,
  all: all(kindOfAny),
  boolean: booleanKind(kindOfAny),
  none: nowhere,
} as const satisfies { readonly [K in Geometry['kind']]: GeometryKind<AnyGeometry> };

/** What a geometry's kind answers. */
export function kindOf(geometry: Geometry): GeometryKind<Geometry> {
  return kinds[geometry.kind] as GeometryKind<Geometry>;
}

// Parts of a gate are gates of the same book.
function kindOfAny(geometry: AnyGeometry): GeometryKind<AnyGeometry> {
  return kindOf(geometry as Geometry) as GeometryKind<AnyGeometry>;
}
