import { ancova, groupShift, mannWhitney, permutedGroups, tenDigits } from '../../statistics/index.ts';
import type { Endpoint } from '../analysisInput.ts';
import {
  type AssociationCells,
  type AssociationContext,
  asRatio,
  type Changes,
  type ContextOf,
  changesOf,
  endpointCells,
  refused,
} from './context.ts';
import { groupBy, twoGroups } from './covariates.ts';
import { effectCells, shiftCells } from './effectCells.ts';

/** Two arms, or two dose groups: the exact Mann–Whitney test of the changes, or the later value at equal baseline. */
export function groups(context: ContextOf<'groups'>, endpoint: Endpoint): AssociationCells[] {
  const { input, association, settings } = context;
  const by = settings.by_response?.covariate ?? settings.by;
  const shared = { ...endpointCells(endpoint), analysis: 'primary', with: by, test: settings.method };
  if (!association.comparison) return [{ ...shared, ...refused('no_pairs') }];
  const changes = changesOf(context, endpoint, association.comparison);
  const labels = changes.pairs.map(({ subject }) => groupBy(context, subject));
  const names = twoGroups(labels, settings.reference);
  const cells: AssociationCells = {
    ...shared,
    zero_rule: changes.setup.rule.zeroRule,
    alternative: 'two-sided',
    n_missing: input.subjects.length - labels.filter((label) => label !== null).length,
  };
  if (!names) return [{ ...cells, ...refused('not_two_groups') }];
  const sizes = names.map((name) => labels.filter((label) => label === name).length);
  const named = { ...cells, group_from: names[0], group_to: names[1], n_from: sizes[0]!, n_to: sizes[1]! };
  const counted = { ...named, n: sizes[0]! + sizes[1]! };
  if (!changes.scaled.isOnScale) return [{ ...counted, ...refused('infinite_on_scale') }];
  const sides = labels.map((label) => (label === null ? null : names.indexOf(label)));
  const answer = settings.method === 'ancova' ? byCovariance : byRanks;
  return answer(changes, sides, context).map((one) => ({ ...counted, ...one }));
}

type Sides = readonly (number | null)[];

function byRanks({ scaled, setup }: Changes, sides: Sides): AssociationCells[] {
  const [first, second] = [0, 1].map((side) => scaled.differences.filter((_, i) => sides[i] === side));
  const found = mannWhitney(first!, second!, scaled.tolerance);
  if (found.status === 'not_estimable') return [refused(found.reason)];
  return [
    {
      method: found.method,
      ...shiftCells(groupShift(first!, second!, setup.level), setup),
      statistic: found.u,
      p_count: found.count,
      p_total: found.total,
      p: found.count === null ? tenDigits(found.p) : found.p,
      p_min_attainable: found.smallestP,
      status: 'ok',
    },
  ];
}

function byCovariance({ scaled, setup }: Changes, sides: Sides, { input }: AssociationContext): AssociationCells[] {
  const at = sides.flatMap((side, i) => (side === null ? [] : [i]));
  const columns = {
    baseline: at.map((i) => scaled.from[i]!),
    later: at.map((i) => scaled.to[i]!),
    groups: at.map((i): 0 | 1 => (sides[i] === 1 ? 1 : 0)),
  };
  const found = ancova(columns, setup.level, scaled.tolerance);
  if (found.status === 'not_estimable') return [refused(found.reason)];
  const permuted = permutedGroups(columns, found.t, input.seed ?? 1);
  return [
    {
      method: 't',
      ...effectCells({ estimate: found.effect, low: found.low, high: found.high }, setup),
      ci_level: setup.level,
      statistic: found.t,
      df2: found.df,
      p: tenDigits(found.p),
      status: 'ok',
    },
    {
      analysis: 'permuted_groups',
      method: permuted.method,
      estimate: found.effect,
      ratio: asRatio(setup.rule.scale, found.effect),
      statistic: found.t,
      p_count: permuted.count,
      p_total: permuted.total,
      p: permuted.p,
      p_min_attainable: permuted.smallestP,
      status: permuted.status,
    },
  ];
}
