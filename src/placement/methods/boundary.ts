import { z } from 'zod';
import type { Bounds } from '../../gating/index.ts';
import { type GatePlacement, type GateRequest, type GateTube, gateMethod, notPlaced } from '../method.ts';

const Settings = z.strictObject({
  markers: z.array(z.string().min(1)).min(1).describe('channels whose limits are looked at'),
  lower: z
    .number()
    .nullable()
    .default(0)
    .describe('values at or below are dropped, linear; 0 suits scatter; null: none, for compensated fluorescence'),
  margin: z.number().positive().default(1).describe('dropped below the upper end of the range, linear'),
});
type Settings = z.infer<typeof Settings>;

/** More than this share at a limit means that the voltage was wrong, not that some events were large. */
const SATURATED = 0.01;

/**
 * Events at the detector's limits have no value, only a bound: they are taken out as a population that can be counted,
 * never in silence.
 */
export const boundary = gateMethod<Settings>({
  name: 'boundary',
  settings: Settings,
  summary: 'drops events at the limits of the detector: at or below the lower one, at the end of the range',
  source: 'boundary events of openCyto and flowCore (Finak 2014): x ≤ min or x ≥ range − 1',
  flags: {
    saturated: 'more than 1 % of the events lie at the upper limit of a channel',
    at_floor: 'more than 1 % of the events lie at the lower limit of a channel',
    marker_absent: 'the tube lacks a channel; its limits were dropped, or the gate has no place',
  },
  needsSurvey: true,
  usualPool: 'tube',
  markers: (settings) => settings.markers.map((name, i) => ({ name, keys: ['markers', i] })),
  place: (settings, request) => request.tubes.map((tube) => insideLimits(settings, tube, request)),
});

function insideLimits(settings: Settings, tube: GateTube, request: GateRequest): GatePlacement {
  const present = settings.markers.filter((marker) => tube.has(marker));
  const absent = settings.markers.length > present.length ? ['marker_absent'] : [];
  const mayDrop = settings.markers.every((marker) => tube.has(marker) || request.gate.ifAbsent[marker] === 'drop');
  if (!mayDrop) return notPlaced(absent);
  const sides = present.map((marker) => limitsOf(marker, settings, tube, request));
  const flags = [...new Set([...absent, ...sides.flatMap(({ flags: own }) => own)])].sort();
  const dims = sides.map(({ bounds }) => bounds);
  return {
    geometry: dims.length === 0 ? { kind: 'all', of: [] } : { kind: 'rectangle', dims },
    landmarks: [],
    modes: [],
    rule: dims.length === 0 ? 'absent' : 'fixed',
    fallback: null,
    flags,
  };
}

function limitsOf(marker: string, settings: Settings, tube: GateTube, request: GateRequest) {
  const max = upperLimit(marker, settings, request);
  const min = settings.lower === null ? null : nextAbove(settings.lower);
  const values = tube.linear(marker);
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (min !== null && value < min) low++;
    if (value >= max) high++;
  }
  const flags: string[] = [];
  if (low > SATURATED * values.length) flags.push('at_floor');
  if (high > SATURATED * values.length) flags.push('saturated');
  const bounds: Bounds = { ...request.axis(marker, tube.sampleId, 'raw'), min, max, min_raw: min, max_raw: max };
  return { bounds, flags };
}

/** Range less the margin; u = arcsinh(x / (150 · range / 262144)) tells the range that the study has frozen. */
function upperLimit(marker: string, settings: Settings, request: GateRequest): number {
  const perUnit = request.uScale(marker).inverse(1) / (150 * Math.sinh(1));
  return 262144 * perUnit - settings.margin;
}

/** The next double: bounds hold their lower edge, a limit does not. */
function nextAbove(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}
