import { CommanderError } from 'commander';
import { program } from './program.ts';
import { UsageFault } from './usageFault.ts';

// Help is most of what is asked: nothing is loaded at the head that it does not need.

/**
 * Does what a person typed behind "cytopair"; prints on this process's stdout and stderr.
 * @param words as the shell split them
 * @returns the exit code: 0 done, 1 could not finish, 2 invalid command or input, 3 some tubes failed, 130 interrupted
 */
export async function commandLine(words: readonly string[]): Promise<number> {
  let exit = 0;
  const setExit = (code: number) => {
    exit = code;
  };
  try {
    await program(setExit, await askedVersion(words)).parseAsync(words, { from: 'user' });
    return exit;
  } catch (fault) {
    return exitOf(fault, words);
  }
}

/** Tells a fault, unless the person knows it already. @returns the exit code */
export async function exitOf(fault: unknown, words: readonly string[]): Promise<number> {
  if (fault instanceof UsageFault) {
    const { usageLine } = await import('./usageLine.ts');
    process.stderr.write(usageLine(fault));
    return 2;
  }
  // Help and version end as errors of exit code 0; commander's other errors have told the person already, with 1.
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
  const { faultProblem } = await import('./faults.ts');
  const { interrupted } = await import('./interruption.ts');
  const { printProblems } = await import('./terminal.ts');
  if (fault === interrupted) {
    const { problem } = await import('../problems/index.ts');
    await printProblems([problem('note', 'cli.interrupted', 'interrupted before the end', {})]);
    return 130;
  }
  await printProblems([faultProblem(fault)]);
  if (words.includes('--verbose') && fault instanceof Error) process.stderr.write(`${fault.stack}\n`);
  return 1;
}

// The room that knows the version brings the whole walk with it: a quarter of a second that help need not wait for.
async function askedVersion(words: readonly string[]): Promise<string> {
  return words.includes('--version') ? (await import('../batch/index.ts')).version : '';
}
