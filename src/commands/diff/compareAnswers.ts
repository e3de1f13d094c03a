import type { Comparison } from '../../analysis/index.ts';
import type { Frequency } from '../../frequencies/index.ts';
import { quantile } from '../../statistics/index.ts';

/** What becomes of a population's counts over the tubes of a study. */
export interface CountChange {
  readonly population: string;
  /** Tubes in which the count is another one, of those that both could count. */
  readonly changed: number;
  readonly tubes: number;
  /** Median over tubes of count ÷ count − 1, in percent; null where no tube had events before. */
  readonly medianPercent: number | null;
  readonly farthest: { readonly sampleId: string; readonly before: number; readonly after: number } | null;
  /** Tubes that only one of the templates can count. */
  readonly onlyBefore: number;
  readonly onlyAfter: number;
}

/** Populations of both templates by their path, those without a change left out. */
export function countChanges(before: readonly Frequency[], after: readonly Frequency[]): readonly CountChange[] {
  const paths = [...new Set([...before, ...after].map(({ population }) => population))];
  const countsOf = (rows: readonly Frequency[], path: string) =>
    new Map(rows.flatMap((row) => (row.population === path && row.count !== null ? [[row.sampleId, row.count]] : [])));
  return paths.flatMap((population): CountChange[] => {
    const [one, other] = [countsOf(before, population), countsOf(after, population)];
    const both = [...one].flatMap(([sampleId, count]) => {
      const now = other.get(sampleId);
      return now === undefined ? [] : [{ sampleId, before: count, after: now }];
    });
    const onlyBefore = one.size - both.length;
    const onlyAfter = other.size - both.length;
    const changed = both.filter((tube) => tube.before !== tube.after);
    if (changed.length + onlyBefore + onlyAfter === 0) return [];
    const percents = both.flatMap((tube) => (tube.before > 0 ? [100 * (tube.after / tube.before - 1)] : []));
    const [farthest = null] = [...changed].sort((a, b) => distance(b) - distance(a));
    const medianPercent = quantile(percents, 0.5) ?? null;
    const tubes = both.length;
    return [{ population, changed: changed.length, tubes, medianPercent, farthest, onlyBefore, onlyAfter }];
  });
}

/** Doubling is as far as halving; half an event keeps nothing finite. */
function distance({ before, after }: { readonly before: number; readonly after: number }): number {
  return Math.abs(Math.log((after + 0.5) / (before + 0.5)));
}

/** A planned comparison by both templates; null where only the other one has it. */
export interface ConclusionChange {
  readonly endpoint: string;
  readonly before: Conclusion | null;
  readonly after: Conclusion | null;
  /** Whether a person would write another sentence. */
  readonly isOther: boolean;
}

export interface Conclusion {
  readonly verdict: string;
  readonly p: number | null;
  readonly ratio: number | null;
  readonly estimate: number | null;
  readonly pairs: number | null;
}

/** All planned comparisons side by side. */
export function conclusionChanges(
  before: readonly Comparison[],
  after: readonly Comparison[],
): readonly ConclusionChange[] {
  const keyed = (rows: readonly Comparison[]) =>
    new Map(rows.filter(({ analysis }) => analysis === 'primary').map((row) => [keyOf(row), row]));
  const [one, other] = [keyed(before), keyed(after)];
  return [...new Set([...one.keys(), ...other.keys()])].map((key) => {
    const [was, now] = [one.get(key), other.get(key)].map((row) => (row === undefined ? null : conclusionOf(row)));
    const isOther = was?.verdict !== now?.verdict || was?.pairs !== now?.pairs;
    return { endpoint: key, before: was ?? null, after: now ?? null, isOther };
  });
}

function keyOf({ family, endpoint, visit_from, visit_to, panel }: Comparison): string {
  return [`${family}:`, endpoint, `${visit_from} to ${visit_to}`, panel ?? ''].filter((part) => part !== '').join(' ');
}

function conclusionOf(row: Comparison): Conclusion {
  const { p, tost_p, ratio, estimate, n_pairs: pairs, question } = row;
  return { verdict: verdictOf(row), p: question === 'equivalence' ? tost_p : p, ratio, estimate, pairs };
}

function verdictOf({ question, equivalent, reject, status, reason }: Comparison): string {
  const answer = question === 'equivalence' ? equivalent : reject;
  if (answer === null) return `none: ${reason ?? status}`;
  if (question === 'equivalence') return answer ? 'equivalent' : 'not shown to be equivalent';
  return answer ? 'changed' : 'no change shown';
}
