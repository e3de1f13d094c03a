import { Command, Option } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface ExportGatesOptions extends GlobalOptions {
  readonly as: 'flowjo' | 'gatingml';
  readonly out?: string;
  readonly fcs?: string;
  readonly blind?: boolean;
}

export function exportGatesCommand(setExit: SetExit): Command {
  return new Command('export-gates')
    .summary('the placed gates of a run for FlowJo or as Gating-ML')
    .description(
      'Writes where every gate lies in every tube as a FlowJo workspace or Gating-ML documents, counts filled in; gates.csv ' +
        'says of each population whether it came along exactly, traced in pieces, or not.',
    )
    .argument('<run>', 'output folder of run or gate')
    .addOption(new Option('--as <format>', 'what to write').choices(['flowjo', 'gatingml']).makeOptionMandatory())
    .option('--out <dir>', 'folder for the new files (default: exports in the folder of the run)')
    .option('--fcs <dir>', 'where the FCS files are now, if not where the run read them')
    .option('--blind', 'copies of the files under codes beside the workspace: who works on it knows no visit')
    .addHelpText('after', '\nExample:\n  cytopair export-gates cytopair-out/gate --as flowjo')
    .action(async (run: string, _own: ExportGatesOptions, command: Command) => {
      const { as, out, fcs, blind } = command.optsWithGlobals<ExportGatesOptions>();
      const { exportGates } = await import('../../commands/index.ts');
      setExit(await printOutcome(exportGates(run, { as, out, fcs, isBlind: blind === true })));
    });
}
