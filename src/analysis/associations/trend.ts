import { jonckheere, spearman } from '../../statistics/index.ts';
import type { Endpoint } from '../analysisInput.ts';
import { type AssociationCells, type ContextOf, changesOf, endpointCells, refused } from './context.ts';
import { covariateAt, groupOf } from './covariates.ts';

/** Whether the change of an endpoint goes with ordered groups: exact Jonckheere, and Spearman with the groups' ranks beside it. */
export function trend(context: ContextOf<'trend'>, endpoint: Endpoint): AssociationCells[] {
  const { input, association, settings } = context;
  const { order, by, at } = settings;
  const shared = { ...endpointCells(endpoint), analysis: 'primary', with: by, test: 'jonckheere' };
  if (!association.comparison) return [{ ...shared, ...refused('no_pairs') }];
  const { pairs, scaled, setup } = changesOf(context, endpoint, association.comparison);
  const places = pairs.map(({ subject }) => {
    const group = at === undefined ? groupOf(input, by, subject) : covariateAt(input, by, subject, at);
    return group === null ? -1 : order.indexOf(String(group));
  });
  const known = places.flatMap((place, i) => (place < 0 ? [] : [{ place, change: scaled.differences[i]! }]));
  const cells: AssociationCells = {
    ...shared,
    zero_rule: setup.rule.zeroRule,
    alternative: 'two-sided',
    group_from: order[0] ?? null,
    group_to: order.at(-1) ?? null,
    n: known.length,
    n_missing: input.subjects.length - known.length,
  };
  if (known.length === 0) return [{ ...cells, ...refused(pairs.length === 0 ? 'no_pairs' : 'no_covariate') }];
  if (!scaled.isOnScale) return [{ ...cells, ...refused('infinite_on_scale') }];
  const groups = order.map((_, index) => known.flatMap(({ place, change }) => (place === index ? [change] : [])));
  const seed = input.seed ?? 1;
  const found = jonckheere(groups, scaled.tolerance, seed);
  const ranks = { x: known.map(({ change }) => change), y: known.map(({ place }) => place) };
  const rho = spearman({ ...ranks, toleranceX: scaled.tolerance, toleranceY: 0, seed });
  return [
    found.status === 'not_estimable'
      ? { ...cells, ...refused(found.reason) }
      : {
          ...cells,
          method: found.method,
          estimate: found.trend,
          statistic: found.j,
          p_count: found.count,
          p_total: found.total,
          p: found.p,
          p_min_attainable: found.smallestP,
          status: found.status,
        },
    {
      ...cells,
      analysis: 'spearman',
      test: 'spearman',
      ...(rho.status === 'not_estimable'
        ? refused(rho.reason)
        : {
            method: rho.method,
            estimate: rho.estimate,
            statistic: rho.statistic,
            p_count: rho.count,
            p_total: rho.total,
            p: rho.p,
            status: rho.status,
          }),
    },
  ];
}
