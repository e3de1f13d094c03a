import { byText } from './byText.ts';
import { codes, type ProblemCode } from './codes.ts';
import { type Hint, inOptions } from './readingHint.ts';

/** error: the thing named cannot be used; warning: used, and a reader should know; note: harmless, worth a line. */
export type Severity = 'error' | 'warning' | 'note';

/** Where a problem lies. Lines and columns count from 1 (column = character in YAML, field number in CSV); byte from 0. */
export interface Where {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly byte?: number;
  readonly sampleId?: string;
  readonly channel?: string;
  readonly gate?: string;
}

export interface Problem {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** Lower-case sentence: what was found, the offending text in quotes, numbers with units. */
  readonly message: string;
  readonly where: Where;
  /** What to do about it. */
  readonly hint: string;
  /** The hint with the decisions about a file that it names; absent where it names none. */
  readonly decides?: Hint;
  /** Of a key that is missing: its name. */
  readonly key?: string;
}

/** What a function returns that reads what a person wrote or a machine exported: it finds everything that is wrong. */
export interface Reading<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** A problem with the hint of its code's entry where none is given. */
export function problem(
  severity: Severity,
  code: ProblemCode,
  message: string,
  where: Where,
  hint: Hint = codes[code].hint,
): Problem {
  const found = { code, severity, message, where, hint: inOptions(hint) };
  return typeof hint === 'string' ? found : { ...found, decides: hint };
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((p) => p.severity === 'error');
}

/** A new list ordered by file, line, column, byte, code, message: the order of printing, independent of finding. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      byText(a.where.file, b.where.file) ||
      byNumber(a.where.line, b.where.line) ||
      byNumber(a.where.column, b.where.column) ||
      byNumber(a.where.byte, b.where.byte) ||
      byText(a.where.sampleId, b.where.sampleId) ||
      byText(a.code, b.code) ||
      byText(a.message, b.message),
  );
}

function byNumber(a = -1, b = -1): number {
  return a - b;
}
