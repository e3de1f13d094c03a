// Chance that a cell falls to its halves in any proportion: what is measured piles up at 0, at the end of its range, and
// in the gaps of a converter. Without it one such column would outweigh all others.
const freeShare = 0.05;

/**
 * Bits that it takes to describe values by a smooth histogram: minus log2 of their probability under a Pólya tree. The
 * range is halved level by level; how the values of a cell fall to its halves is taken to be Beta(k², k²) at level k, so
 * that cells may differ as they like at first, and ever less as they get fine (the choice that makes densities
 * continuous: Lavine, Annals of Statistics 1992), now and then Beta(½, ½). Populations of cells take few bits and
 * shuffled bits many, whatever their number, and no width of a bar has to be chosen. Bits that are the same in all values
 * cost nothing: a range not used, or the low bits of what was measured with fewer.
 * @param values integers from 0 below 2^width, in any order; width at most 32
 * @param deepest how many levels are told apart: with 8, a histogram of 256 bars
 */
export function codeLength(values: Float64Array, width: number, deepest: number): number {
  const { squeezed, bits } = withoutConstantBits(values, width);
  const sorted = squeezed.sort();
  const odds = oddsTables(sorted.length, Math.min(bits, deepest));
  const natsBelow = (from: number, to: number, low: number, level: number): number => {
    if (to === from) return 0;
    // Deeper than asked for nothing is known of a cell's halves.
    if (level > Math.min(bits, deepest)) return (to - from) * (1 + bits - level) * Math.LN2;
    // One value alone falls to either half with the same chance, down to the last level.
    if (to - from === 1) return (1 + bits - level) * Math.LN2;
    const middle = low + 2 ** (bits - level);
    const cut = firstAtLeast(sorted, middle, from, to);
    return (
      odds.nats(level, cut - from, to - cut) +
      natsBelow(from, cut, low, level + 1) +
      natsBelow(cut, to, middle, level + 1)
    );
  };
  return natsBelow(0, sorted.length, 0, 1) / Math.LN2;
}

function withoutConstantBits(values: Float64Array, width: number): { squeezed: Float64Array; bits: number } {
  let ones = 0xffffffff;
  let any = 0;
  for (const value of values) {
    ones &= value;
    any |= value;
  }
  const varying = Array.from({ length: width }, (_, power) => power).filter((power) => ((any & ~ones) >>> power) & 1);
  const squeezed = values.map((value) =>
    varying.reduce((sum, power, place) => sum + ((value >>> power) & 1) * 2 ** place, 0),
  );
  return { squeezed, bits: varying.length };
}

function firstAtLeast(sorted: Float64Array, wanted: number, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What it costs, in nats, that so many values of a cell at this level fall to its left half and so many to its right. */
function oddsTables(mostCount: number, levels: number): { nats(level: number, left: number, right: number): number } {
  const smooth = Array.from({ length: levels + 1 }, (_, level) => betaTables(level ** 2, mostCount));
  const free = betaTables(0.5, mostCount);
  return {
    nats: (level, left, right) => {
      const even = logOdds(smooth[level] as BetaTables, left, right);
      const any = logOdds(free, left, right);
      const most = Math.max(even, any);
      return -most - Math.log((1 - freeShare) * Math.exp(even - most) + freeShare * Math.exp(any - most));
    },
  };
}

interface BetaTables {
  readonly half: Float64Array;
  readonly whole: Float64Array;
}

function betaTables(a: number, mostCount: number): BetaTables {
  return { half: rising(a, mostCount), whole: rising(2 * a, mostCount) };
}

function logOdds({ half, whole }: BetaTables, left: number, right: number): number {
  return (half[left] as number) + (half[right] as number) - (whole[left + right] as number);
}

const tables = new Map<number, Float64Array>();

/** ln(a (a + 1) … (a + n − 1)) for n from 0: what Beta functions of counts are made of. Kept, since samples are alike. */
function rising(a: number, mostCount: number): Float64Array {
  const known = tables.get(a);
  if (known !== undefined && known.length > mostCount) return known;
  const table = new Float64Array(mostCount + 1);
  for (let n = 1; n <= mostCount; n++) table[n] = (table[n - 1] as number) + Math.log(a + n - 1);
  tables.set(a, table);
  return table;
}
