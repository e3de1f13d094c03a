import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** What a stream is for; one number each, so that a change in one kind of draw leaves all others as they were. */
export const purposes = {
  subject: 1,
  visit: 2,
  tube: 3,
  cells: 4,
  noise: 5,
  order: 6,
  jitter: 7,
  spillover: 8,
  design: 9,
  dates: 10,
} as const;

/** A stream of random numbers; every call takes a fixed number of draws, so that two runs stay in step. */
export interface Stream {
  /** Uniform on the open interval (0, 1), 32 bits; one draw. */
  uniform(): number;
  /** Standard normal; two draws. */
  normal(): number;
  /** Student t with 5 degrees of freedom, scaled to variance 1; two draws. */
  studentT5(): number;
}

/** The stream for a seed and a key (purpose, subject, visit): equal keys give equal streams, whatever else is drawn. */
export function streamFor(seed: number, ...key: readonly number[]): Stream {
  const words = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667].map((start) => mixKey(start, [seed, ...key]));
  const generator = xoroshiro128plusFromState(words);
  const uniform = () => ((generator.next() >>> 0) + 0.5) / 4294967296;
  // Box & Muller (1958)
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  // Bailey (1994), without rejection: t = √(ν(U^(−2/ν) − 1))·cos 2πV; times √((ν − 2)/ν) for variance 1; ν = 5
  const studentT5 = () => Math.sqrt(3 * Math.expm1(-0.4 * Math.log(uniform()))) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal, studentT5 };
}

/** A random order of 0 … count − 1 (Fisher & Yates). */
export function randomOrder(stream: Stream, count: number): Uint32Array {
  const order = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const j = Math.floor(stream.uniform() * (i + 1));
    order[i] = order[j]!;
    order[j] = i;
  }
  return order;
}

/** One 32-bit word from a start value and a key of integers; the mixing steps are those of MurmurHash3's finaliser. */
function mixKey(start: number, key: readonly number[]): number {
  let word = start | 0;
  for (const part of key) {
    word = Math.imul(word ^ part, 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    word ^= word >>> 16;
  }
  return word;
}
