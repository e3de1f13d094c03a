import { kendall, spearman, tieTolerance } from '../../statistics/index.ts';
import type { Endpoint } from '../analysisInput.ts';
import { type AssociationCells, type ContextOf, changesOf, endpointCells, refused } from './context.ts';
import { covariateAt } from './covariates.ts';

/** Whether the change of an endpoint goes with a covariate: its change over the same visits, or its baseline. */
export function correlation(context: ContextOf<'correlation'>, endpoint: Endpoint): AssociationCells[] {
  const { settings } = context;
  return [
    ...rowOf(context, endpoint, { analysis: 'primary', name: settings.with }),
    ...(settings.assigned === undefined
      ? []
      : rowOf(context, endpoint, { analysis: 'as_assigned', name: settings.assigned })),
  ];
}

function rowOf(
  context: ContextOf<'correlation'>,
  endpoint: Endpoint,
  { analysis, name }: { readonly analysis: string; readonly name: string },
): AssociationCells[] {
  const { input, association, settings } = context;
  const { comparison } = association;
  const test = settings.method;
  const shared = { ...endpointCells(endpoint), analysis, with: name, test };
  // The covariate may change over other visits than the population: what comes later is asked so.
  const over = association.others[0] ?? comparison;
  if (!comparison) return [{ ...shared, ...refused('no_pairs') }];
  const { pairs, scaled, setup } = changesOf(context, endpoint, comparison);
  const known = pairs.flatMap(({ subject }, i) => {
    const [from, to] = [over?.from, over?.to].map((visit) => covariateAt(input, name, subject, visit ?? ''));
    const last = settings.of === 'baseline' ? from : to;
    if (typeof from !== 'number' || typeof last !== 'number') return [];
    return [{ x: scaled.differences[i]!, y: settings.of === 'baseline' ? from : last - from, sides: [from, last] }];
  });
  const cells = {
    ...shared,
    zero_rule: setup.rule.zeroRule,
    alternative: 'two-sided',
    n: known.length,
    n_missing: input.subjects.length - known.length,
  };
  if (known.length === 0) return [{ ...cells, ...refused(pairs.length === 0 ? 'no_pairs' : 'no_covariate') }];
  if (!scaled.isOnScale) return [{ ...cells, ...refused('infinite_on_scale') }];
  const columns = {
    x: known.map((one) => one.x),
    y: known.map((one) => one.y),
    toleranceX: scaled.tolerance,
    toleranceY: tieTolerance(
      'percent',
      known.flatMap((one) => one.sides),
    ),
    seed: input.seed ?? 1,
  };
  const found = (test === 'kendall' ? kendall : spearman)(columns);
  if (found.status === 'not_estimable') return [{ ...cells, ...refused(found.reason) }];
  return [
    {
      ...cells,
      method: found.method,
      estimate: found.estimate,
      statistic: found.statistic,
      p_count: found.count,
      p_total: found.total,
      p: found.p,
      status: found.status,
    },
  ];
}
