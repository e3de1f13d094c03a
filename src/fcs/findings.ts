import { type Hint, type Problem, type ProblemCode, problem, type Severity } from '../problems/index.ts';

/** A list of problems of one file, and the way to add to it. */
export interface Findings {
  readonly list: Problem[];
  /** @param offsetBytes from the start of the file, where the finding has a place */
  add(severity: Severity, code: ProblemCode, message: string, offsetBytes?: number, hint?: Hint): void;
}

/** A new, empty list of problems for a file of this name. */
export function findingsOf(fileName: string): Findings {
  const list: Problem[] = [];
  return {
    list,
    add: (severity, code, message, offsetBytes, hint) => {
      const where = offsetBytes === undefined ? { file: fileName } : { file: fileName, byte: offsetBytes };
      list.push(problem(severity, code, message, where, hint));
    },
  };
}

/** Findings without a place of their own get one: that of the segment which they are about. */
export function placedAt(problems: readonly Problem[], offsetBytes: number): Problem[] {
  return problems.map((one) =>
    one.where.byte === undefined ? { ...one, where: { ...one.where, byte: offsetBytes } } : one,
  );
}

/**
 * A value of TEXT as problems may show it, in quotes: numbers, lists of numbers, and words of up to three letters. In a
 * damaged TEXT any value, and so a person's name, can stand behind a layout keyword: all else is hidden.
 */
export function shown(value: string): string {
  return /^([\d.,+*eE\s-]{0,40}|[A-Za-z]{1,3})$/.test(value) ? `"${value}"` : '‹hidden›';
}
