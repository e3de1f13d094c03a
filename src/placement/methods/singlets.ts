import { median } from 'd3-array';
import { z } from 'zod';
import { type GateRequest, type GateTube, gateMethod, notPlaced } from '../method.ts';

const Settings = z.strictObject({
  area: z.string().min(1).default('FSC-A').describe('area of the light-scatter pulse'),
  height: z.string().min(1).default('FSC-H').describe('height of the same pulse'),
  floor: z.number().nonnegative().default(30000).describe('least area that is measured, at a range of 262144'),
  z: z.number().positive().default(4.5).describe('half width of the band in robust standard deviations'),
});
type Settings = z.infer<typeof Settings>;

/** Fewer events than this show no band. */
const LEAST_EVENTS = 50;
/** MAD of a normal distribution × this is its standard deviation. */
const MAD_TO_SD = 1.4826;
/** Optics differ from tube to tube by less than this; a narrower band would be one of rounding. */
const LEAST_SD = 0.005;

/**
 * Singlets lie in a band of height ÷ area: a doublet has the area of two cells but not their height. The band is the tube's
 * own, since optics drift from day to day and no study-wide number could follow.
 */
export const singlets = gateMethod<Settings>({
  name: 'singlets',
  settings: Settings,
  summary: 'pulse height ÷ area within z robust standard deviations of its median, per tube',
  source: 'median and MAD (Hampel 1974); doublets by area against height (Wersto 2001)',
  flags: {
    many_doublets: 'more than 15 % of the cells lie outside the band',
    no_doublets: 'fewer than 0.5 % of the cells lie outside the band: they may have been removed before',
    few_events: 'too few cells to measure a band',
    marker_absent: 'the tube has no pulse height or area',
  },
  needsSurvey: true,
  usualPool: 'tube',
  markers: (settings) => [
    { name: settings.area, keys: ['area'] },
    { name: settings.height, keys: ['height'] },
  ],
  place: (settings, request) => request.tubes.map((tube) => band(settings, tube, request)),
});

function band(settings: Settings, tube: GateTube, request: GateRequest) {
  if (!tube.has(settings.area) || !tube.has(settings.height)) return notPlaced(['marker_absent']);
  const area = tube.linear(settings.area);
  const height = tube.linear(settings.height);
  // u = arcsinh(x / cofactor), cofactor 150 at a range of 262144: sinh(1) · cofactor undoes the range.
  const floor = (settings.floor * request.uScale(settings.area).inverse(1)) / (150 * Math.sinh(1));
  const ratios: number[] = [];
  for (let i = 0; i < area.length; i++) if (area[i]! > floor) ratios.push(height[i]! / area[i]!);
  if (ratios.length < LEAST_EVENTS) return notPlaced(['few_events']);
  const centre = median(ratios) as number;
  const spread = MAD_TO_SD * (median(ratios, (ratio) => Math.abs(ratio - centre)) as number);
  const halfWidth = settings.z * Math.max(spread, LEAST_SD);
  const outside = ratios.filter((ratio) => Math.abs(ratio - centre) >= halfWidth).length / ratios.length;
  const flags = outside > 0.15 ? ['many_doublets'] : outside < 0.005 ? ['no_doublets'] : [];
  const axis = (marker: string) => request.axis(marker, tube.sampleId, 'raw');
  return {
    geometry: {
      kind: 'ratio' as const,
      dims: [axis(settings.height), axis(settings.area)] as const,
      min: centre - halfWidth,
      max: centre + halfWidth,
    },
    landmarks: [],
    modes: [],
    rule: 'own',
    fallback: null,
    flags,
  };
}
