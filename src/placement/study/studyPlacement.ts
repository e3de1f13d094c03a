import {
  type BookScale,
  type EventIndex,
  type Geometry,
  members,
  scaleOfAxis,
  scaleSpecOf,
  uScale,
} from '../../gating/index.ts';
import { makeScale, type Scale } from '../../scale/index.ts';
import type { Template, TemplatePopulation } from '../../template/index.ts';
import { ABSENT_CUT, type Cut } from '../cuts/cut.ts';
import {
  type GatePlacement,
  type GateRedraw,
  type GateRequest,
  type GateTube,
  notPlaced,
  type PlacementMethod,
  plainPlacement,
} from '../method.ts';
import { placementMethods } from '../registry.ts';
import { alignRidge } from '../ridge/ridgeAlignment.ts';
import type { RidgeFit } from '../ridge/ridgeFit.ts';
import type { MeasuredStain } from '../stain/stain.ts';
import { reservoirEvents, tubeSample } from './tubeSample.ts';
import type { PlacementTube, Reservoir, TubeSurvey } from './tubeSurvey.ts';

/** The placements of a study, each found once and on demand, parents before children. */
export interface StudyPlacement {
  /** One a tube, in the order of the tubes. */
  placementsOf(path: string): readonly GatePlacement[];
  alignment(name: string): RidgeFit | undefined;
  cutsOf(path: string, marker: string): readonly Cut[];
  /** Positions in the sample of all events of tube t that lie in a population as placed; null where it has no place. */
  rootMembers(path: string, t: number): EventIndex | null;
  /** Sampled members of a population's parent, in one tube, inside some geometry. */
  countIn(path: string, t: number, geometry: Geometry): number;
  /** The gate as it would be placed were something otherwise; its parents stay. */
  changed(path: string): ChangedGate;
}

/** A gate that is placed as often as wanted; what its method is asked about is gathered once. */
export interface ChangedGate {
  /** One a tube, in the order of the tubes. */
  placements(change: GateChange): readonly GatePlacement[];
  cuts(marker: string, change: GateChange): readonly Cut[];
}

/** What is otherwise in a draw. */
export interface GateChange {
  readonly settings: Readonly<Record<string, unknown>>;
  readonly alignment: RidgeFit | undefined;
  /** Where another population's gate cuts a marker, a cut for each tube of the study. */
  cutsOf(population: string, marker: string): readonly Cut[];
  readonly cuts: GateRedraw['cuts'];
}

/** A tube with what its survey says. */
export interface SurveyedTube {
  readonly tube: PlacementTube;
  readonly survey: TubeSurvey;
}

const CIRCULAR: Cut = { at: undefined, modes: [], rule: 'none', fallback: null, flags: ['circular_reference'] };

/**
 * Walks the tree over all tubes at once: every gate is placed on the sampled events that its parents, as placed, keep.
 * @param surveyed by sample_id
 * @param stains by which cuts are carried from batch to batch; none where left out
 */
export function studyPlacement(
  template: Template,
  surveyed: readonly SurveyedTube[],
  scales: readonly BookScale[],
  stains: readonly MeasuredStain[] = [],
): StudyPlacement {
  const populations = new Map(template.populations.map((population) => [population.path, population]));
  const uScales = new Map(scales.map((entry) => [entry.marker, makeScale(uScale(entry.u_cofactor))]));
  const uOf = (marker: string): Scale => known(uScales.get(marker), `scale of "${marker}"`);
  const inside = memberFinder(surveyed, scales, populations, (path, t) => placementsOf(path)[t]!);
  const surveys = new Map(surveyed.map(({ tube, survey }) => [tube.sampleId, survey]));
  const stainOf = new Map(stains.map((stain) => [`${stain.batch}\n${stain.marker}`, stain]));
  const placed = new Map<string, readonly GatePlacement[]>();
  const alignments = new Map<string, RidgeFit | undefined>();
  const cuts = new Map<string, readonly Cut[]>();

  function populationAt(path: string): TemplatePopulation {
    return known(populations.get(path), `population "${path}"`);
  }

  function samplesOf(path: string): readonly GateTube[] {
    return surveyed.map(({ tube, survey }, t) => {
      const reservoir = reservoirFor(path, template, survey);
      return tubeSample(tube, reservoir, inside(path, t, reservoir), uOf);
    });
  }

  function alignment(name: string): RidgeFit | undefined {
    if (!alignments.has(name)) {
      const node = known(
        template.alignments.find((a) => a.name === name),
        `alignment "${name}"`,
      );
      alignments.set(name, alignRidge(node, samplesOf(node.parent)));
    }
    return alignments.get(name);
  }

  function request(
    population: TemplatePopulation,
    tubes: readonly GateTube[],
    indices: readonly number[],
  ): GateRequest {
    const { gate } = population;
    return {
      population: population.path,
      gate,
      pool: gate.pool ?? methodOf(population).usualPool,
      tubes,
      alignment: gate.align === undefined ? undefined : alignment(gate.align),
      stain: (batch, marker) => stainOf.get(`${batch}\n${marker}`),
      uScale: uOf,
      ownScale: (marker) =>
        makeScale(
          scaleSpecOf(
            known(
              scales.find((s) => s.marker === marker),
              `scale of "${marker}"`,
            ),
          ),
        ),
      axis: (marker, sampleId, frame) => {
        const survey = surveys.get(sampleId);
        return { marker, channel: known(survey?.channels[marker], `channel of "${marker}" in "${sampleId}"`), frame };
      },
      cutsOf: (path, marker) => {
        const all = cutsOf(path, marker);
        return indices.map((t) => all[t]!);
      },
      tubesOf: (path) => {
        const all = samplesOf(path);
        return indices.map((t) => all[t]!);
      },
    };
  }

  /** A gate's method with the tubes that it is asked about; the others are decided by what the template says of absences. */
  function asked(path: string) {
    const population = populationAt(path);
    const tubes = samplesOf(population.parent);
    const absences = tubes.map((tube) => absence(population, tube));
    const indices = absences.flatMap((absent, t) => (absent === undefined ? [t] : []));
    const positions = new Map(indices.map((t, position) => [t, position]));
    const of = <T>(found: readonly T[], t: number): T | undefined => found[positions.get(t) ?? -1];
    const ask = request(
      population,
      indices.map((t) => tubes[t]!),
      indices,
    );
    return {
      ask,
      settings: population.gate.settings,
      method: methodOf(population),
      ofAsked: <T>(all: readonly T[]) => indices.map((t) => all[t]!),
      placements: (found: readonly GatePlacement[]) =>
        absences.map((absent, t) => absent ?? (of(found, t) as GatePlacement)),
      cuts: (found: readonly Cut[] | undefined) => tubes.map((_, t) => of(found ?? [], t) ?? ABSENT_CUT),
    };
  }

  function placementsOf(path: string): readonly GatePlacement[] {
    const found = placed.get(path);
    if (found) return found;
    const { ask, method, settings, placements } = asked(path);
    const all = placements(method.place(settings, ask));
    placed.set(path, all);
    return all;
  }

  function cutsOf(path: string, marker: string): readonly Cut[] {
    const key = `${path}\n${marker}`;
    const found = cuts.get(key);
    if (found) return found;
    // Until it is found, whoever asks for it in a circle gets an answer that says so.
    cuts.set(
      key,
      surveyed.map(() => CIRCULAR),
    );
    const own = asked(path);
    const all = own.cuts(own.method.cuts(own.settings, marker, own.ask));
    cuts.set(key, all);
    return all;
  }

  function changed(path: string): ChangedGate {
    const { ask, method, ofAsked, placements, cuts: whole } = asked(path);
    const other = ({ alignment: fit, cutsOf: cutsElsewhere, cuts: redrawn }: GateChange): GateRequest => ({
      ...ask,
      alignment: fit,
      cutsOf: (population, marker) => ofAsked(cutsElsewhere(population, marker)),
      redraw: { placed: ask, cuts: redrawn },
    });
    return {
      placements: (change) => placements(method.place(change.settings, other(change))),
      cuts: (marker, change) => whole(method.cuts(change.settings, marker, other(change))),
    };
  }

  const rootMembers = (path: string, t: number) =>
    inside(path, t, known(surveyed[t]?.survey.reservoirs[0], `sample of tube ${t}`));

  function countIn(path: string, t: number, geometry: Geometry): number {
    const { parent } = populationAt(path);
    const { survey } = known(surveyed[t], `tube ${t}`);
    const reservoir = reservoirFor(parent, template, survey);
    const index = inside(parent, t, reservoir);
    const context = {
      events: reservoirEvents(reservoir, survey),
      scaleOf: (axis: Parameters<typeof scaleOfAxis>[0]) => scaleOfAxis(axis, scales),
      population: (other: string) => inside(other, t, reservoir),
    };
    const found = index === null ? null : members(geometry, context, index);
    return found === null ? 0 : found === 'all' ? reservoir.rowCount : found.length;
  }

  return { placementsOf, alignment, cutsOf, rootMembers, countIn, changed };
}

function methodOf({ gate }: TemplatePopulation): PlacementMethod {
  return known(placementMethods.get(gate.method), `method "${gate.method}"`);
}

/** What a template says of a gate whose marker a tube lacks; undefined where the method shall decide. */
function absence(population: TemplatePopulation, tube: GateTube): GatePlacement | undefined {
  const needed = methodOf(population).needs(population.gate.settings, (marker) => tube.has(marker));
  const absent = [...new Set(needed)].filter((marker) => !tube.has(marker));
  if (absent.length === 0) return undefined;
  const rules = absent.map((marker) => population.gate.ifAbsent[marker] ?? 'not_evaluable');
  if (rules.includes('not_evaluable')) return notPlaced(['marker_absent']);
  if (rules.includes('parent')) return plainPlacement({ kind: 'all', of: [] }, 'absent', ['marker_absent']);
  return undefined;
}

/** The stratum that holds a population's events, where the template declares one and the tube has it; else all events. */
function reservoirFor(path: string, template: Template, survey: TubeSurvey): Reservoir {
  const stratum = template.reservoirs.find((r) => path === r.for || path.startsWith(`${r.for}/`));
  const own = stratum && survey.reservoirs.find((r) => r.name === stratum.name);
  return own ?? known(survey.reservoirs[0], `sample of "${survey.sampleId}"`);
}

function memberFinder(
  surveyed: readonly SurveyedTube[],
  scales: readonly BookScale[],
  populations: ReadonlyMap<string, TemplatePopulation>,
  placement: (path: string, t: number) => GatePlacement,
) {
  const found = new Map<string, EventIndex | null>();
  return function inside(path: string, t: number, reservoir: Reservoir): EventIndex | null {
    if (path === 'root') return 'all';
    const key = `${t}\n${reservoir.name}\n${path}`;
    const before = found.get(key);
    if (before !== undefined) return before;
    const population = known(populations.get(path), `population "${path}"`);
    const parent = inside(population.parent, t, reservoir);
    const context = {
      events: reservoirEvents(reservoir, surveyed[t]!.survey),
      scaleOf: (axis: Parameters<typeof scaleOfAxis>[0]) => scaleOfAxis(axis, scales),
      population: (other: string) => inside(other, t, reservoir),
    };
    const index = parent === null ? null : members(placement(path, t).geometry, context, parent);
    found.set(key, index);
    return index;
  };
}

function known<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} is not known to the placement`);
  return value;
}
