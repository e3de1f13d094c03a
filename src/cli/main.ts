#!/usr/bin/env node
import { commandLine, exitOf } from './commandLine.ts';

const words = process.argv.slice(2);

// `cytopair … | head` closes the pipe early: that is no fault, and nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EPIPE') throw fault;
  });
}

process.on('uncaughtException', async (fault) => process.exit(await exitOf(fault, words)));
process.exitCode = await commandLine(words);
