import { bandwidthOf, binCentre, histogram, modesOf, smooth } from './density.ts';

export interface ValleySearch {
  /** Least persistence of a mode, as a share of its height. */
  readonly prominence: number;
  /** Least share of the weight on either side of a cut. */
  readonly mass: number;
  /** Where a cut may lie, in u. */
  readonly range: readonly [number, number];
  readonly which: 'deepest' | 'first' | 'last';
}

export type ValleyFound =
  | { readonly cut: number; readonly modes: readonly number[]; readonly flags: readonly string[] }
  | { readonly cut: undefined; readonly modes: readonly number[]; readonly flags: readonly string[] };

/** Fewer events show no shape. */
const LEAST_EVENTS = 30;

/** Bins within this share of the lower mode above the minimum are its plateau; the cut is the plateau's middle. */
const PLATEAU = 0.02;

/**
 * The cut between two modes of a density, in u: the lowest plateau between neighbouring modes, where both sides hold
 * enough and the cut lies in its range; the deepest of them where several do.
 * @param values in u; @param weights one a value
 * @returns no cut and the reason as a flag (`few_events`, `one_mode`, `thin_side`, `out_of_range`); `three_modes` is only said
 */
export function findValley(values: Float64Array, search: ValleySearch, weights?: Float64Array): ValleyFound {
  if (values.length < LEAST_EVENTS) return { cut: undefined, modes: [], flags: ['few_events'] };
  return valleyOfDensity(smooth(histogram(values, weights), bandwidthOf(values)), search);
}

/** @param density on the bins of placement, smoothed */
export function valleyOfDensity(density: Float64Array, search: ValleySearch): ValleyFound {
  const modes = modesOf(density, search.prominence);
  const at = modes.map(binCentre);
  if (modes.length < 2) return { cut: undefined, modes: at, flags: ['one_mode'] };
  const refused = new Set<string>();
  const found: { cut: number; depth: number }[] = [];
  for (let i = 0; i + 1 < modes.length; i++) {
    const candidate = valleyBetween(density, modes[i]!, modes[i + 1]!);
    if (candidate.cut < search.range[0] || candidate.cut > search.range[1]) refused.add('out_of_range');
    else if (candidate.lesserSide < search.mass) refused.add('thin_side');
    else found.push(candidate);
  }
  const best = choose(found, search.which);
  if (best === undefined) return { cut: undefined, modes: at, flags: [...refused].sort() };
  return { cut: best, modes: at, flags: modes.length > 2 ? ['three_modes'] : [] };
}

/** The lowest plateau between two modes (bins), with what it parts. */
export function valleyBetween(density: Float64Array, left: number, right: number) {
  const lowerMode = Math.min(density[left]!, density[right]!);
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = left; i <= right; i++) lowest = Math.min(lowest, density[i]!);
  const ceiling = lowest + PLATEAU * lowerMode;
  let first = right;
  let last = left;
  for (let i = left; i <= right; i++) {
    if (density[i]! > ceiling) continue;
    first = Math.min(first, i);
    last = Math.max(last, i);
  }
  const cut = (edge(density, first, -1, ceiling) + edge(density, last, 1, ceiling)) / 2;
  let below = 0;
  let total = 0;
  for (let i = 0; i < density.length; i++) {
    total += density[i]!;
    if (i < cut) below += density[i]!;
  }
  const lesserSide = Math.min(below, total - below) / total;
  return { cut: binCentre(cut), depth: 1 - lowest / lowerMode, lesserSide };
}

/** Where the density passes the ceiling beyond the last bin of a plateau, as a fraction of bins. */
function edge(density: Float64Array, bin: number, step: 1 | -1, ceiling: number): number {
  const [inside, outside] = [density[bin]!, density[bin + step] ?? 0];
  return outside > ceiling ? bin + (step * (ceiling - inside)) / (outside - inside) : bin;
}

function choose(found: readonly { cut: number; depth: number }[], which: ValleySearch['which']): number | undefined {
  if (which === 'first') return found[0]?.cut;
  if (which === 'last') return found.at(-1)?.cut;
  let best: { cut: number; depth: number } | undefined;
  for (const candidate of found) if (!best || candidate.depth > best.depth) best = candidate;
  return best?.cut;
}
