import { sortedQuantile } from './moments.ts';

/** Which half of a double, as two 32-bit words, holds sign and exponent: the second where the machine is little-endian. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
const BUCKETS = 1 << 16;
/** Fewer are sorted sooner than the buckets are emptied. */
const FEWEST = 4096;

/**
 * The quantile of `sortedQuantile`, to the last bit, of values in any order: only the values that share their first
 * 16 bits (sign, exponent, 4 bits of the fraction) with one of the two it lies between are sorted.
 * @param values no NaN among them; stay as they are
 * @param p 0-1
 * @returns undefined for no values
 */
export function selectedQuantile(values: Float64Array, p: number): number | undefined {
  if (values.length < FEWEST) return sortedQuantile(values.slice().sort(), p);
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const counts = new Uint32Array(BUCKETS);
  for (let i = HIGH; i < words.length; i += 2) counts[bucketOf(words[i]!)]!++;
  const position = p * (values.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, values.length - 1);
  const first = bucketAt(counts, below);
  const last = bucketAt(counts, above, first);
  const near = new Float64Array(first.count + (last.bucket === first.bucket ? 0 : last.count));
  let next = 0;
  for (let i = 0; i < values.length; i++) {
    const bucket = bucketOf(words[2 * i + HIGH]!);
    if (bucket === first.bucket || bucket === last.bucket) near[next++] = values[i]!;
  }
  near.sort();
  // The buckets between the two are empty, so that the second value follows the first one's bucket.
  const [low, high] = [near[below - first.before]!, near[above - first.before]!];
  return sortedQuantile([low, high], position - below);
}

/** Ascending with the value, from the word that holds sign and exponent. */
function bucketOf(word: number): number {
  return word < 0 ? BUCKETS - 1 - (word >>> 16) : (word >>> 16) + BUCKETS / 2;
}

interface Bucket {
  readonly bucket: number;
  readonly count: number;
  /** Values in the buckets before it. */
  readonly before: number;
}

/** The bucket that holds the value of a rank. @param from one at or before it */
function bucketAt(
  counts: Uint32Array,
  rank: number,
  from: Pick<Bucket, 'bucket' | 'before'> = { bucket: 0, before: 0 },
): Bucket {
  let { bucket, before } = from;
  while (before + counts[bucket]! <= rank) before += counts[bucket++]!;
  return { bucket, before, count: counts[bucket]! };
}
