import { z } from 'zod';
import { STABLE_TIME, type StableTime, stableTime } from '../density/stableTime.ts';
import {
  type GatePlacement,
  type GateRequest,
  type GateTube,
  gateMethod,
  notPlaced,
  plainPlacement,
} from '../method.ts';

const Settings = z.strictObject({
  time: z.string().min(1).default('Time').describe('marker of the acquisition time'),
  watch: z.array(z.string().min(1)).min(1).describe('channels whose level must hold: scatter, and some bright stains'),
  bins: z.int().min(10).max(200).default(STABLE_TIME.bins).describe('most bins, of equal numbers of events'),
  z: z
    .number()
    .positive()
    .default(STABLE_TIME.z)
    .describe('standard errors of three bins beyond which a channel has drifted'),
  drift: z.number().positive().default(STABLE_TIME.drift).describe('least drift that matters, in u'),
  rate: z
    .number()
    .gt(1)
    .default(STABLE_TIME.rate)
    .describe('fold of the usual events per time beyond which a stretch is left out'),
});
type Settings = z.infer<typeof Settings>;

/** Below this share of the events what was kept is no fair sample of the tube. */
const LITTLE = 0.5;

export const time = gateMethod<Settings>({
  name: 'time',
  settings: Settings,
  summary: 'keeps the stretches of acquisition in which the rate and the level of watched channels hold, per tube',
  source: 'rate and signal over time as in flowAI (Monaco 2016); the usual level by the shorth (Andrews 1972)',
  flags: {
    drift: 'a stretch was left out because a watched channel drifted in it',
    rate_changed: 'a stretch was left out because its events came much faster or slower than usual',
    little_kept: 'less than half of the events were stable: what is left may be no fair sample',
    unstable: 'no stretch of the tube is stable',
    few_events: 'too few events or time steps to see a drift: all are kept',
    marker_absent: 'the tube has no time, or lacks a watched channel',
  },
  needsSurvey: true,
  usualPool: 'tube',
  markers: (settings) => [
    { name: settings.time, keys: ['time'] },
    ...settings.watch.map((name, i) => ({ name, keys: ['watch', i] })),
  ],
  place: (settings, request) => request.tubes.map((tube) => stableStretches(settings, tube, request)),
});

function stableStretches(settings: Settings, tube: GateTube, request: GateRequest): GatePlacement {
  const watched = settings.watch.filter((marker) => tube.has(marker));
  const absent = watched.length < settings.watch.length ? ['marker_absent'] : [];
  if (!tube.has(settings.time) || watched.length === 0) return notPlaced(['marker_absent']);
  const { time: at, channels } = finiteRows(
    tube.linear(settings.time),
    watched.map((marker) => tube.u(marker)),
  );
  const found = stableTime(at, channels, settings);
  if (!found) return plainPlacement({ kind: 'all', of: [] }, 'own', [...absent, 'few_events'].sort());
  if (found.kept.length === 0) return notPlaced([...absent, ...found.reasons, 'unstable'].sort());
  const little = keptShare(at, found) < LITTLE ? ['little_kept'] : [];
  return plainPlacement(
    { kind: 'ranges', dims: [request.axis(settings.time, tube.sampleId, 'raw')], ranges: found.kept },
    'own',
    [...absent, ...found.reasons, ...little].sort(),
  );
}

function finiteRows(at: Float64Array, channels: readonly Float64Array[]) {
  const isWhole = (i: number) => Number.isFinite(at[i]!) && channels.every((values) => Number.isFinite(values[i]!));
  const pick = (values: Float64Array) => values.filter((_, i) => isWhole(i));
  return { time: pick(at), channels: channels.map(pick) };
}

function keptShare(at: Float64Array, { kept }: StableTime): number {
  const inside = at.filter((t) => kept.some(([from, to]) => (from === null || t >= from) && (to === null || t < to)));
  return inside.length / at.length;
}
