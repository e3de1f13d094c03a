import picocolors from 'picocolors';
import type { Outcome } from '../pipeline/index.ts';
import { gatherProblems, type Problem, printProblem, visible } from '../problems/index.ts';

/** A result, for stdout; text with its own line ends. In JSON the escapes of what nobody sees mean the same. */
export function printResult(text: string): void {
  if (text !== '') process.stdout.write(visible(text, '\n'));
}

/** One line on stderr. */
function printLine(line: string): void {
  if (line !== '') process.stderr.write(`${line}\n`);
}

/**
 * All problems at once on stderr, sorted by file, line and column; coloured on a terminal that wants colour. What is the
 * same in many tubes is one line, so that it does not bury the rest; run.json holds each.
 */
export function printProblems(problems: readonly Problem[]): void {
  const colors = picocolors.createColors(process.stderr.isTTY && !process.env.NO_COLOR);
  const paint = { error: colors.red, warning: colors.yellow, note: colors.cyan };
  for (const found of gatherProblems(problems)) {
    const words = `${found.severity} ${found.code}:`;
    printLine(printProblem(found).replace(words, () => paint[found.severity](words)));
  }
}

/** What a command of the pipeline found: results on stdout, problems and the closing line on stderr. @returns its exit code */
export function printOutcome(outcome: Outcome): number {
  printProblems(outcome.problems);
  printResult(outcome.text);
  printLine(visible(outcome.closing));
  return outcome.exit;
}
