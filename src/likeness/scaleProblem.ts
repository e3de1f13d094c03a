import { type Problem, problem, type Where } from '../problems/index.ts';
import type { ScaleVerdict } from './displayScale.ts';

/**
 * What is to be said of values on a display scale: an error where it is plain, a warning where it is not.
 * @param who the tubes, where there are several: `"P01_BL", "P01_M1": `; else empty
 * @returns undefined where the values are linear, or show nothing
 */
export function scaleProblem(judged: ScaleVerdict, where: Where, who = ''): Problem | undefined {
  const { verdict, channels, remark, scale, keys } = judged;
  if (verdict !== 'display' && verdict !== 'doubtful') return undefined;
  const names = channels.map((name) => `"${name}"`).join(', ');
  const rest = remark === '' ? '' : `; ${remark}`;
  const ways = keys.map((key) => `"values: ${key}"`).join(' or ');
  const hint = `export linear values; or say in the template which scale it is: ${ways}; or "values: linear" if they are linear`;
  if (verdict === 'display') {
    return problem(
      'error',
      'values.display-scale',
      `${who}${names} stand on a display scale: ${scale}${rest}`,
      where,
      hint,
    );
  }
  const message = `${who}${names} may stand on a display scale: ${scale}${rest}; they are read as linear`;
  return problem('warning', 'values.perhaps-display-scale', message, where, hint);
}
