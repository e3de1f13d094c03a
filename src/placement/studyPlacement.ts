import {
  type BookScale,
  type EventIndex,
  type Geometry,
  members,
  scaleOfAxis,
  scaleSpecOf,
  uScale,
} from '../gating/index.ts';
import { makeScale, type Scale } from '../scale/index.ts';
import type { Template, TemplatePopulation } from '../template/index.ts';
import { ABSENT_CUT, type Cut } from './cut.ts';
import { type GatePlacement, type GateRequest, type GateTube, notPlaced, plainPlacement } from './method.ts';
import { placementMethods } from './registry.ts';
import { alignRidge } from './ridge/ridgeAlignment.ts';
import type { RidgeFit } from './ridge/ridgeFit.ts';
import type { MeasuredStain } from './stain.ts';
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
  /** The gate as it would be placed with other settings on another fit of its alignment; its parents stay. */
  replaced(path: string): (settings: Readonly<Record<string, unknown>>, fit: RidgeFit) => readonly GatePlacement[];
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
      pool: gate.pool ?? known(placementMethods.get(gate.method), `method "${gate.method}"`).usualPool,
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
        const survey = surveyed.find(({ tube }) => tube.sampleId === sampleId)?.survey;
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

  /** Tubes that the gate's method is asked about; the others are decided by what the template says of absent markers. */
  function asked(population: TemplatePopulation) {
    const tubes = samplesOf(population.parent);
    const indices = tubes.flatMap((tube, t) => (absence(population, tube) === undefined ? [t] : []));
    return {
      tubes,
      indices,
      request: request(
        population,
        indices.map((t) => tubes[t]!),
        indices,
      ),
    };
  }

  function placementsOf(path: string): readonly GatePlacement[] {
    const found = placed.get(path);
    if (found) return found;
    const all = placer(path)();
    placed.set(path, all);
    return all;
  }

  /** Places a gate as often as wanted; what its method is asked about is gathered once. */
  function placer(path: string) {
    const population = populationAt(path);
    const { tubes, indices, request: ask } = asked(population);
    const method = known(placementMethods.get(population.gate.method), `method "${population.gate.method}"`);
    return (settings = population.gate.settings, fit = ask.alignment): readonly GatePlacement[] => {
      const placements = method.place(settings, { ...ask, alignment: fit });
      return tubes.map((tube, t) => {
        const index = indices.indexOf(t);
        return index < 0 ? (absence(population, tube) as GatePlacement) : placements[index]!;
      });
    };
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
    const population = populationAt(path);
    const { indices, request: ask } = asked(population);
    const method = known(placementMethods.get(population.gate.method), `method "${population.gate.method}"`);
    const own = method.cuts(population.gate.settings, marker, ask);
    const all = surveyed.map((_, t) => own?.[indices.indexOf(t)] ?? ABSENT_CUT);
    cuts.set(key, all);
    return all;
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

  return { placementsOf, alignment, cutsOf, rootMembers, countIn, replaced: placer };
}

/** What a template says of a gate whose marker a tube lacks; undefined where the method shall decide. */
function absence(population: TemplatePopulation, tube: GateTube): GatePlacement | undefined {
  const { method, settings } = population.gate;
  const needed = known(placementMethods.get(method), `method "${method}"`).needs(settings, (marker) =>
    tube.has(marker),
  );
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
