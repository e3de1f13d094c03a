import { z } from 'zod';
import type { NamedUse } from '../../template/index.ts';
import type { CutStep } from '../cuts/cutGate.ts';
import type { CutSearch } from '../cuts/cutSearch.ts';

/** Keys of how a cut is used, whatever method finds it. */
export const CutOptions = {
  shift: z.number().default(0).describe('added to the cut, in u'),
  bound: z.number().positive().default(1).describe("farthest a tube's own cut may move from the pool's, in u"),
  fallback: z
    .union([
      z.enum(['none', 'kmeans']),
      z.strictObject({ at: z.number() }),
      z.strictObject({ end: z.number().positive(), of: z.enum(['kept', 'dropped']) }),
    ])
    .default('none')
    .describe('used where neither tube nor pool shows a cut: none, kmeans, {at: u}, or {end: z, of: kept | dropped}'),
};

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

export function cutStep(cut: CommonCut, search: CutSearch, hasOwnVote: boolean): CutStep {
  const { marker, keep, shift, bound, fallback } = cut;
  return { marker, keep, shift, bound, fallback, hasOwnVote, looksAt: 'kept', search };
}

export function markerUse(cut: { readonly marker: string }): readonly NamedUse[] {
  return [{ name: cut.marker, keys: ['marker'] }];
}
