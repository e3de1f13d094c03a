import type { Denominator } from '../analysis/index.ts';
import type { Where } from '../problems/index.ts';
import type { ScaleSpec } from '../scale/index.ts';
import type { Compensation } from './compensation.ts';
import type { ValuesRule } from './storedValues.ts';

/** What to do with a gate whose optional marker a tube does not have. */
export type IfAbsent = 'drop' | 'parent' | 'not_evaluable';

/** Over which tubes a gate's position is found. */
export type Pool = 'tube' | 'subject' | 'batch' | 'study' | 'reference';

/** A marker of the template: how it may be written in a file, and whether a tube may lack it. */
export interface TemplateMarker {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly optional: boolean;
  /** `allow`: tubes with and without it are compared all the same. */
  readonly unlike: 'not_evaluable' | 'allow';
  /** $PnN that the author chose, where tokens alone would be ambiguous. */
  readonly channel: string | undefined;
  readonly where: Where;
}

/** A scale as written: complete numbers, or parameters to be estimated once per marker over the study. */
export type ScaleChoice =
  | { readonly kind: 'fixed'; readonly spec: ScaleSpec }
  | { readonly kind: 'logicle'; readonly width: 'estimate' | number; readonly decades: number }
  | { readonly kind: 'linear' };

/** Fits a study once before the gates that use it; by one of the methods of alignment. */
export interface TemplateAlignment {
  readonly name: string;
  /** Full path of the population whose events are aligned. */
  readonly parent: string;
  readonly method: string;
  /** The method's own settings, as its schema returned them. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly markers: readonly string[];
  readonly where: Where;
}

export interface TemplateGate {
  readonly method: string;
  /** The method's own settings, as its schema returned them (defaults filled in). */
  readonly settings: Readonly<Record<string, unknown>>;
  /** `scale` or `raw` where the gate holds coordinates; undefined for gates that are placed. */
  readonly units: 'scale' | 'raw' | undefined;
  readonly pool: Pool | undefined;
  readonly align: string | undefined;
  readonly ifAbsent: Readonly<Record<string, IfAbsent>>;
  /** Markers the gate looks at, in the order of its dimensions. */
  readonly markers: readonly string[];
  /** Other populations the gate names: as written -> full path. */
  readonly references: Readonly<Record<string, string>>;
  readonly where: Where;
}

export interface TemplatePopulation {
  readonly name: string;
  /** All names from the top joined by `/`. */
  readonly path: string;
  /** Full path of the parent, `root` at the top. */
  readonly parent: string;
  /** Number of names in the path. */
  readonly depth: number;
  readonly label: string;
  /** The name in the program it was imported from, where ours had to differ. */
  readonly importedName?: string;
  readonly gate: TemplateGate;
  readonly where: Where;
}

/** A stratum of which the survey keeps a sample of its own, because a uniform one holds too few of its cells. */
export interface TemplateReservoir {
  readonly name: string;
  /** Full path of the population that lies inside the stratum and is placed from it. */
  readonly for: string;
  /** Marker -> distance in u from the tube's own valley; the stratum lies above it. */
  readonly above: Readonly<Record<string, number>>;
  readonly below: Readonly<Record<string, number>>;
}

/** A sum of disjoint populations that should reach a share of another one. */
export interface TemplateAssertion {
  readonly sum: readonly string[];
  readonly of: string;
  readonly atLeastPercent: number;
  readonly where: Where;
}

/** The share of another population within which one is expected where its gate lies right. */
export interface TemplateExpectedRange {
  readonly population: string;
  readonly of: string;
  readonly betweenPercent: readonly [low: number, high: number];
  readonly where: Where;
}

export interface Template {
  readonly name: string;
  readonly version: string;
  readonly about: string;
  readonly markers: readonly TemplateMarker[];
  readonly scales: {
    readonly fluorescence: ScaleChoice;
    readonly scatter: ScaleChoice;
    readonly byMarker: Readonly<Record<string, ScaleChoice>>;
  };
  readonly compensation: Compensation;
  /**
   * `linear`: log integers are linearised, gain is not applied; `stored`: numbers as they stand; `gating-ml`: linear, divided
   * by the gain, as gates of Gating-ML count.
   */
  readonly amplification: 'stored' | 'linear' | 'gating-ml';
  /** On what scale the files keep their values; `detect`: they are looked at. */
  readonly values: ValuesRule;
  readonly alignments: readonly TemplateAlignment[];
  /** Tree order: depth first, siblings as in the file. */
  readonly populations: readonly TemplatePopulation[];
  /** By name, in the author's order. */
  readonly denominators: Readonly<Record<string, Denominator>>;
  readonly reservoirs: readonly TemplateReservoir[];
  readonly assertions: readonly TemplateAssertion[];
  readonly expectedRanges: readonly TemplateExpectedRange[];
  /** Markers and populations whose staining is reported over visits. */
  readonly intensities: { readonly markers: readonly string[]; readonly populations: readonly string[] };
}
