import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Standard normal numbers from a seed (Box & Muller 1958); equal seeds give equal numbers. */
export function normalDraws(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  // Half a step away from 0 and 1, so that the logarithm is finite.
  const uniform = () => ((generator.next() >>> 0) + 0.5) / 4294967296;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
