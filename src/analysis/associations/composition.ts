import { aitchisonFlip, mean } from '../../statistics/index.ts';
import type { Tube } from '../comparison/tubes.ts';
import { type AssociationCells, type ContextOf, refused } from './context.ts';

/**
 * The make-up of a compartment as one question: centred log ratios of its parts (Aitchison 1986), whole patients
 * flipped, the length of their mean change compared. A share of a common parent falls when a sibling rises; here that
 * is one change and not two.
 */
export function composition(context: ContextOf<'composition'>): AssociationCells[] {
  const { input, association, settings } = context;
  const [first] = association.endpoints;
  const whole = first?.denominator === '' ? 'parent' : (first?.denominator ?? '');
  const shared = { endpoint: `composition of ${whole}`, analysis: 'primary', test: 'aitchison_flip' };
  const { comparison } = association;
  if (!comparison) return [{ ...shared, ...refused('no_pairs') }];
  const changes = input.subjects.flatMap((subject) => {
    const [from, to] = [comparison.from, comparison.to].map((visit) => partsOf(context, subject, visit));
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
  const cells = { ...shared, n: changes.length, n_missing: input.subjects.length - changes.length };
  if (changes.length === 0) return [{ ...cells, ...refused('no_pairs') }];
  const sides = changes.flatMap(({ from, to }) => [from, to]);
  if (sides.some((parts) => parts === 'overlap')) return [{ ...cells, ...refused('parts_overlap') }];
  const vectors = changes.map(({ from, to }) => difference(centreParts(from), centreParts(to)));
  if (!vectors.flat().every(Number.isFinite)) return [{ ...cells, ...refused('infinite_on_scale') }];
  const found = aitchisonFlip(vectors, input.seed ?? 1);
  const mostly = { ...cells, zero_rule: sides.some(isCounted) ? 'half_event' : 'none', scale: 'clr' };
  if (found.status === 'not_estimable') return [{ ...mostly, ...refused(found.reason) }];
  const primary: AssociationCells = {
    ...mostly,
    method: found.method,
    alternative: 'two-sided',
    estimate: found.norm,
    statistic: found.norm,
    p_count: found.count,
    p_total: found.total,
    p: found.p,
    p_min_attainable: found.smallestP,
    status: found.status,
  };
  const names = [...association.endpoints.map((one) => one.key), ...(settings.rest ? [`rest of ${whole}`] : [])];
  return [primary, ...names.map((name, j) => partRow(name, vectors, j, mostly))];
}

function partRow(
  name: string,
  vectors: readonly (readonly number[])[],
  part: number,
  cells: AssociationCells,
): AssociationCells {
  const change = mean(vectors.map((vector) => vector[part]!));
  return { ...cells, endpoint: name, analysis: 'part', estimate: change, ratio: Math.exp(change), status: 'ok' };
}

interface Parts {
  readonly values: readonly number[];
  readonly isCounted: boolean;
}

const isCounted = (parts: Parts | 'overlap') => parts !== 'overlap' && parts.isCounted;

/** Amounts of all parts in one subject's tube; undefined where a part has no usable value. */
function partsOf(context: ContextOf<'composition'>, subject: string, visit: string): Parts | 'overlap' | undefined {
  const { association, settings } = context;
  const tubes = association.endpoints.map((endpoint) => context.tubesOf(endpoint).get(subject)?.get(visit));
  if (!tubes.every((tube): tube is Tube => tube !== undefined && tube.reason === '')) return undefined;
  const counts = tubes.map((tube) => tube.count);
  const whole = tubes[0]?.parentCount ?? null;
  if (counts.every((count): count is number => count !== null) && whole !== null) {
    const rest = whole - counts.reduce((sum, count) => sum + count, 0);
    if (settings.rest && rest < 0) return 'overlap';
    // Half an event in every part, as on the logarithmic scales.
    return { values: [...counts, ...(settings.rest ? [rest] : [])].map((count) => count + 0.5), isCounted: true };
  }
  const percents = tubes.flatMap((tube) => tube.percent ?? []);
  if (percents.length < tubes.length) return undefined;
  const rest = 100 - percents.reduce((sum, value) => sum + value, 0);
  // Printed percentages sum to 100 but for their last digit.
  if (settings.rest && rest < -0.05) return 'overlap';
  return { values: settings.rest ? [...percents, rest] : percents, isCounted: false };
}

function centreParts(parts: Parts | 'overlap'): number[] {
  const logs = parts === 'overlap' ? [] : parts.values.map((value) => (value > 0 ? Math.log(value) : Number.NaN));
  const centre = mean(logs);
  return logs.map((value) => value - centre);
}

function difference(from: readonly number[], to: readonly number[]): number[] {
  return to.map((value, j) => value - from[j]!);
}
