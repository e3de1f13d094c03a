import { z } from 'zod';

// A double spans 308 decades; beyond a hundred the exponentials of logicle and hyperlog leave its range.
const largestDecades = 100;

/** T: a finite number above 0. */
export const top = z
  .number('T must be a finite number')
  .gt(0, 'T must be > 0')
  .describe('top of the axis: the raw value at coordinate 1; > 0');

/** M: a finite number of decades above 0. */
export const decades = z
  .number('M must be a finite number')
  .gt(0, 'M must be > 0')
  .lte(largestDecades, `M must be <= ${largestDecades}`)
  .describe('decades of the axis; > 0');

/** W: width of the region around zero, in decades; its upper limit hangs on M. */
export const width = z
  .number('W must be a finite number')
  .gte(0, 'W must be >= 0')
  .describe('decades of the nearly linear region around zero; 0 to M/2');

/** A: further negative decades; its limits hang on the scale. */
export const additional = z.number('A must be a finite number').describe('additional negative decades');

/** The limits that bind W, M and A of logicle and hyperlog together (Moore & Parks 2012; Gating-ML 2.0, 6.4-6.5). */
export function checkBiexponential(ctx: z.core.ParsePayload<{ W: number; M: number; A: number }>): void {
  const { W, M, A } = ctx.value;
  // What is illegal by itself is already said.
  if (W < 0 || M <= 0) return;
  const refuse = (path: 'W' | 'A', message: string): void => {
    ctx.issues.push({ code: 'custom', path: [path], message, input: ctx.value[path] });
  };
  if (W > M / 2) refuse('W', `W must be <= M/2 (= ${M / 2} here)`);
  if (A < -W) refuse('A', `A must be >= -W (= ${-W} here)`);
  if (A > M - 2 * W) refuse('A', `A must be <= M - 2W (= ${M - 2 * W} here)`);
}
