import {
  type Axis,
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
import type { GatePlacement, GateTube } from '../method.ts';
import { known } from './known.ts';
import { reservoirEvents, tubeSample } from './tubeSample.ts';
import type { PlacementTube, Reservoir, TubeSurvey } from './tubeSurvey.ts';

/** A tube with what its survey says. */
export interface SurveyedTube {
  readonly tube: PlacementTube;
  readonly survey: TubeSurvey;
}

/** The sampled events of a study, and who of them is inside which population as it is placed. */
export interface SampledStudy {
  readonly template: Template;
  readonly surveyed: readonly SurveyedTube[];
  populationAt(path: string): TemplatePopulation;
  /** A population's sampled events in every tube. */
  samplesOf(path: string): readonly GateTube[];
  /** Positions in the sample of all events of tube t that lie in a population; null where it has no place. */
  rootMembers(path: string, t: number): EventIndex | null;
  /** Sampled members of a population's parent, in tube t, inside some geometry. */
  countIn(path: string, t: number, geometry: Geometry): number;
  /** Of a marker: u, the frame of placement, and its own scale. */
  uScale(marker: string): Scale;
  ownScale(marker: string): Scale;
}

/**
 * @param scales of every marker of the template
 * @param placementOf where a population's gate lies in tube t; asked for parents before their children
 */
export function sampledStudy(
  template: Template,
  surveyed: readonly SurveyedTube[],
  scales: readonly BookScale[],
  placementOf: (path: string, t: number) => GatePlacement,
): SampledStudy {
  const populations = new Map(template.populations.map((population) => [population.path, population]));
  const populationAt = (path: string) => known(populations.get(path), `population "${path}"`);
  const entryOf = (marker: string) =>
    known(
      scales.find((scale) => scale.marker === marker),
      `scale of "${marker}"`,
    );
  const uScales = new Map(scales.map((entry) => [entry.marker, makeScale(uScale(entry.u_cofactor))]));
  const uOf = (marker: string) => known(uScales.get(marker), `scale of "${marker}"`);
  const tubeAt = (t: number) => known(surveyed[t], `tube ${t}`);
  const found = new Map<string, EventIndex | null>();

  function contextOf(t: number, reservoir: Reservoir) {
    return {
      events: reservoirEvents(reservoir, tubeAt(t).survey),
      scaleOf: (axis: Axis) => scaleOfAxis(axis, scales),
      population: (other: string) => inside(other, t, reservoir),
    };
  }

  function inside(path: string, t: number, reservoir: Reservoir): EventIndex | null {
    if (path === 'root') return 'all';
    const key = `${t}\n${reservoir.name}\n${path}`;
    const before = found.get(key);
    if (before !== undefined) return before;
    const parent = inside(populationAt(path).parent, t, reservoir);
    const { geometry } = placementOf(path, t);
    const index = parent === null ? null : members(geometry, contextOf(t, reservoir), parent);
    found.set(key, index);
    return index;
  }

  return {
    template,
    surveyed,
    populationAt,
    samplesOf: (path) =>
      surveyed.map(({ tube, survey }, t) => {
        const reservoir = reservoirFor(path, template, survey);
        return tubeSample(tube, reservoir, inside(path, t, reservoir), uOf);
      }),
    rootMembers: (path, t) => inside(path, t, known(tubeAt(t).survey.reservoirs[0], `sample of tube ${t}`)),
    countIn(path, t, geometry) {
      const { parent } = populationAt(path);
      const reservoir = reservoirFor(parent, template, tubeAt(t).survey);
      const index = inside(parent, t, reservoir);
      const kept = index === null ? null : members(geometry, contextOf(t, reservoir), index);
      return kept === null ? 0 : kept === 'all' ? reservoir.rowCount : kept.length;
    },
    uScale: uOf,
    ownScale: (marker) => makeScale(scaleSpecOf(entryOf(marker))),
  };
}

/** The stratum that holds a population's events, where the template declares one and the tube has it; else all events. */
function reservoirFor(path: string, template: Template, survey: TubeSurvey): Reservoir {
  const stratum = template.reservoirs.find((r) => path === r.for || path.startsWith(`${r.for}/`));
  const own = stratum && survey.reservoirs.find((r) => r.name === stratum.name);
  return own ?? known(survey.reservoirs[0], `sample of "${survey.sampleId}"`);
}
