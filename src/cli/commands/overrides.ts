import { Command } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface FromWorkspaceOptions extends GlobalOptions {
  readonly run: string;
  readonly author: string;
  readonly date?: string;
  readonly reason?: string;
  readonly record?: string;
  readonly out?: string;
}

export function overridesCommand(setExit: SetExit): Command {
  const fromWorkspace = new Command('from-wsp')
    .summary('what was changed in FlowJo as patches')
    .description(
      'Compares a workspace that export-gates wrote and a person worked on with what was written, and prints every changed ' +
        'gate as a patch for run --overrides; gates that were opened and left are accepted. The reason of a change is the ' +
        'annotation of its population in FlowJo.',
    )
    .argument('<edited.wsp>', 'the workspace as it was saved')
    .requiredOption('--run <dir>', 'the run from which it was exported')
    .requiredOption('--author <initials>', 'who worked on it')
    .option('--reason <text>', 'for changes beside which nothing is written in FlowJo')
    .option('--date <YYYY-MM-DD>', 'when (default: today)')
    .option('--record <dir>', 'what export-gates wrote for you (default: beside the workspace, else in the run)')
    .option('--out <file>', 'file of the patches (default: printed)')
    .addHelpText(
      'after',
      '\nExample:\n  cytopair overrides from-wsp blind/gates.wsp --run cytopair-out/run --author AB --out overrides.yaml',
    )
    .action(async (path: string, _own: FromWorkspaceOptions, command: Command) => {
      const { run, author, reason, record, out, date } = command.optsWithGlobals<FromWorkspaceOptions>();
      const { overridesFromWorkspace } = await import('../../commands/index.ts');
      const day = date ?? new Date().toISOString().slice(0, 10);
      setExit(await printOutcome(overridesFromWorkspace(path, { run, author, reason, record, out, date: day })));
    });
  return new Command('overrides')
    .summary('decisions of persons on placed gates')
    .description('Decisions of persons on placed gates, as run --overrides takes them.')
    .addHelpText(
      'after',
      '\nExample:\n  cytopair overrides from-wsp blind/gates.wsp --run cytopair-out/run --author AB',
    )
    .addCommand(fromWorkspace);
}
