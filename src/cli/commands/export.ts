import { Command, Option } from 'commander';
import { type GlobalOptions, type ReadingOptions, readingOf, readingOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface ExportCommandOptions extends GlobalOptions, ReadingOptions {
  readonly template: string;
  readonly population: string;
  readonly as?: 'fcs' | 'csv' | 'parquet';
  readonly out?: string;
}

export function exportCommand(setExit: SetExit): Command {
  const command = new Command('export')
    .summary('the events of a population as a file')
    .description(
      'Gates one tube and writes the events of one population with all channels: the values of the file, not compensated ' +
        'and not scaled (in tables log amplifiers are made linear, as the template says). In FCS the keywords come along, ' +
        'also those that name persons: see cytopair deidentify.',
    )
    .argument('<file>', 'FCS file')
    .requiredOption('--template <file>', 'gating template (a path, or shipped:NAME)')
    .requiredOption('--population <path>', 'population: a full path, or as much of its end as makes it unique')
    .addOption(
      new Option('--as <format>', 'format (default: by the ending of --out, else fcs)').choices([
        'fcs',
        'csv',
        'parquet',
      ]),
    )
    .option('--out <file>', 'new file (default: <file>.<population>.<format> in the working directory)')
    .addHelpText(
      'after',
      '\nExample:\n  cytopair export fcs/P01_BL.fcs --template shipped:lineages --population Lymphocytes/B --as csv',
    );
  for (const option of readingOptions()) command.addOption(option);
  return command.action(async (file: string, _own: ExportCommandOptions, self: Command) => {
    const { template, population, as: format, out, ...rest } = self.optsWithGlobals<ExportCommandOptions>();
    const { exportPopulation } = await import('../../commands/index.ts');
    setExit(
      await printOutcome(await exportPopulation(file, { template, population, format, out, reading: readingOf(rest) })),
    );
  });
}
