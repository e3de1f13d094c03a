import { z } from 'zod';
import type { NamedUse } from '../../template/index.ts';
import type { CutStep } from '../cuts/cutGate.ts';
import type { CutSearch } from '../cuts/cutSearch.ts';

const End = z.number().positive();

/** A stretch of an axis, lower end first. */
export const Stretch = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, { message: 'must begin with its lower end' });

/** What may be done where neither tube nor pool shows a cut, without asking another population. */
export const OwnFallback = z.union([
  z.enum(['none', 'kmeans']),
  z.strictObject({ at: z.number() }),
  z.strictObject({
    end: End,
    of: z.enum(['kept', 'dropped']),
    within: Stretch.optional(),
    at_least: z.number().optional(),
  }),
]);

/** What may be done where neither tube nor pool shows a cut. */
export const Fallback = z.union([
  ...OwnFallback.options,
  z.strictObject({ end: End, beyond: z.string().min(1), parent: z.literal('carriers').optional() }),
  z.strictObject({ end: End, under: z.string().min(1) }),
]);

/** Keys of how a cut is used, whatever method finds it. */
export const CutOptions = {
  shift: z.number().default(0).describe('added to the cut, in u'),
  bound: z.number().positive().default(1).describe("farthest a tube's own cut may move from the pool's, in u"),
  fallback: Fallback.default('none').describe(
    'used where neither tube nor pool shows a cut: none, kmeans, {at: u}, {end: z, of: kept | dropped, within: [u, u], at_least: u}, ' +
      '{end: z, beyond: POPULATION} of cells without the marker (parent: carriers where most of the parent carry it), ' +
      'or {end: z, under: POPULATION} of cells that carry it',
  ),
};

/** What the flags of a fallback mean, for every method whose cuts may have one. */
export const fallbackFlags = {
  fixed_number: 'no valley: the cut is the number that the template gives',
  split_by_means: 'no valley: the cut is a split by k-means',
  internal_reference: 'no valley: the cut stands at the level of another population of the same tubes',
  pure_parent: 'the parent’s one mode is that of carriers: the cut stands where they begin',
  like_negative: 'the parent’s one mode is that of cells without the marker',
  dim_parent: 'the cells that carry the marker are so dim that they overlap with those that do not',
  no_reference: 'the population that would give the level is not there or too small',
  end_out_of_range: 'the one population that is there ends where the cut may not lie: it is not the one that was meant',
} as const;

/** Keys that every cut of a gate has. */
export const Common = {
  marker: z.string().min(1).describe('marker that is cut'),
  keep: z.enum(['above', 'below']).describe('side that is kept; the cut itself belongs to above'),
  ...CutOptions,
};

/** Schema of one cut, with the keys of the method that finds it. */
export function cutSchema<Shape extends z.ZodRawShape>(own: Shape) {
  return z.strictObject({ ...Common, ...own });
}

export interface CommonCut {
  readonly marker: string;
  readonly keep: 'above' | 'below';
  readonly shift: number;
  readonly bound: number;
  readonly fallback: CutStep['fallback'];
}

/** The population that a fallback names. @param keys under which the fallback stands in the gate */
export function fallbackUses(
  fallback: CutStep['fallback'],
  keys: readonly (string | number)[] = ['fallback'],
): readonly NamedUse[] {
  if (typeof fallback === 'string') return [];
  if ('beyond' in fallback) return [{ name: fallback.beyond, keys: [...keys, 'beyond'] }];
  return 'under' in fallback ? [{ name: fallback.under, keys: [...keys, 'under'] }] : [];
}

export function cutStep(cut: CommonCut, search: CutSearch, hasOwnVote: boolean): CutStep {
  const { marker, keep, shift, bound, fallback } = cut;
  return { marker, keep, shift, bound, fallback, hasOwnVote, looksAt: 'kept', search };
}

export function markerUse(cut: { readonly marker: string }): readonly NamedUse[] {
  return [{ name: cut.marker, keys: ['marker'] }];
}
