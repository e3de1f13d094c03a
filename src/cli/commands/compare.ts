import { Command } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface CompareOptions extends GlobalOptions {
  readonly json?: true;
  readonly html?: string;
}

export function compareCommand(setExit: SetExit): Command {
  return new Command('compare')
    .summary('what changed from one run to another')
    .description(
      'Compares the folders of two runs: inputs by their hashes, template in words, versions, gates in u, counts and ' +
        'conclusions.',
    )
    .argument('<run-a>', 'output folder of run, gate or analyze')
    .argument('<run-b>', 'another one')
    .option('--json', 'print the machine form')
    .option('--html <file>', 'write a page with every tube')
    .addHelpText('after', '\nExample:\n  cytopair compare results-may results-june --html changes.html')
    .action(async (first: string, second: string, _own: CompareOptions, command: Command) => {
      const { json, html } = command.optsWithGlobals<CompareOptions>();
      const { compare } = await import('../../commands/index.ts');
      setExit(await printOutcome(compare(first, second, { json: json === true, html })));
    });
}
