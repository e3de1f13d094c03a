import { clopperPearson, fisherExact, mcnemarExact, tenDigits } from '../../statistics/index.ts';
import type { Endpoint, Family } from '../analysisInput.ts';
import type { CompletePair } from '../comparison/pairing.ts';
import { type AssociationCells, type ContextOf, changesOf, endpointCells, refused } from './context.ts';
import { groupBy, twoGroups } from './covariates.ts';

/**
 * Patients who changed by the declared factor, beyond counting error where that is asked: their share with its exact
 * interval; by group (Fisher); at a second comparison (McNemar). A change cut in two says less than the change.
 */
export function responders(context: ContextOf<'responders'>, endpoint: Endpoint): AssociationCells[] {
  const { input, association, settings } = context;
  const shared = { ...endpointCells(endpoint), analysis: 'primary', test: 'clopper_pearson' };
  if (!association.comparison) return [{ ...shared, ...refused('no_pairs') }];
  const found = statusOf(context, endpoint, association.comparison);
  if (typeof found === 'string') return [{ ...shared, ...refused(found) }];
  const [n, k] = [found.size, [...found.values()].filter(Boolean).length];
  const limits = clopperPearson(k, n, input.plan.level);
  const primary: AssociationCells = {
    ...shared,
    method: 'exact-binomial',
    n,
    n_from: n,
    k_from: k,
    n_missing: input.subjects.length - n,
    estimate: k / n,
    ci_low: limits?.low ?? null,
    ci_high: limits?.high ?? null,
    ci_nominal: input.plan.level,
    ci_level: input.plan.level,
    status: 'ok',
  };
  const again = association.others.find(({ id }) => id === settings.again);
  return [
    primary,
    ...byGroups(context, endpoint, found),
    ...(again === undefined ? [] : [atAgain(context, endpoint, found, again)]),
  ];
}

type Status = ReadonlyMap<string, boolean>;

function byGroups(context: ContextOf<'responders'>, endpoint: Endpoint, found: Status): AssociationCells[] {
  const by = context.settings.by_response?.covariate ?? context.settings.by;
  return by === undefined ? [] : [byGroup(context, endpoint, found, by)];
}

/** Who responded; or why that cannot be said. */
function statusOf(
  context: ContextOf<'responders'>,
  endpoint: Endpoint,
  comparison: Family['comparison'],
): Status | string {
  const { pairs, scaled } = changesOf(context, endpoint, comparison);
  const { ratio, beyond_counting: isBeyond } = context.settings;
  if (pairs.length === 0) return 'no_pairs';
  if (!scaled.isOnScale) return 'infinite_on_scale';
  const counting = pairs.map(countingP);
  if (isBeyond && counting.some((p) => p === null)) return 'no_counts';
  const { alpha } = context.input.plan;
  return new Map(
    pairs.map(({ subject }, i) => {
      const change = scaled.differences[i]! - Math.log(ratio);
      const isFar = ratio < 1 ? change <= scaled.tolerance : change >= -scaled.tolerance;
      return [subject, isFar && (!isBeyond || (counting[i] ?? 1) <= alpha)];
    }),
  );
}

function countingP({ from, to }: CompletePair): number | null {
  if (from.count === null || to.count === null || from.parentCount === null || to.parentCount === null) return null;
  return fisherExact(from.count, from.parentCount, to.count, to.parentCount);
}

function byGroup(context: ContextOf<'responders'>, endpoint: Endpoint, status: Status, by: string): AssociationCells {
  const shared = { ...endpointCells(endpoint), analysis: 'by_group', with: by, test: 'fisher' };
  const labels = new Map([...status.keys()].map((subject) => [subject, groupBy(context, subject)]));
  const names = twoGroups([...labels.values()]);
  if (!names) return { ...shared, ...refused('not_two_groups') };
  const [first, second] = names.map((name) => [...status].filter(([subject]) => labels.get(subject) === name));
  const [n1, n2] = [first!.length, second!.length];
  const [k1, k2] = [first!, second!].map((own) => own.filter(([, isOne]) => isOne).length);
  return {
    ...shared,
    method: 'exact-hypergeometric',
    group_from: names[0],
    group_to: names[1],
    n: n1 + n2,
    n_from: n1,
    n_to: n2,
    k_from: k1!,
    k_to: k2!,
    n_missing: context.input.subjects.length - n1 - n2,
    estimate: k2! / n2 - k1! / n1,
    p: tenDigits(fisherExact(k1!, n1, k2!, n2)),
    status: 'ok',
  };
}

function atAgain(
  context: ContextOf<'responders'>,
  endpoint: Endpoint,
  status: Status,
  again: Family['comparison'],
): AssociationCells {
  const shared = { ...endpointCells(endpoint), analysis: `again_${again.id}`, test: 'mcnemar', with: again.id };
  const later = statusOf(context, endpoint, again);
  if (typeof later === 'string') return { ...shared, ...refused(later) };
  const both = [...status].flatMap(([subject, first]) => {
    const second = later.get(subject);
    return second === undefined ? [] : [{ first, second }];
  });
  const onlyFirst = both.filter((one) => one.first && !one.second).length;
  const onlyLater = both.filter((one) => !one.first && one.second).length;
  const cells = { ...shared, n: both.length, k_from: onlyFirst, k_to: onlyLater };
  const p = mcnemarExact(onlyFirst, onlyLater);
  if (p === undefined) return { ...cells, ...refused('nobody_changed') };
  return {
    ...cells,
    method: 'exact-binomial',
    n_missing: context.input.subjects.length - both.length,
    p,
    status: 'ok',
  };
}
