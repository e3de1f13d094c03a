import { z } from 'zod';

/** Parameters of a ratio of two channels. */
export const RatioSpec = z.strictObject({
  kind: z.literal('ratio'),
  A: z.number('A must be a finite number').describe('factor'),
  B: z.number('B must be a finite number').describe('taken from the numerator'),
  C: z.number('C must be a finite number').describe('taken from the denominator'),
});
export type RatioSpec = z.infer<typeof RatioSpec>;

/**
 * A·(x1 − B)/(x2 − C), a value made of two channels: not a scale, since it has no inverse (Gating-ML 2.0, fratio).
 * @returns a function of numerator and denominator; NaN where the denominator equals C, or either is NaN
 * @throws RangeError on parameters that are not finite
 */
export function makeRatio(spec: RatioSpec): (numerator: number, denominator: number) => number {
  const parsed = RatioSpec.safeParse(spec);
  if (!parsed.success) throw new RangeError(`ratio: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`);
  const { A, B, C } = parsed.data;
  return (numerator, denominator) => (denominator === C ? Number.NaN : (A * (numerator - B)) / (denominator - C));
}
