import type { TemplatePopulation } from '../../template/index.ts';
import { ABSENT_CUT, type Cut } from '../cuts/cut.ts';
import {
  type GatePlacement,
  type GateRequest,
  type GateTube,
  notPlaced,
  type PlacementMethod,
  plainPlacement,
} from '../method.ts';
import { placementMethods } from '../registry.ts';
import { known } from './known.ts';
import type { SampledStudy } from './sampledStudy.ts';

/** What a gate may ask of the rest of the study; all tubes, in their order. */
export interface StudyLookup {
  alignment(name: string): GateRequest['alignment'];
  cutsOf(path: string, marker: string): readonly Cut[];
  readonly stain: GateRequest['stain'];
  readonly shared: GateRequest['shared'];
}

/** A gate's method with the tubes that it is asked about; the others are decided by what the template says of absences. */
export interface AskedGate {
  readonly ask: GateRequest;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly method: PlacementMethod;
  /** Of a list over all tubes, the part of those that the method is asked about. */
  ofAsked<T>(all: readonly T[]): readonly T[];
  /** What the method found, filled up to all tubes. */
  placements(found: readonly GatePlacement[]): readonly GatePlacement[];
  cuts(found: readonly Cut[] | undefined): readonly Cut[];
}

/** Puts the question of one gate to its method. @param path of the population, in full */
export function askedGate(path: string, study: SampledStudy, lookup: StudyLookup): AskedGate {
  const population = study.populationAt(path);
  const tubes = study.samplesOf(population.parent);
  const absences = tubes.map((tube) => absence(population, tube));
  const indices = absences.flatMap((absent, t) => (absent === undefined ? [t] : []));
  const positions = new Map(indices.map((t, position) => [t, position]));
  const of = <T>(found: readonly T[], t: number): T | undefined => found[positions.get(t) ?? -1];
  const ofAsked = <T>(all: readonly T[]) => indices.map((t) => all[t]!);
  return {
    ask: requestOf(population, ofAsked(tubes), { study, lookup, ofAsked }),
    settings: population.gate.settings,
    method: methodOf(population),
    ofAsked,
    placements: (found) => absences.map((absent, t) => absent ?? (of(found, t) as GatePlacement)),
    cuts: (found) => tubes.map((_, t) => of(found ?? [], t) ?? ABSENT_CUT),
  };
}

interface Around {
  readonly study: SampledStudy;
  readonly lookup: StudyLookup;
  readonly ofAsked: AskedGate['ofAsked'];
}

function requestOf(
  population: TemplatePopulation,
  tubes: readonly GateTube[],
  { study, lookup, ofAsked }: Around,
): GateRequest {
  const { gate } = population;
  const surveys = new Map(study.surveyed.map(({ tube, survey }) => [tube.sampleId, survey]));
  return {
    population: population.path,
    gate,
    pool: gate.pool ?? methodOf(population).usualPool,
    tubes,
    alignment: gate.align === undefined ? undefined : lookup.alignment(gate.align),
    stain: lookup.stain,
    shared: (key, make) =>
      lookup.shared(JSON.stringify([population.parent, tubes.map(({ sampleId }) => sampleId), key]), make),
    uScale: study.uScale,
    ownScale: study.ownScale,
    axis: (marker, sampleId, frame) => {
      const channel = surveys.get(sampleId)?.channels[marker];
      return { marker, channel: known(channel, `channel of "${marker}" in "${sampleId}"`), frame };
    },
    cutsOf: (path, marker) => ofAsked(lookup.cutsOf(path, marker)),
    tubesOf: (path) => ofAsked(study.samplesOf(path)),
  };
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
