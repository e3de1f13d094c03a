import * as z from 'zod';

const axis = {
  marker: z.string().min(1),
  channel: z.string().min(1).optional().describe('left out: the one of the gate as placed'),
  frame: z.enum(['u', 'scale', 'raw']).default('u'),
};
const Axis = z.strictObject(axis);
const number = z.number();
const bound = z.number().nullable().optional();

/** Edges in the axis' frame, in linear units, or both; what is left out is worked out from the other. */
const Bounds = z.strictObject({ ...axis, min: bound, max: bound, min_raw: bound, max_raw: bound });
const Point = z.tuple([number, number]);
const Plane = z.tuple([Axis, Axis]);

const Interval = z.strictObject({ kind: z.literal('interval'), dims: z.tuple([Bounds]) });
const Rectangle = z.strictObject({ kind: z.literal('rectangle'), dims: z.array(Bounds).min(1) });
const Polygon = z.strictObject({
  kind: z.literal('polygon'),
  dims: Plane,
  vertices: z.array(Point).min(3),
  vertices_raw: z.array(Point).min(3).optional(),
});
const Ellipse = z.strictObject({
  kind: z.literal('ellipse'),
  dims: Plane,
  mean: Point,
  covariance: z.tuple([Point, Point]),
  distance_square: z.number().positive(),
});
const Quadrant = z.strictObject({
  kind: z.literal('quadrant'),
  dims: z.array(Axis).min(1).max(2),
  dividers: z.array(number).min(1).max(2),
  dividers_raw: z.array(number).min(1).max(2).optional(),
  side: z
    .array(z.enum(['above', 'below']))
    .min(1)
    .max(2),
});
const Strip = z.strictObject({
  kind: z.literal('strip'),
  dims: Plane,
  origin: Point,
  direction: Point,
  from: number,
  half_width: z.number().positive(),
});
const Part = z.discriminatedUnion('kind', [Interval, Rectangle, Polygon, Ellipse, Quadrant, Strip]);
const All = z.strictObject({ kind: z.literal('all'), of: z.array(Part).min(1) });

/** A geometry as a person may give it: like those of placements.json, channels and linear twins may be left out. */
export const PatchGeometry = z.discriminatedUnion('kind', [
  Interval,
  Rectangle,
  Polygon,
  Ellipse,
  Quadrant,
  Strip,
  All,
]);
export type PatchGeometry = z.infer<typeof PatchGeometry>;
export type PatchPart = z.infer<typeof Part>;
export type PatchAxis = z.infer<typeof Axis>;
export type PatchBounds = z.infer<typeof Bounds>;
