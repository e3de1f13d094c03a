import type { AnalysisInput, Association } from '../analysisInput.ts';
import { byCodeUnit } from '../comparison/tubes.ts';
import type { ResponseRule } from '../plan/associationPlan.ts';

/**
 * A covariate of a subject at a visit; null where none is given, or where tubes of that visit contradict each other.
 */
export function covariateAt(
  input: AnalysisInput,
  name: string,
  subject: string,
  visit: string,
): string | number | null {
  const own = (input.covariates ?? []).filter(
    (one) => one.name === name && one.subject === subject && one.visit === visit && one.value !== null,
  );
  const values = new Set(own.map((one) => one.value));
  return values.size === 1 ? (own[0]?.value ?? null) : null;
}

/** The arm, or the group by a covariate that does not change over visits; null where unknown or contradictory. */
export function groupOf(input: AnalysisInput, by: string, subject: string): string | null {
  const found =
    by === 'arm'
      ? input.observations.flatMap((one) => (one.subject === subject && one.arm ? [one.arm] : []))
      : (input.covariates ?? []).flatMap((one) =>
          one.subject === subject && one.name === by && one.value !== null ? [String(one.value)] : [],
        );
  const values = new Set(found);
  return values.size === 1 ? (found[0] ?? null) : null;
}

/** The group of a subject: by arm or covariate, or by who responded; null where it is not known. */
export function groupBy(
  {
    input,
    association,
    settings,
  }: {
    readonly input: AnalysisInput;
    readonly association: Association;
    readonly settings: { readonly by?: string | undefined; readonly by_response?: ResponseRule | undefined };
  },
  subject: string,
): string | null {
  const rule = settings.by_response;
  if (rule === undefined) return groupOf(input, settings.by ?? 'arm', subject);
  const over = association.others.find(({ id }) => id === rule.comparison);
  const [from, to] = [over?.from, over?.to].map((visit) => covariateAt(input, rule.covariate, subject, visit ?? ''));
  if (typeof from !== 'number' || typeof to !== 'number') return null;
  const change = to - from;
  const isResponse = rule.at_most === undefined ? change >= (rule.at_least ?? 0) : change <= rule.at_most;
  return isResponse ? 'responder' : 'non-responder';
}

/** Names of the two groups, the reference first; undefined unless there are exactly two. */
export function twoGroups(groups: readonly (string | null)[], reference?: string): [string, string] | undefined {
  const names = [...new Set(groups.flatMap((name) => name ?? []))].sort(byCodeUnit);
  const [first, second] = names;
  if (first === undefined || second === undefined || names.length > 2) return undefined;
  if (reference === undefined || reference === first) return [first, second];
  return reference === second ? [second, first] : undefined;
}
