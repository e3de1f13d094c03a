import picocolors from 'picocolors';
import type { Outcome } from '../pipeline/index.ts';
import { type Problem, printProblem, sortProblems, visible } from '../problems/index.ts';

/** A result, for stdout; text with its own line ends. In JSON the escapes of what nobody sees mean the same. */
export function printResult(text: string): void {
  if (text !== '') process.stdout.write(visible(text, '\n'));
}

/** One line on stderr. */
function printLine(line: string): void {
  if (line !== '') process.stderr.write(`${line}\n`);
}

/**
 * All problems at once on stderr, sorted by file, line and column; coloured on a terminal that wants colour. A note that
 * says the same of many files is one line, so that it does not bury the errors; run.json holds each.
 */
export function printProblems(problems: readonly Problem[]): void {
  const colors = picocolors.createColors(process.stderr.isTTY && !process.env.NO_COLOR);
  const paint = { error: colors.red, warning: colors.yellow, note: colors.cyan };
  for (const found of withNotesGathered(sortProblems(problems))) {
    const words = `${found.severity} ${found.code}:`;
    printLine(printProblem(found).replace(words, () => paint[found.severity](words)));
  }
}

function withNotesGathered(problems: readonly Problem[]): readonly Problem[] {
  const saying = (one: Problem) => (one.severity === 'note' ? `${one.code}\0${one.message}\0${one.hint}` : one);
  const same = new Map<string | Problem, Problem[]>();
  for (const one of problems) same.set(saying(one), [...(same.get(saying(one)) ?? []), one]);
  return [...same.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    return others.length === 0
      ? [first]
      : [{ ...first, message: `${first.message}; the same in ${others.length} more` }];
  });
}

/**
 * A table for reading: columns aligned, two blanks apart.
 * @param written the first row holds the heads; all of the same length
 */
export function alignedTable(written: readonly (readonly string[])[]): string {
  const rows = written.map((row) => row.map((cell) => visible(cell)));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** What a command of the pipeline found: results on stdout, problems and the closing line on stderr. @returns its exit code */
export function printOutcome(outcome: Outcome): number {
  printProblems(outcome.problems);
  printResult(outcome.text);
  printLine(visible(outcome.closing));
  return outcome.exit;
}
