import { Command, Option } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface CompensateOptions extends GlobalOptions {
  readonly controls: string;
  readonly against?: string;
  readonly out?: string;
}

export function compensateCommand(setExit: SetExit): Command {
  return new Command('compensate')
    .summary('a spillover matrix from single stains')
    .description(
      'Measures a spillover matrix on single-stain controls, says which controls are doubtful, and compares each ' +
        'coefficient with the matrix of the files. Writes matrix.csv, which a template takes by `compensation:`.',
    )
    .requiredOption('--controls <sheet>', 'CSV or workbook: file, channel ($PnN, unstained, or empty: to be found)')
    .option('--against <file>', "FCS file or matrix to compare with (default: the controls' own matrix)")
    .addOption(new Option('--out <dir>', 'output folder (default: cytopair-out/compensate)'))
    .addHelpText(
      'after',
      '\nExample:\n  cytopair compensate --controls controls.csv --against fcs/P01_BL.fcs --out matrix',
    )
    .action(async (_own: CompensateOptions, command: Command) => {
      const { controls, against, out } = command.optsWithGlobals<CompensateOptions>();
      const { compensate } = await import('../../commands/index.ts');
      setExit(await printOutcome(compensate({ controls, against, out })));
    });
}
