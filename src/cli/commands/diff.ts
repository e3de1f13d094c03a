import { Command } from 'commander';
import { type GlobalOptions, threadsOption } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface DiffOptions extends GlobalOptions {
  readonly study?: string;
  readonly threads?: number;
  readonly json?: true;
}

export function diffCommand(setExit: SetExit): Command {
  return new Command('diff')
    .summary('in what two templates differ')
    .description(
      'Says in words what the second template does otherwise than the first, and which populations that reaches. With a ' +
        'study, its tubes are counted by both, and counts and conclusions stand side by side. Ends with 1 where they differ.',
    )
    .argument('<first.yaml>', 'gating template (a path, or shipped:NAME)')
    .argument('<second.yaml>', 'the other one')
    .option('--study <study.yaml>', 'count the tubes of this study by both')
    .addOption(threadsOption())
    .option('--json', 'print the machine form')
    .addHelpText('after', '\nExample:\n  cytopair diff shipped:lineages lineages-ours.yaml --study study.yaml')
    .action(async (first: string, second: string, _own: DiffOptions, command: Command) => {
      const { study, threads, json } = command.optsWithGlobals<DiffOptions>();
      const { diff } = await import('../../commands/index.ts');
      setExit(await printOutcome(await diff(first, second, { study, threads, json: json === true })));
    });
}
