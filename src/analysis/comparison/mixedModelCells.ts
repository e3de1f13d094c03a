import { holm, mixedModel } from '../../statistics/index.ts';
import type { VisitRow } from '../analysisRows.ts';
import { measurements } from './measurements.ts';
import type { Setup } from './setup.ts';
import type { EndpointTubes } from './tubes.ts';

/**
 * The columns `lmm_*` of visits.csv: one mixed model over all usable tubes of an endpoint, on the endpoint's scale, each
 * visit against the first, Holm over the visits. Where there is no model, `lmm_flag` says why.
 * @returns cells of one visit; of the first visit the variances alone
 */
export function mixedModelCells(
  tubes: EndpointTubes,
  visits: readonly string[],
  setup: Setup,
): (visit: string) => Partial<VisitRow> {
  const measured = measurements(tubes, setup.rule);
  if (measured === undefined) return () => ({ lmm_flag: 'infinite_on_scale' });
  const model = mixedModel(measured, visits, setup.level);
  if (model.status === 'not_estimable') return () => ({ lmm_flag: model.reason });
  const adjusted = holm.adjust(model.visits.map((one) => one.p));
  const shared = {
    lmm_var_subject: model.varSubject,
    lmm_var_residual: model.varResidual,
    lmm_flag: model.flag === '' ? null : model.flag,
  };
  return (visit) => {
    const index = model.visits.findIndex((one) => one.visit === visit);
    const found = model.visits[index];
    const own = { ...shared, lmm_residual_sd: model.residualSd.get(visit) ?? null };
    if (!found) return visit === visits[0] ? own : {};
    return {
      ...own,
      lmm_estimate: found.estimate,
      lmm_se: found.se,
      lmm_df: found.df,
      lmm_low: found.low,
      lmm_high: found.high,
      lmm_p: found.p,
      lmm_p_adj: adjusted[index] ?? null,
    };
  };
}
