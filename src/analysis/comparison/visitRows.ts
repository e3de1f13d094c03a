import {
  hodgesLehmann,
  holm,
  isRatioScale,
  mean,
  median,
  quantile,
  signedRankTest,
  tostT,
  valueOnScale,
} from '../../statistics/index.ts';
import type { AnalysisInput, Endpoint, Family } from '../analysisInput.ts';
import { emptyVisitRow, type VisitRow } from '../analysisRows.ts';
import { isRatioAboveHalf } from './decide.ts';
import { exactP } from './evaluate.ts';
import { mixedModelCells } from './mixedModelCells.ts';
import { completePairs, scalePairs } from './pairing.ts';
import { primarySetup, type Setup, withScale } from './setup.ts';
import { type EndpointTubes, type Tube, zeroRuleOf } from './tubes.ts';

/**
 * Rows of visits.csv for one endpoint of one family: each visit described, and compared with the first by the exact
 * signed-rank test, Holm over the visits; beside it the mixed model over all visits.
 */
export function visitRows(family: Family, endpoint: Endpoint, input: AnalysisInput, tubes: EndpointTubes): VisitRow[] {
  const setup = primarySetup(family, endpoint, input.plan, zeroRuleOf(endpoint, tubes, input.plan.rules));
  const baseline = input.visits[0]?.id;
  const later = input.visits.filter((visit) => visit.id !== baseline);
  const compared = later.map((visit) => againstBaseline(tubes, baseline ?? '', visit.id, setup));
  const adjusted = holm.adjust(compared.map((cells) => cells.p ?? null));
  const ids = input.visits.map((visit) => visit.id);
  const modelCells = mixedModelCells(tubes, ids, setup);
  return input.visits.map((visit): VisitRow => {
    const index = later.indexOf(visit);
    const cells: Partial<VisitRow> = index < 0 ? {} : { ...compared[index], p_adj: adjusted[index] ?? null };
    return {
      ...emptyVisitRow,
      endpoint: endpoint.key,
      visit: visit.id,
      n_planned: input.subjects.length,
      ...describeVisit(tubes, visit.id, setup),
      status: 'ok',
      ...cells,
      ...modelCells(visit.id),
      family: family.id,
      scale: setup.rule.scale,
      panel: endpoint.panel ?? null,
    };
  });
}

function describeVisit(tubes: EndpointTubes, visit: string, setup: Setup): Partial<VisitRow> {
  const usable = [...tubes.values()].flatMap((visits): Tube[] => {
    const tube = visits.get(visit);
    return tube && tube.reason === '' ? [tube] : [];
  });
  const percents = setup.rule.isAbsolute ? [] : usable.flatMap((tube) => tube.percent ?? []);
  return {
    n: usable.length,
    median_pct: median(percents) ?? null,
    q1_pct: quantile(percents, 0.25) ?? null,
    q3_pct: quantile(percents, 0.75) ?? null,
    geomean_pct: setup.rule.isAbsolute ? null : geometricMean(usable, setup),
  };
}

/** Of the shares with the half event where there are counts; null where a zero has no logarithm. */
function geometricMean(tubes: readonly Tube[], setup: Setup): number | null {
  const rule = withScale(setup.rule, 'log-ratio', setup.endpointZeroRule);
  const logs = tubes.flatMap((tube) => valueOnScale(tube, rule) ?? []);
  if (logs.length === 0 || !logs.every(Number.isFinite)) return null;
  return 100 * Math.exp(mean(logs));
}

function againstBaseline(tubes: EndpointTubes, baseline: string, visit: string, setup: Setup): Partial<VisitRow> {
  const pairs = completePairs(tubes, baseline, visit);
  const scaled = scalePairs(pairs, setup.rule);
  const refuse = (reason: string) => ({ n_pairs: pairs.length, status: 'not_estimable', reason });
  if (pairs.length === 0) return refuse('no_pairs');
  if (!scaled.isOnScale) return refuse('infinite_on_scale');
  const differences = {
    values: scaled.differences,
    tolerance: scaled.tolerance,
    alternative: 'two-sided',
    zeroHandling: setup.zeroHandling,
  } as const;
  const shift = hodgesLehmann(scaled.differences, setup.level);
  const hasInterval = shift !== undefined && shift.level > 0;
  const test = signedRankTest(differences);
  const isTested = setup.margins?.scale === setup.rule.scale && !isRatioAboveHalf(pairs, setup);
  const tost = isTested && setup.margins ? tostT(differences, setup.margins) : undefined;
  const tostP = tost?.status === 'ok' ? tost.p : null;
  return {
    n_pairs: pairs.length,
    hl: shift?.estimate ?? null,
    hl_low: hasInterval ? shift.low : null,
    hl_high: hasInterval ? shift.high : null,
    hl_level: hasInterval ? shift.level : null,
    ratio: shift && isRatioScale(setup.rule.scale) ? Math.exp(shift.estimate) : null,
    p: test.status === 'not_estimable' ? null : exactP(test),
    tost_p: tostP,
    equivalent: tostP === null ? null : tostP <= setup.alpha,
    status: test.status,
    reason: test.status === 'not_estimable' ? test.reason : null,
  };
}
