import { modeAndWidth } from '../density/density.ts';
import type { InternalReference } from './cutSearch.ts';

export interface InternalLevel {
  readonly cut: number;
  readonly flags: readonly string[];
}

/** A parent's mode nearer to that of cells without the marker than so many of their standard deviations is theirs. */
const LIKE_NEGATIVE = 1;
/** Standard deviations below the mode of carriers that keep 95 % of them: a cut higher up would take carriers away. */
const MOST_CARRIERS = 1.65;
/** The same where nearly all of the parent carry the marker: 98 %. */
const NEARLY_ALL = 2;

/**
 * Where a parent of one mode is cut by cells of the same tubes that are known not to carry the marker (`beyond`), or all to
 * carry it (`under`). Cells without the marker end `end` standard deviations above their mode. Where the parent's own mode
 * is that of carriers and this end would take more than 5 % of them away, the cut is where that begins, but not below the
 * middle between the two modes in their own standard deviations; where biology says that nearly all of the parent carry the
 * marker, it is where they begin. Where cells like the reference are kept, their end is what is asked for.
 * @param parent density of the parent; @param donors that of the reference, both on the bins of placement
 */
export function internalLevel(
  parent: Float64Array,
  donors: Float64Array,
  { end, of, isOfCarriers, keep }: InternalReference & { readonly keep: 'above' | 'below' },
): InternalLevel {
  const usual = ['internal_reference'];
  if (of === 'under') {
    const carriers = modeAndWidth(donors, tallest(donors), -1);
    return { cut: carriers.at - end * carriers.width, flags: usual };
  }
  const without = modeAndWidth(donors, tallest(donors), 1);
  const ends = without.at + end * without.width;
  if (keep === 'below') return { cut: ends, flags: usual };
  const carriers = modeAndWidth(parent, tallest(parent), -1);
  const away = carriers.at - without.at;
  if (away < LIKE_NEGATIVE * without.width) return { cut: ends, flags: [...usual, 'like_negative'] };
  if (isOfCarriers) {
    const begin = Math.max(without.at, carriers.at - NEARLY_ALL * carriers.width);
    return begin < ends ? { cut: begin, flags: [...usual, 'pure_parent'] } : { cut: ends, flags: usual };
  }
  const middle = without.at + (away * without.width) / (without.width + carriers.width);
  const begin = Math.max(middle, carriers.at - MOST_CARRIERS * carriers.width);
  return begin < ends ? { cut: begin, flags: [...usual, 'dim_parent'] } : { cut: ends, flags: usual };
}

function tallest(density: Float64Array): number {
  let mode = 0;
  for (let i = 1; i < density.length; i++) if (density[i]! > density[mode]!) mode = i;
  return mode;
}
