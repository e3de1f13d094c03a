import type { VisitSpec } from '../analysisInput.ts';
import type { Denominator } from './denominator.ts';

/** One of several templates of a study: what it can answer. */
export interface PanelFacts {
  readonly name: string;
  /** Full paths. */
  readonly populations: readonly string[];
  /** Names. */
  readonly denominators: readonly string[];
}

/** What a plan's names refer to: visits in order, full population paths in tree order (without root), denominators. */
export interface PlanFacts {
  readonly visits: readonly VisitSpec[];
  readonly populations: readonly string[];
  /** By name. */
  readonly denominators: Readonly<Record<string, Denominator>>;
  /** Markers of the templates; absent where nothing is known of them. */
  readonly markers?: readonly string[];
  /** In the order of study.yaml; absent where one template serves all tubes. */
  readonly panels?: readonly PanelFacts[];
  /** Names of covariates; undefined where nothing is known of them. */
  readonly covariates?: Readonly<Record<string, 'number' | 'text'>>;
}
