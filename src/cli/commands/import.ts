import { Argument, Command } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface ImportOptions extends GlobalOptions {
  readonly out: string;
}

export function importCommand(setExit: SetExit): Command {
  return new Command('import')
    .summary('gates of FlowJo, Gating-ML or openCyto as templates')
    .description(
      'Writes the gates of another program as templates, with a draft of the sheet where the file knows samples, and ' +
        'import.md: what came along, what did not and why.',
    )
    .addArgument(new Argument('<format>', 'what the file is').choices(['flowjo', 'gatingml', 'opencyto']))
    .argument('<file>', 'workspace (.wsp, .xml, .flowjo), Gating-ML 2.0 document, or openCyto template (.csv)')
    .requiredOption('--out <dir>', 'folder for the new files')
    .addHelpText('after', '\nExample:\n  cytopair import flowjo spleen.wsp --out spleen')
    .action(async (format: 'flowjo' | 'gatingml' | 'opencyto', file: string, _own: ImportOptions, command: Command) => {
      const { out } = command.optsWithGlobals<ImportOptions>();
      const { importGates } = await import('../../commands/index.ts');
      setExit(await printOutcome(importGates({ path: file, format }, { out })));
    });
}
