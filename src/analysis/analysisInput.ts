import type { Alternative, ScaleName, ZeroHandling } from '../statistics/index.ts';
import type { PlanAssociation } from './plan/associationPlan.ts';
import type { EndpointValue } from './plan/endpointValue.ts';
import type { Margins, PlanFamily, Rules, SensitivityName } from './plan/plan.ts';

/** One tube's value of one endpoint, as the tidy table has it. */
export interface Observation {
  readonly subject: string;
  readonly visit: string;
  /** `endpointId` of the endpoint this value belongs to. */
  readonly endpointKey: string;
  readonly sampleId: string;
  /** Events in the population and in the denominator of the measure; null where not counted. */
  readonly count: number | null;
  readonly parentCount: number | null;
  /** 0…100; null where there is no value. */
  readonly percent: number | null;
  readonly status: 'ok' | 'not_evaluable' | 'failed' | 'excluded';
  /** Why the status is not ok; empty otherwise. */
  readonly reason: string;
  readonly flags: readonly string[];
  /** YYYY-MM-DD. */
  readonly date?: string | null;
  /** Cells per µL, or the value of an endpoint that is no share. */
  readonly absolute?: number | null;
  readonly arm?: string;
  /** sampleId of another tube of the subject -> events of this tube in the gate as it lies in that one. */
  readonly crossed?: Readonly<Record<string, number>>;
}

export interface VisitSpec {
  readonly id: string;
  readonly label?: string | undefined;
  readonly day?: number | undefined;
  /** First and last day of the planned window. */
  readonly window?: readonly [number, number] | undefined;
}

export interface Endpoint {
  /** Full path, all names from the top. */
  readonly population: string;
  readonly measure: string;
  /** D of `pct_of_D`; empty otherwise. */
  readonly denominator: string;
  /** `endpointKey(population, measure)`: the cell of the column `endpoint`. */
  readonly key: string;
  /** Where a tube's number is a value of its own, no share of events. */
  readonly value?: EndpointValue;
  /** Of scale arcsinh. */
  readonly cofactor?: number;
  /** The panel whose tubes answer; absent where one template serves all tubes. */
  readonly panel?: string;
  /** What sentences call it; default: the last name of the path. */
  readonly label?: string | undefined;
  readonly margins?: Margins | undefined;
}

export interface ReturnTo {
  /** The only one, or the first of several. */
  readonly visit: string;
  readonly by: 'fall' | 'equivalence';
  readonly margins?: Margins | undefined;
  /** Where several were named beforehand: all of them, in order, and how many must hold. */
  readonly several?: { readonly visits: readonly string[]; readonly holds: 'all' | 'first' };
}

/** The return visits of a family, in the order of the plan; none where no return is asked. */
export function returnVisits({ returnTo }: Pick<Family, 'returnTo'>): readonly string[] {
  if (returnTo === undefined) return [];
  return returnTo.several?.visits ?? [returnTo.visit];
}

export interface Family {
  readonly id: string;
  readonly role: PlanFamily['role'];
  readonly question: PlanFamily['question'];
  readonly comparison: { readonly id: string; readonly from: string; readonly to: string };
  readonly test: NonNullable<PlanFamily['test']>;
  readonly scale: ScaleName;
  readonly zeroHandling: ZeroHandling;
  readonly alternative: Alternative;
  readonly sensitivity: readonly SensitivityName[];
  readonly adjust: NonNullable<PlanFamily['adjust']>;
  /** One claim of all endpoints together, by intersection–union; absent: each endpoint has its own. */
  readonly claim?: 'joint';
  readonly margins?: Margins | undefined;
  readonly returnTo?: ReturnTo | undefined;
  /** Two visits between which nothing is expected to change: their distance is the deviation that power is reckoned with. */
  readonly sdFrom?: { readonly from: string; readonly to: string };
  readonly endpoints: readonly Endpoint[];
}

/** An entry of `associations:` with every name looked up. */
export interface Association {
  readonly settings: PlanAssociation;
  /** Undefined for a question over all visits. */
  readonly comparison: Family['comparison'] | undefined;
  /** Of a negative control; of responders the second comparison. */
  readonly others: readonly Family['comparison'][];
  readonly endpoints: readonly Endpoint[];
}

/** A covariate of one subject at one visit. */
export interface CovariateValue {
  readonly subject: string;
  readonly visit: string;
  readonly name: string;
  readonly value: string | number | null;
}

/** One tube's events of an endpoint under one plausible placement of the gates. */
export interface DrawnCount {
  readonly endpointKey: string;
  readonly sampleId: string;
  /** 0: the gates as they were placed. Draw i is one placement for all tubes of the study. */
  readonly draw: number;
  /** null where the gate has no place in that draw. */
  readonly count: number | null;
  readonly parentCount: number | null;
}

/** Events along the profiles of alignments (the columns of ridge.csv), and where the gates on them have their border. */
export interface Profiles {
  readonly bins: readonly ProfileBinCount[];
  readonly borders: readonly ProfileBorder[];
}

/** One bin of one tube; positions in u from the tube's own core. */
export interface ProfileBinCount {
  readonly sampleId: string;
  readonly alignment: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

export interface ProfileBorder {
  /** Full path. */
  readonly population: string;
  /** Whose gate it is; empty or absent where one template serves all tubes. */
  readonly panel?: string;
  readonly alignment: string;
  readonly border: number;
}

export interface ResolvedPlan {
  /** False where study.yaml names no families: nothing was planned, and the texts say so. */
  readonly planned: boolean;
  readonly families: readonly Family[];
  readonly associations: readonly Association[];
  readonly alpha: number;
  readonly level: number;
  readonly rules: Rules;
}

export interface AnalysisInput {
  readonly study: string;
  /** In planned order; the first is baseline. */
  readonly visits: readonly VisitSpec[];
  readonly plan: ResolvedPlan;
  /** Every subject of the sheet, with or without tubes. */
  readonly subjects: readonly string[];
  readonly observations: readonly Observation[];
  readonly covariates?: readonly CovariateValue[];
  /** Counts under plausible placements; left out where none were drawn. */
  readonly draws?: readonly DrawnCount[];
  readonly profiles?: Profiles;
  /** Of random flips, permutations and bootstraps; default 1. */
  readonly seed?: number;
}

/** What sentences call an endpoint: its label, else the last name of its path, and what of it is compared. */
export function endpointName({ label, population, value }: Endpoint): string {
  if (label !== undefined) return label;
  const last = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const name = last(population);
  switch (value?.kind) {
    case undefined:
      return name;
    case 'median':
      return `median ${value.marker} of ${name}`;
    case 'ratio':
      return `the ratio of ${name} to ${last(value.to)}`;
    case 'control':
      return `${name} ${value.background === 'difference' ? 'above' : 'over'} the ${value.role} control`;
    default:
      return value satisfies never;
  }
}

/** The cell of the column `endpoint`. */
export function endpointKey(population: string, measure: string): string {
  return `${population} ${measure}`;
}

/** What joins values to an endpoint: two panels may both have its population. */
export function endpointId({ key, panel }: Pick<Endpoint, 'key' | 'panel'>): string {
  return panel === undefined ? key : JSON.stringify([key, panel]);
}

/** Every endpoint that the plan asks for, each once, in the order of the plan. */
export function plannedEndpoints(plan: ResolvedPlan): readonly Endpoint[] {
  const all = [...plan.families, ...plan.associations].flatMap((one) => one.endpoints);
  return [...new Map(all.map((endpoint) => [endpointId(endpoint), endpoint])).values()];
}
