import type { Outcome } from '../pipeline/index.ts';
import type { Problem } from '../problems/index.ts';

// Help prints neither problems nor results: what these need is loaded with the first of them.

/**
 * A result, for stdout; text with its own line ends. In JSON the escapes of what nobody sees mean the same.
 * @param lines `as it is` where another program reads them
 */
export async function printResult(text: string, lines: 'fitted' | 'as it is' = 'fitted'): Promise<void> {
  const { visible } = await import('../problems/index.ts');
  const { columnsOf, fitLines } = await import('./fitLines.ts');
  if (text !== '')
    process.stdout.write(fitLines(visible(text, '\n'), lines === 'fitted' ? columnsOf(process.stdout) : undefined));
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
  const { columnsOf, fitLines } = await import('./fitLines.ts');
  const { default: picocolors } = await import('picocolors');
  const colors = picocolors.createColors(process.stderr.isTTY && !process.env.NO_COLOR);
  const paint = { error: colors.red, warning: colors.yellow, note: colors.cyan };
  for (const found of gatherProblems(problems)) {
    const words = `${found.severity} ${found.code}:`;
    // Broken for a person's terminal only: a program reads one line a problem.
    const line = fitLines(printProblem(found), process.stderr.isTTY ? columnsOf(process.stderr) : undefined);
    printLine(line.replace(words, () => paint[found.severity](words)));
  }
}

/** What a command of the pipeline found: results on stdout, problems and the closing line on stderr. @returns its exit code */
export async function printOutcome(outcome: Outcome): Promise<number> {
  const { visible } = await import('../problems/index.ts');
  await printProblems(outcome.problems);
  // The answers come last, where a person looks first.
  printLine(visible(outcome.closing));
  await printResult(outcome.text);
  return outcome.exit;
}
