import { type Stream, streamFor } from '../../samples/random.ts';

export type Shape = 'normal' | 't3' | 'laplace' | 'lognormal';

/** Streams of the calibration: the seed of a cell is printed beside it. */
export function drawsFor(seed: number): Stream {
  return streamFor(seed, 15);
}

/** A number of mean or median 0: symmetric shapes about 0; the log-normal about its own median. */
export function draw(stream: Stream, shape: Shape): number {
  switch (shape) {
    case 'normal':
      return stream.normal();
    case 't3': {
      const chi = stream.normal() ** 2 + stream.normal() ** 2 + stream.normal() ** 2;
      return stream.normal() / Math.sqrt(chi / 3);
    }
    case 'laplace': {
      const u = stream.uniform() - 0.5;
      return -Math.sign(u) * Math.log(1 - 2 * Math.abs(u));
    }
    case 'lognormal':
      return Math.exp(stream.normal()) - 1;
    default:
      return shape satisfies never;
  }
}

export function drawsOf(stream: Stream, shape: Shape, n: number): number[] {
  return Array.from({ length: n }, () => draw(stream, shape));
}

/** Standard normals of equal correlation rho: a common part and an own part. */
export function correlated(stream: Stream, rho: number, size: number): number[] {
  const common = Math.sqrt(rho) * stream.normal();
  return Array.from({ length: size }, () => common + Math.sqrt(1 - rho) * stream.normal());
}

/** Events that fall into a gate: a sum of trials, exact. */
export function binomial(stream: Stream, n: number, share: number): number {
  let count = 0;
  for (let i = 0; i < n; i++) if (stream.uniform() < share) count++;
  return count;
}
