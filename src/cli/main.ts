#!/usr/bin/env node
import { CommanderError } from 'commander';
import { problem } from '../problems/index.ts';
import { faultProblem } from './faults.ts';
import { interrupted } from './interruption.ts';
import { program } from './program.ts';
import { printProblems } from './terminal.ts';

/** Exit codes: 0 done, 1 could not finish, 2 invalid command or input, 3 some tubes failed, 130 interrupted. */
async function main(): Promise<number> {
  let exit = 0;
  try {
    const setExit = (code: number) => {
      exit = code;
    };
    await program(setExit, await askedVersion()).parseAsync(process.argv);
    return exit;
  } catch (fault) {
    return exitOf(fault);
  }
}

// The room that knows the version brings the whole walk with it: a quarter of a second that help need not wait for.
async function askedVersion(): Promise<string> {
  return process.argv.includes('--version') ? (await import('../batch/index.ts')).version : '';
}

function exitOf(fault: unknown): number {
  // Help and version end as errors of exit code 0; commander's other errors have told the person already, with 1.
  if (fault instanceof CommanderError) return fault.exitCode === 0 ? 0 : 2;
  if (fault === interrupted) {
    printProblems([problem('note', 'cli.interrupted', 'interrupted before the end', {})]);
    return 130;
  }
  printProblems([faultProblem(fault)]);
  if (process.argv.includes('--verbose') && fault instanceof Error) process.stderr.write(`${fault.stack}\n`);
  return 1;
}

// `cytopair … | head` closes the pipe early: that is no fault, and nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') throw fault;
  });
}

process.on('uncaughtException', (fault) => process.exit(exitOf(fault)));
process.exitCode = await main();
