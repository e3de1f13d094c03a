import type { VisitSpec } from '../analysisInput.ts';

/** What a plan's names refer to: visits in order, full population paths in tree order (without root), denominators. */
export interface PlanFacts {
  readonly visits: readonly VisitSpec[];
  readonly populations: readonly string[];
  /** Denominator name to full population path. */
  readonly denominators: Readonly<Record<string, string>>;
  /** Names of covariates; undefined where nothing is known of them. */
  readonly covariates?: Readonly<Record<string, 'number' | 'text'>>;
}
