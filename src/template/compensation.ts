import * as z from 'zod';
import type { FrozenSpillover } from '../compensation/index.ts';
import { type Problem, problem, type Where, withoutFolder } from '../problems/index.ts';
import type { Located } from '../tables/index.ts';

/**
 * When a matrix is applied. `always`: the author said so, whatever the values look like; `detect`: the author wants the
 * values asked; `default`: nothing was written, so that a file's own matrix is asked for, and a named one applied.
 */
export type Apply = 'always' | 'detect' | 'default';

/** `file`: the tube's own matrix; `none`; a CSV that is named and not yet read; or one read once, frozen with the study. */
export type Compensation =
  | { readonly kind: 'none' }
  | { readonly kind: 'file'; readonly apply: Apply }
  | { readonly kind: 'named'; readonly apply: Apply; readonly path: string; readonly where: Where }
  | { readonly kind: 'matrix'; readonly apply: Apply; readonly matrix: FrozenSpillover };

const ApplyEntry = z
  .enum(['always', 'never', 'detect'])
  .describe('always: whatever the values look like; detect: unless the tubes show that it was done already');

/** As written in a template, and for one tube in study.yaml. */
export const CompensationEntry = z.union([
  z.string().min(1),
  z.strictObject({
    from: z.string().min(1).optional().describe('file | a matrix as CSV'),
    apply: ApplyEntry.optional().describe('default: detect for file, always for a matrix that is named'),
  }),
]);

/**
 * What was written of compensation.
 * @param part undefined where nothing was
 * @param base what holds where only `apply` is written: the template's, for one tube
 */
export function readCompensation(
  part: Located<z.infer<typeof CompensationEntry>> | undefined,
  problems: Problem[],
  base: Compensation = { kind: 'file', apply: 'default' },
): Compensation {
  if (part === undefined) return base;
  const where = part.source.at(part.path);
  const { value } = part;
  const { from, apply = 'default' } = typeof value === 'string' ? { from: value } : value;
  if (from === 'none' || apply === 'never') return { kind: 'none' };
  if (from === undefined) return base.kind === 'none' ? { kind: 'file', apply } : { ...base, apply };
  if (from === 'file') return { kind: 'file', apply };
  // A word alone is more likely a slip of the pen than a file; a file without an extension can be named in the long form.
  if (typeof value === 'string' && !/[./\\]/.test(from)) {
    const message = `compensation must be file, none, or the name of a CSV file, found "${withoutFolder(from)}"`;
    problems.push(problem('error', 'template.wrong-value', message, where));
  }
  return { kind: 'named', path: from, apply, where };
}
