import type { Outcome } from '../pipeline/index.ts';
import type { Problem } from '../problems/index.ts';

// Help prints neither problems nor results: what these need is loaded with the first of them.

/** A result, for stdout; text with its own line ends. In JSON the escapes of what nobody sees mean the same. */
export async function printResult(text: string): Promise<void> {
  const { visible } = await import('../problems/index.ts');
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
export async function printProblems(problems: readonly Problem[]): Promise<void> {
  const { gatherProblems, printProblem } = await import('../problems/index.ts');
  const { default: picocolors } = await import('picocolors');
  const colors = picocolors.createColors(process.stderr.isTTY && !process.env.NO_COLOR);
  const paint = { error: colors.red, warning: colors.yellow, note: colors.cyan };
  for (const found of gatherProblems(problems)) {
    const words = `${found.severity} ${found.code}:`;
    printLine(printProblem(found).replace(words, () => paint[found.severity](words)));
  }
}

/** What a command of the pipeline found: results on stdout, problems and the closing line on stderr. @returns its exit code */
export async function printOutcome(outcome: Outcome): Promise<number> {
  const { visible } = await import('../problems/index.ts');
  await printProblems(outcome.problems);
  await printResult(outcome.text);
  printLine(visible(outcome.closing));
  return outcome.exit;
}
