import { Command } from 'commander';
import { interruptible } from '../interruption.ts';
import {
  type GlobalOptions,
  outOption,
  type ReadingOptions,
  readingOf,
  readingOptions,
  threadsOption,
} from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface GateOptions extends GlobalOptions, ReadingOptions {
  readonly template: string;
  readonly out?: string;
  readonly threads?: number;
  readonly membership?: true;
}

export function gateCommand(setExit: SetExit): Command {
  const command = new Command('gate')
    .summary('some tubes without a study: counts and shares')
    .description('Gates files by a template. The files are placed together: their set is part of the question.')
    .argument('<files...>', 'FCS files')
    .requiredOption('--template <file>', 'gating template (a path, or shipped:NAME)')
    .addOption(outOption('cytopair-out/gate'))
    .addOption(threadsOption())
    .option('--membership', 'write for every tube which events lie in which population')
    .addHelpText('after', '\nExample:\n  cytopair gate --template shipped:lineages P09_BL.fcs P09_M1.fcs');
  for (const option of readingOptions()) command.addOption(option);
  return command.action(async (files: string[], _own: GateOptions, self: Command) => {
    const { template, out, threads, membership, quiet, ...rest } = self.optsWithGlobals<GateOptions>();
    const { gate } = await import('../../pipeline/index.ts');
    const reading = readingOf(rest);
    const outcome = await interruptible((signal) =>
      gate(template, files, { out, threads, reading, quiet: !!quiet, fresh: false, membership: !!membership, signal }),
    );
    setExit(await printOutcome(outcome));
  });
}
