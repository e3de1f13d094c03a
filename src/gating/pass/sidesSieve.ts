import type { Side } from '../geometryKind.ts';
import type { PopulationRows } from './populationRows.ts';
import type { Sieve } from './sieve.ts';

/** Straight sides in linear units: one comparison of each value with its two ends, and no branch. */
export function sidesSieve(sides: readonly Side[]): Sieve {
  const ends = sides.map(({ channel, min, max }) => ({ channel, min, last: lastBelow(max) }));
  const [first, second, ...others] = ends;
  return (parent, out) => {
    if (first === undefined) keepAll(parent, out);
    else if (second === undefined) cutOne(parent, first, out);
    else cutTwo(parent, first, second, out);
    for (const end of others) refine(parent, end, out);
    return true;
  };
}

interface End {
  readonly channel: string;
  /** min ≤ x ≤ last is min ≤ x < max. */
  readonly min: number;
  readonly last: number;
}

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The greatest value that lies inside a maximum, which itself is outside unless it is infinite. */
function lastBelow(max: number): number {
  if (max === Number.POSITIVE_INFINITY) return max;
  if (max === Number.NEGATIVE_INFINITY || Number.isNaN(max)) return Number.NaN;
  if (max === 0) return -Number.MIN_VALUE;
  double[0] = max;
  bits[0] = bits[0]! + (max > 0 ? -1n : 1n);
  return double[0];
}

function keepAll(parent: PopulationRows, out: PopulationRows): void {
  for (let e = 0; e < parent.count; e++) {
    out.rows[e] = parent.rows[e]!;
    out.places[e] = e;
  }
  out.count = parent.count;
}

function cutOne(parent: PopulationRows, { channel, min, last }: End, out: PopulationRows): void {
  const { values } = parent.column(channel);
  const { rows: from, count } = parent;
  const { rows, places } = out;
  let kept = 0;
  for (let e = 0; e < count; e++) {
    const x = values[e]!;
    rows[kept] = from[e]!;
    places[kept] = e;
    kept += x >= min && x <= last ? 1 : 0;
  }
  out.count = kept;
}

function cutTwo(parent: PopulationRows, a: End, b: End, out: PopulationRows): void {
  const { values } = parent.column(a.channel);
  const { values: others } = parent.column(b.channel);
  const { rows: from, count } = parent;
  const { rows, places } = out;
  const { min, last } = a;
  const { min: otherMin, last: otherLast } = b;
  let kept = 0;
  for (let e = 0; e < count; e++) {
    const x = values[e]!;
    const y = others[e]!;
    rows[kept] = from[e]!;
    places[kept] = e;
    kept += x >= min && x <= last && y >= otherMin && y <= otherLast ? 1 : 0;
  }
  out.count = kept;
}

/** One side more, of what is kept already. */
function refine(parent: PopulationRows, { channel, min, last }: End, out: PopulationRows): void {
  const { values } = parent.column(channel);
  const { rows, places, count } = out;
  let kept = 0;
  for (let e = 0; e < count; e++) {
    const place = places[e]!;
    const x = values[place]!;
    rows[kept] = rows[e]!;
    places[kept] = place;
    kept += x >= min && x <= last ? 1 : 0;
  }
  out.count = kept;
}
