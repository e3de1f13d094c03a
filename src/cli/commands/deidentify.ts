import { Command } from 'commander';
import { type GlobalOptions, type ReadingOptions, readingOf, readingOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface DeidentifyCommandOptions extends GlobalOptions, ReadingOptions {
  readonly out: string;
  readonly subjects?: string;
  readonly map?: string;
}

export function deidentifyCommand(setExit: SetExit): Command {
  const command = new Command('deidentify')
    .summary('copies of files without persons, read back to be sure')
    .description(
      'Writes FCS files that hold the keywords that computing needs and no others: dates are moved by whole weeks, names ' +
        'of files replaced, events left byte for byte. Each is read back and searched for what was removed. Who has the ' +
        'map and the secret beside it can undo it: pseudonymous, not anonymous.',
    )
    .argument('<files...>', 'FCS files')
    .requiredOption('--out <dir>', 'folder of the new files')
    .option('--subjects <sheet>', 'sample sheet with the columns file and subject: dates move together one subject')
    .option('--map <file>', 'map of old to new names (default: <name of --out>-private/map.csv)')
    .addHelpText(
      'after',
      '\nExample:\n  cytopair deidentify fcs/*.fcs --out shared --subjects sheet.csv --map private/map.csv',
    );
  for (const option of readingOptions()) command.addOption(option);
  return command.action(async (files: string[], _own: DeidentifyCommandOptions, self: Command) => {
    const { out, subjects, map, ...rest } = self.optsWithGlobals<DeidentifyCommandOptions>();
    const { deidentify } = await import('../../commands/index.ts');
    setExit(await printOutcome(deidentify(files, { out, subjects, map, reading: readingOf(rest) })));
  });
}
