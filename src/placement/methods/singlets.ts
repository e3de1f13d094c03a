import { median } from 'd3-array';
import { z } from 'zod';
import type { Axis, Geometry } from '../../gating/index.ts';
import { robustSd } from '../../statistics/index.ts';
import {
  type GatePlacement,
  type GateRequest,
  type GateTube,
  gateMethod,
  notPlaced,
  plainPlacement,
} from '../method.ts';

const Settings = z.strictObject({
  variant: z
    .enum(['ratio', 'band', 'width'])
    .default('ratio')
    .describe('height ÷ area; the distance from the line height ~ area, for instruments with an offset; pulse width'),
  area: z.string().min(1).default('FSC-A').describe('area of the light-scatter pulse'),
  height: z.string().min(1).default('FSC-H').describe('height of the same pulse'),
  width: z.string().min(1).default('FSC-W').describe('width of the same pulse, for the variant width'),
  floor: z.number().nonnegative().default(30000).describe('least area that is measured, at a range of 262144'),
  z: z.number().positive().default(4.5).describe('half width of the band in robust standard deviations'),
});
type Settings = z.infer<typeof Settings>;

/** Fewer events than this show no band. */
const LEAST_EVENTS = 50;
/** Points for the line: a random sample, and 180,000 pairs of them are plenty. */
const MOST_POINTS = 600;
/** Optics differ from tube to tube by less than this; a narrower band would be one of rounding. */
const LEAST_SD = 0.005;

/**
 * Singlets lie in a band of height ÷ area: a doublet has the area of two cells but not their height. The band is the tube's
 * own, since optics drift from day to day and no study-wide number could follow.
 */
export const singlets = gateMethod<Settings>({
  name: 'singlets',
  settings: Settings,
  summary: 'pulse height against area, or pulse width, within z robust standard deviations of its middle, per tube',
  source:
    'median and MAD (Hampel 1974); doublets by area against height (Wersto 2001); line by Theil 1950 and Sen 1968',
  flags: {
    many_doublets: 'more than 15 % of the cells lie outside the band',
    no_doublets: 'fewer than 0.5 % of the cells lie outside the band: they may have been removed before',
    few_events: 'too few cells to measure a band',
    marker_absent: 'the tube has no pulse area, or no height or width',
  },
  needsSurvey: true,
  usualPool: 'tube',
  markers: (settings) => [{ name: settings.area, keys: ['area'] }, otherUse(settings)],
  place: (settings, request) => request.tubes.map((tube) => placeTube(settings, tube, request)),
});

/** What the area is held against. */
function otherUse({ variant, height, width }: Settings) {
  return variant === 'width' ? { name: width, keys: ['width'] } : { name: height, keys: ['height'] };
}

function placeTube(settings: Settings, tube: GateTube, request: GateRequest): GatePlacement {
  const other = otherUse(settings).name;
  if (!tube.has(settings.area) || !tube.has(other)) return notPlaced(['marker_absent']);
  const cells = cellsOf(settings, tube, other, request);
  if (cells.areas.length < LEAST_EVENTS) return notPlaced(['few_events']);
  const [area, second] = [settings.area, other].map((marker) => request.axis(marker, tube.sampleId, 'raw'));
  const shape = shapes[settings.variant](cells, settings.z, [area as Axis, second as Axis]);
  const flags = shape.outside > 0.15 ? ['many_doublets'] : shape.outside < 0.005 ? ['no_doublets'] : [];
  return plainPlacement(shape.geometry, 'own', flags);
}

/** Area and second measure of the events that are large enough to be measured. */
interface Cells {
  readonly areas: readonly number[];
  readonly others: readonly number[];
}

function cellsOf(settings: Settings, tube: GateTube, other: string, request: GateRequest): Cells {
  const [area, second] = [tube.linear(settings.area), tube.linear(other)];
  // u = arcsinh(x / cofactor), cofactor 150 at a range of 262144: sinh(1) · cofactor undoes the range.
  const floor = (settings.floor * request.uScale(settings.area).inverse(1)) / (150 * Math.sinh(1));
  const areas: number[] = [];
  const others: number[] = [];
  for (let i = 0; i < area.length; i++) {
    if (!(area[i]! > floor && Number.isFinite(area[i]!) && Number.isFinite(second[i]!))) continue;
    areas.push(area[i]!);
    others.push(second[i]!);
  }
  return { areas, others };
}

interface Shape {
  readonly geometry: Geometry;
  /** Share of the measured cells that lie outside. */
  readonly outside: number;
}

const shapes = { ratio: ratioBand, band: lineBand, width: widthBand } as const;

function ratioBand({ areas, others }: Cells, z: number, [area, height]: readonly [Axis, Axis]): Shape {
  const { centre, halfWidth, outside } = middle(
    areas.map((value, i) => others[i]! / value),
    z,
    LEAST_SD,
  );
  const edges = { min: centre - halfWidth, max: centre + halfWidth };
  return { geometry: { kind: 'ratio', dims: [height, area], ...edges }, outside };
}

function widthBand({ others }: Cells, z: number, [, width]: readonly [Axis, Axis]): Shape {
  const { centre, halfWidth, outside } = middle(others, z, LEAST_SD * Math.abs(median(others) as number));
  const [min, max] = [centre - halfWidth, centre + halfWidth];
  return { geometry: { kind: 'interval', dims: [{ ...width, min, max, min_raw: min, max_raw: max }] }, outside };
}

/** A strip along the robust line height ~ area. */
function lineBand({ areas, others }: Cells, z: number, [area, height]: readonly [Axis, Axis]): Shape {
  const slope = theilSen(areas, others);
  const offsets = areas.map((value, i) => others[i]! - slope * value);
  const { centre, halfWidth, outside } = middle(offsets, z, LEAST_SD * Math.abs(median(others) as number));
  const length = Math.hypot(1, slope);
  const geometry: Geometry = {
    kind: 'strip',
    dims: [area, height],
    origin: [0, centre],
    direction: [1 / length, slope / length],
    // Below every event: the strip has no beginning.
    from: -2 * length * areas.reduce((most, value) => Math.max(most, value), 0),
    half_width: halfWidth / length,
  };
  return { geometry, outside };
}

/** Median and z robust standard deviations, and the share of the values beyond. */
function middle(values: readonly number[], z: number, leastSd: number) {
  const centre = median(values) as number;
  const spread = robustSd(values, centre) as number;
  const halfWidth = z * Math.max(spread, leastSd);
  const outside = values.filter((value) => Math.abs(value - centre) >= halfWidth).length / values.length;
  return { centre, halfWidth, outside };
}

/** Median of the slopes of all pairs of the first points; 0 where no two areas differ. */
function theilSen(x: readonly number[], y: readonly number[]): number {
  const count = Math.min(MOST_POINTS, x.length);
  const slopes: number[] = [];
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < i; j++) if (x[i] !== x[j]) slopes.push((y[i]! - y[j]!) / (x[i]! - x[j]!));
  }
  return median(slopes) ?? 0;
}
