import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import { sha256 } from '../../tables/index.ts';

/** Numbers that only a name decides. */
export interface SeededStream {
  /** On the open interval (0, 1), 32 bits. */
  uniform(): number;
  /** Standard normal (Box & Muller 1958). */
  normal(): number;
}

export function seededStream(key: string): SeededStream {
  const hash = sha256(key);
  const words = [0, 8, 16, 24].map((at) => Number.parseInt(hash.slice(at, at + 8), 16) | 0);
  const generator = xoroshiro128plusFromState(words);
  const uniform = () => ((generator.next() >>> 0) + 0.5) / 4294967296;
  return { uniform, normal: () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform()) };
}
