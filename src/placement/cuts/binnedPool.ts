import { BIN_WIDTH, bandwidthOf, binCentre, histogram, smooth } from '../density/density.ts';
import { endOfDensity } from '../density/populationEnd.ts';
import { splitByMeans } from '../density/splitByMeans.ts';
import type { CutRules } from './cutSearch.ts';
import type { CutPool, PoolMember } from './poolCut.ts';
import { pooledEvents } from './poolCut.ts';

/** A tube of a pool as the histogram that it adds, drawn as often as wanted. */
export interface BinnedMember {
  /** Weighted, in the pool's frame as placed. */
  readonly bins: Float64Array;
  readonly rowCount: number;
}

/** How often and how far from its placed landmark a tube's histogram is added. */
export interface DrawnMember {
  readonly member: BinnedMember;
  /** u by which it lies lower in the pool's frame than as placed. */
  readonly moved: number;
}

/** Points that stand for a pool's events where a method needs values; a thousandth of them lies between two. */
const POINTS = 1000;
/** There and back through a frame leaves rounding. */
const SAME_PLACE = 1e-9;
/** Fewer events show no shape. */
const LEAST_EVENTS = 30;
const NOTHING = { cut: undefined, modes: [], flags: ['few_events'] };

/** @param tubeCount of the pool that it is a member of */
export function binnedMember(member: PoolMember, rules: CutRules, tubeCount: number): BinnedMember {
  const { values, weights } = pooledEvents([member], rules, tubeCount);
  return { bins: histogram(values, weights), rowCount: values.length };
}

/** The bandwidth at which a pool was looked at; its draws are looked at with the same. */
export function poolBandwidth(members: readonly PoolMember[], rules: CutRules): number {
  return bandwidthOf(pooledEvents(members, rules).values);
}

/** A pool made of histograms: sums of hundreds of bins in place of a sort of its events. */
export function poolOfBins(drawn: readonly DrawnMember[], bandwidth: number): CutPool {
  const bins = sumBins(drawn);
  const isEmpty = drawn.reduce((sum, { member }) => sum + member.rowCount, 0) < LEAST_EVENTS;
  const density = smooth(bins, bandwidth);
  return {
    tubeCount: drawn.length,
    find: (search) => {
      if (isEmpty) return NOTHING;
      if (search.inDensity) return search.inDensity(density);
      const points = pointsOf(bins);
      return search.inPool(points, new Float64Array(points.length).fill(1));
    },
    split: () => splitByMeans(pointsOf(bins), 2),
    end: (out) => (isEmpty ? undefined : endOfDensity(density, out)),
    // A level of other cells is not drawn with these: the placed one stands.
    levels: () => undefined,
  };
}

/** A histogram that is moved by parts of a bin is shared between two bins. */
function sumBins(drawn: readonly DrawnMember[]): Float64Array {
  const sum = new Float64Array(drawn[0]?.member.bins.length ?? 0);
  const last = sum.length - 1;
  for (const { member, moved } of drawn) {
    const { bins } = member;
    if (Math.abs(moved) < SAME_PLACE) {
      for (let b = 0; b <= last; b++) sum[b]! += bins[b]!;
      continue;
    }
    const whole = Math.floor(-moved / BIN_WIDTH);
    const part = -moved / BIN_WIDTH - whole;
    for (let b = 0; b <= last; b++) {
      sum[Math.min(last, Math.max(0, b + whole))]! += (1 - part) * bins[b]!;
      sum[Math.min(last, Math.max(0, b + whole + 1))]! += part * bins[b]!;
    }
  }
  return sum;
}

/** Values at equal steps of the distribution, even within a bin; none of an empty histogram. */
function pointsOf(bins: Float64Array): Float64Array {
  const total = bins.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return new Float64Array(0);
  const points = new Float64Array(POINTS);
  let bin = 0;
  let below = 0;
  for (let p = 0; p < POINTS; p++) {
    const wanted = ((p + 0.5) / POINTS) * total;
    while (bin < bins.length - 1 && below + bins[bin]! < wanted) below += bins[bin++]!;
    points[p] = binCentre(bin) + ((wanted - below) / bins[bin]! - 0.5) * BIN_WIDTH;
  }
  return points;
}
