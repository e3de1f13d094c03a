import type { CovariateValue } from '../analysis/index.ts';

/** Rows of a sheet as the statistics take covariates; rows of controls have no subject and give none. */
export function covariateValues(
  rows: readonly {
    readonly subject: string | null;
    readonly visit: string | null;
    readonly covariates: Readonly<Record<string, string | number | null>>;
  }[],
): readonly CovariateValue[] {
  return rows.flatMap(({ subject, visit, covariates }) => {
    if (subject === null || visit === null) return [];
    return Object.entries(covariates).map(([name, value]) => ({ subject, visit, name, value }));
  });
}
