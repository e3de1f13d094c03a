import { z } from 'zod';
import type { Landmark } from '../../gating/index.ts';
import type { CarriedAxis, DrawnShape } from '../carry/carriedGeometry.ts';
import { carriedGeometry, drawnGeometry } from '../carry/carriedGeometry.ts';
import { type AxesGain, registerAxes } from '../carry/registerAxes.ts';
import { CARRY } from '../carry/settings.ts';
import { type GatePlacement, type GateRequest, type GateTube, gateMethod, notPlaced } from '../method.ts';
import { atGain } from '../stain/stainingGain.ts';
import { Plane, PointSchema, toRaw } from './coordinates.ts';

const Edge = z.number().nullable();

const Settings = z
  .strictObject({
    x: Plane.x,
    y: Plane.y.optional().describe('marker on the vertical axis; left out: edges on one marker'),
    drawn_on: z
      .array(z.string().min(1))
      .min(1)
      .describe('sample_ids of the tubes on which the gate was drawn; there it stays as it is'),
    vertices: z.array(PointSchema).min(3).optional().describe('a polygon: corners [x, y] in order'),
    min: z.array(Edge).min(1).max(2).optional().describe('a rectangle: lower edges, inside; null: unbounded'),
    max: z.array(Edge).min(1).max(2).optional().describe('a rectangle: upper edges, outside; null: unbounded'),
    mean: PointSchema.optional().describe('an ellipse: centre [x, y]'),
    covariance: z.tuple([PointSchema, PointSchema]).optional().describe('of the ellipse, 2 × 2, rows'),
    distance_square: z
      .number()
      .positive()
      .default(1)
      .describe('largest squared Mahalanobis distance inside the ellipse'),
  })
  .superRefine((settings, context) => {
    const say = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    const { vertices, min, max, mean, covariance, x, y } = settings;
    const shapes = [vertices, min ?? max, mean ?? covariance].filter((shape) => shape !== undefined);
    if (shapes.length !== 1) say([], 'give one shape: vertices, or min and max, or mean and covariance');
    if ((mean === undefined) !== (covariance === undefined)) say([], 'an ellipse needs mean and covariance');
    if (y === undefined && (vertices ?? mean) !== undefined) say([], 'a polygon or an ellipse needs x and y');
    if (x === y) say(['y'], 'x and y are the same marker');
    const size = y === undefined ? 1 : 2;
    for (const [name, edges] of Object.entries({ min, max })) {
      if (edges !== undefined && edges.length !== size) say([name], `"${name}" needs ${size} edges, one a marker`);
    }
    for (let d = 0; d < size; d++) {
      const [low, high] = [min?.[d] ?? null, max?.[d] ?? null];
      if (low !== null && high !== null && !(low < high)) say([], 'max must lie above min');
    }
    if (covariance !== undefined) {
      const [[a, b], [c, d]] = covariance;
      if (!(b === c && a > 0 && a * d - b * c > 0))
        say(['covariance'], 'the covariance must be symmetric and positive definite');
    }
  });
type Settings = z.infer<typeof Settings>;

export const carried = gateMethod<Settings>({
  name: 'carried',
  settings: Settings,
  summary:
    'a polygon, rectangle or ellipse drawn on one or more tubes, carried to the others by the staining gains of the parent',
  source:
    'registration of tubes by the populations of the parent, their sizes free; landmarks: Hahne 2010, Finak 2014 (openCyto)',
  flags: {
    not_carried: 'how the tube’s stain lies to that of the drawn tube cannot be told: the gate has no place there',
    drawn_absent: 'none of the tubes on which the gate was drawn is in the study, or usable',
    unlike_pool: 'the parent holds populations where no other tube has any',
    gain_unsure: 'the tube’s gain may be missed by more than .15 (one standard error)',
    far_gain:
      'the tube is stained more than 2.5 times brighter or dimmer than the study: another setting of the instrument?',
    few_events: 'fewer than 100 events of the parent',
    marker_absent: 'the tube does not have the marker',
  },
  hasCoordinates: true,
  needsSurvey: true,
  markers: ({ x, y }) => [{ name: x, keys: ['x'] }, ...(y === undefined ? [] : [{ name: y, keys: ['y'] }])],
  place: placeCarried,
});

function placeCarried(settings: Settings, request: GateRequest): readonly GatePlacement[] {
  const markers = settings.y === undefined ? [settings.x] : [settings.x, settings.y];
  const shape = shapeOf(settings);
  const isNamed = isAligned(markers, request);
  const gains = isNamed ? alignedGains(markers, request) : ownGains(markers, request);
  const drawn = request.tubes.flatMap((tube, t) => (settings.drawn_on.includes(tube.sampleId) ? [t] : []));
  const trusted = drawn.filter((t) => gains[t]!.doubts.length === 0);
  const from = markers.map((_, d) => trusted.reduce((sum, t) => sum + gains[t]!.gains[d]!, 0) / trusted.length);
  return request.tubes.map((tube, t): GatePlacement => {
    const own = gains[t]!;
    if (!markers.every((marker) => tube.has(marker))) return notPlaced(['marker_absent']);
    const rest = { landmarks: [], modes: [], fallback: null, flags: own.flags } as const;
    if (drawn.includes(t)) {
      const axes = axesOf(markers, tube, request, () => 0);
      return { ...rest, geometry: drawnGeometry(shape, axes), rule: 'fixed', flags: [] };
    }
    if (trusted.length === 0) return notPlaced(['drawn_absent', 'not_carried']);
    if (own.doubts.length > 0) return notPlaced([...own.doubts, ...own.flags, 'not_carried'].sort());
    const shift = movedBy(
      own.gains.map((gain, d) => gain - from[d]!),
      isNamed,
    );
    const geometry = carriedGeometry(
      shape,
      axesOf(markers, tube, request, (d) => shift[d]!),
    );
    const landmarks = markers.map((marker, d) => landmarkOf(marker, tube, shift[d]!));
    return { ...rest, geometry, landmarks, rule: 'carried' };
  });
}

function isAligned(markers: readonly string[], { alignment }: GateRequest): boolean {
  return alignment !== undefined && markers.every((marker) => alignment.book.markers.includes(marker));
}

/** By the alignment that the gate names. */
function alignedGains(markers: readonly string[], { alignment, tubes }: GateRequest): readonly AxesGain[] {
  const known = new Map(alignment?.book.tubes.map((tube) => [tube.sample_id, tube]));
  return tubes.map(({ sampleId }) => {
    const gains = markers.flatMap((marker) => known.get(sampleId)?.log_gain[marker] ?? []);
    const isFar = alignment?.tubeFlags(sampleId).includes('far_gain') === true;
    return { gains, doubts: gains.length < markers.length ? ['gain_unsure'] : [], flags: isFar ? ['far_gain'] : [] };
  });
}

/** By the parent's own events; gates of one parent on the same axes stand on the same gains. */
function ownGains(markers: readonly string[], { tubes, shared }: GateRequest): readonly AxesGain[] {
  const sorted = [...markers].sort();
  const found = shared(`carried ${JSON.stringify(sorted)}`, () => registerAxes(tubes, sorted));
  return found.map((one) => ({ ...one, gains: markers.flatMap((marker) => one.gains[sorted.indexOf(marker)] ?? []) }));
}

/**
 * How far a gate is moved by gains that were found: small ones are held back (positive-part James–Stein), since tubes of one
 * assay scatter so far where the lab's own gates stay.
 */
function movedBy(gains: readonly number[], isNamed: boolean): readonly number[] {
  const square = gains.reduce((sum, gain) => sum + gain * gain, 0);
  const kept = isNamed || square === 0 ? 1 : Math.max(0, 1 - (gains.length * CARRY.scatter ** 2) / square);
  return gains.map((gain) => kept * gain);
}

function axesOf(
  markers: readonly string[],
  tube: GateTube,
  request: GateRequest,
  shiftOf: (axis: number) => number,
): readonly CarriedAxis[] {
  const isRaw = request.gate.units === 'raw';
  return markers.map((marker, d): CarriedAxis => {
    const u = request.uScale(marker);
    const own = request.ownScale(marker);
    return {
      axis: request.axis(marker, tube.sampleId, isRaw ? 'raw' : 'scale'),
      toRaw: (at) => toRaw(marker, at, request),
      move(at) {
        if (shiftOf(d) === 0) return at;
        const raw = u.inverse(atGain(u.forward(toRaw(marker, at, request)), shiftOf(d)));
        return isRaw ? raw : own.forward(raw);
      },
    };
  });
}

/** Where the parent's brighter half lies in the tube, and by how much gates there were moved. */
function landmarkOf(marker: string, tube: GateTube, gain: number): Landmark {
  const sorted = tube.u(marker).filter(Number.isFinite).sort();
  const at = sorted[Math.floor(0.75 * sorted.length)] ?? 0;
  return { marker, at, shift: at - atGain(at, -gain) };
}

function shapeOf({ y, vertices, min, max, mean, covariance, distance_square }: Settings): DrawnShape {
  if (vertices !== undefined) return { kind: 'polygon', vertices };
  if (mean !== undefined && covariance !== undefined)
    return { kind: 'ellipse', mean, covariance, distanceSquare: distance_square };
  const size = y === undefined ? 1 : 2;
  const sides = Array.from({ length: size }, (_, d) => ({ min: min?.[d] ?? null, max: max?.[d] ?? null }));
  return { kind: 'rectangle', sides };
}
