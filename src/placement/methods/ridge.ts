import { z } from 'zod';
import type { Axis, Bounds, Geometry, Landmark } from '../../gating/index.ts';
import type { Cut } from '../cuts/cut.ts';
import { type GatePlacement, type GateRequest, type GateTube, gateMethod, notPlaced } from '../method.ts';
import { isRidge, type RidgeFit } from '../ridge/ridgeFit.ts';

const Settings = z.strictObject({
  part: z
    .enum(['transitional', 'plasmablast', 'memory_regulatory'])
    .describe(
      'which part of the plane: up the ridge, beyond the plasmablast border, or memory cells of low x and high y',
    ),
  k: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .describe('border on the ridge, as a share of the way from the core to the tip'),
  shape: z.enum(['oblique', 'rectangle']).default('oblique').describe('border across the ridge, or a corner'),
  by: z
    .enum(['reference', 'valley'])
    .default('reference')
    .describe(
      'memory_regulatory: y above the level of the ridge border (CD24hi), or above the valley of memory cells (CD24+)',
    ),
});
type Settings = z.infer<typeof Settings>;

/** Half width of the oblique border in widths of the core. */
const BAND = 3.5;

export const ridge = gateMethod<Settings>({
  name: 'ridge',
  settings: Settings,
  summary: 'a border on a continuous ridge that has no valley, at the same place of the ridge in every tube',
  source:
    'registration of each tube on the density of the study; core by mean shift (Comaniciu & Meer 2002); see the template’s page',
  flags: {
    no_ridge: 'the study shows no ridge: direction and tip are the usual ones, and every count is doubtful',
    small_pool: 'fewer than four tubes: the pool is these tubes',
    gain_unsure: 'few B cells: the border may be missed by more than 0.1 u',
    far_gain: 'stained or set so differently from the study that its gates were carried by more than 0.9 u',
    unlike_pool: 'the tube’s B cells do not look like the study’s: look at the picture before you believe the border',
    ridge_heavy: 'most naive-like cells lie on the ridge: little core to stand on, look at the tube',
    few_memory:
      'under 3 % memory cells: B cells that return after a depletion; their core may be a mode of young cells, look at the tube',
    border_lifted:
      'the plasmablasts reach above the core on y, as a spillover error of x makes them: the border is where they end, and the matrix is worth a look',
    no_memory_valley: 'memory cells of low x show no valley on y: the population has no place by that definition',
    second_absent: 'not every tube has the second axis: it was not used',
    second_not_separable: 'the second axis shows no valley over the study: it was not used to find the core',
    memory_not_separable:
      'the memory axis shows no valley over the study: memory begins where the cells without the marker end',
    not_separable: 'the cut on an axis is a judgement: the study shows no valley there',
    cut_moved: 'a cut lies more than 0.6 u from the study’s: the tube was stained otherwise on that marker',
    not_aligned: 'the tube has no place on the ridge',
  },
  needsAlignment: true,
  needsSurvey: true,
  markers: () => [],
  place: (settings, request) => request.tubes.map((tube) => placeTube(settings, tube, request)),
  cuts: (settings, marker, request) => {
    const alignment = ridgeOf(request);
    if (!alignment || ![alignment.x, alignment.y, alignment.memory].includes(marker)) return undefined;
    if (settings.part === 'transitional' && settings.shape === 'oblique') return undefined;
    return request.tubes.map((tube) => edgeOf(placeTube(settings, tube, request), marker));
  },
  borderOnProfile(parameters, fit) {
    const read = OnProfile.safeParse({ ...parameters, tip: fit.tip });
    return read.success ? read.data.k * read.data.tip : undefined;
  },
});

/** A transitional gate has its border a share k of the way from the core to the tip. */
const OnProfile = z.object({ part: z.literal('transitional'), k: z.number(), tip: z.number() });

/** The fit on which the gate stands; another method's alignment has no ridge. */
function ridgeOf({ alignment }: GateRequest): RidgeFit | undefined {
  return alignment && isRidge(alignment) ? alignment : undefined;
}

/** Where a gate of straight edges cuts a marker in a tube. */
function edgeOf({ geometry, flags }: GatePlacement, marker: string): Cut {
  const dim = geometry.kind === 'rectangle' ? geometry.dims.find((one) => one.marker === marker) : undefined;
  const at = dim?.min ?? dim?.max ?? undefined;
  return { at, modes: [], rule: at === undefined ? 'none' : 'aligned', fallback: null, flags };
}

function placeTube(settings: Settings, tube: GateTube, request: GateRequest): GatePlacement {
  const fit = ridgeOf(request);
  const memory = fit?.cut(tube.sampleId, fit.memory);
  if (!fit || memory?.at === undefined) return notPlaced(['not_aligned']);
  const at = boundsIn(tube, fit, request);
  const level = levelOf(settings, fit);
  if (level.y === undefined) return notPlaced(level.flags);
  const cuts = { at, memory: memory.at, level: level.y };
  const geometry =
    settings.part === 'transitional'
      ? transitional(settings, fit, cuts, ownAxes(tube, request))
      : bounded(settings, fit, cuts);
  const flags = [...fit.flags, ...fit.tubeFlags(tube.sampleId), ...memory.flags, ...level.flags];
  const landmarks: Landmark[] = [fit.x, fit.y].map((marker, d) => {
    const at = fit.inTube(tube.sampleId, marker, fit.core[d]!);
    return { marker, at, shift: at - fit.core[d]! };
  });
  return {
    geometry,
    landmarks,
    modes: [{ marker: fit.memory, at: memory.modes }],
    rule: 'aligned',
    fallback: fit.flags.includes('no_ridge') ? 'usual_ridge' : level.fallback,
    flags: [...new Set(flags)].sort(),
  };
}

/** Bounds of one marker at a coordinate of the study, or for memory at the tube's own cut. */
function boundsIn(tube: GateTube, fit: RidgeFit, request: GateRequest) {
  return (marker: string, side: 'above' | 'below', study: number): Bounds => {
    const edge = marker === fit.memory ? study : fit.inTube(tube.sampleId, marker, study);
    const raw = request.uScale(marker).inverse(edge);
    const axis = request.axis(marker, tube.sampleId, 'u');
    return side === 'above'
      ? { ...axis, min: edge, max: null, min_raw: raw, max_raw: null }
      : { ...axis, min: null, max: edge, min_raw: null, max_raw: raw };
  };
}

function levelOf(settings: Settings, fit: RidgeFit) {
  const border = fit.core[1] + settings.k * fit.tip * fit.direction[1];
  if (settings.part === 'plasmablast') {
    return { y: fit.plasmablastY, flags: fit.plasmablastY > fit.core[1] ? ['border_lifted'] : [], fallback: null };
  }
  if (settings.part !== 'memory_regulatory' || settings.by === 'reference')
    return { y: border, flags: [], fallback: null };
  const valley = fit.valleyBelow(border);
  return { y: valley, flags: valley === undefined ? ['no_memory_valley'] : [], fallback: null };
}

/** A tube and its channels in u. */
interface OwnAxes {
  readonly sampleId: string;
  axis(marker: string): Axis;
}

function ownAxes({ sampleId }: GateTube, request: GateRequest): OwnAxes {
  return { sampleId, axis: (marker) => request.axis(marker, sampleId, 'u') };
}

/** Where the borders of a part cut in one tube. */
interface PartCuts {
  readonly at: (marker: string, side: 'above' | 'below', study: number) => Bounds;
  readonly memory: number;
  /** The study's level on the second marker. */
  readonly level: number;
}

/** Plasmablasts and regulatory memory cells: gates of straight edges. */
function bounded(settings: Settings, fit: RidgeFit, { at, memory, level }: PartCuts): Geometry {
  const isPlasmablast = settings.part === 'plasmablast';
  const dims = isPlasmablast
    ? [at(fit.x, 'above', fit.plasmablastX), at(fit.y, 'below', fit.plasmablastY)]
    : [at(fit.x, 'below', fit.lowX), at(fit.y, 'above', level)];
  return { kind: 'rectangle', dims: [...dims, at(fit.memory, 'above', memory)] };
}

/** Beyond the border on the ridge, no memory cells: a corner, or a strip along the ridge. */
function transitional(settings: Settings, fit: RidgeFit, { at, memory }: PartCuts, tube: OwnAxes): Geometry {
  const border = settings.k * fit.tip;
  const notMemory = at(fit.memory, 'below', memory);
  const onAxis = [fit.core[0] + border * fit.direction[0], fit.core[1] + border * fit.direction[1]] as const;
  if (settings.shape === 'rectangle') {
    const corner = [at(fit.x, 'above', onAxis[0]), at(fit.y, 'above', onAxis[1])];
    return { kind: 'rectangle', dims: [...corner, notMemory] };
  }
  // The border stands where the stain carries it; seen from there the core lies as far down as in the study.
  const x = fit.inTube(tube.sampleId, fit.x, onAxis[0]) - border * fit.direction[0];
  const y = fit.inTube(tube.sampleId, fit.y, onAxis[1]) - border * fit.direction[1];
  const strip: Geometry = {
    kind: 'strip',
    dims: [tube.axis(fit.x), tube.axis(fit.y)],
    origin: [x, y],
    direction: fit.direction,
    from: border,
    half_width: BAND * fit.sigma,
  };
  return { kind: 'all', of: [strip, { kind: 'interval', dims: [notMemory] }] };
}
