import { Command } from 'commander';
import type { SetExit } from '../setExit.ts';
import { printOutcome, printProblems, printResult } from '../terminal.ts';

export function templateCommand(setExit: SetExit): Command {
  return new Command('template')
    .summary('work on a gating template')
    .description('Work on a gating template.')
    .addHelpText('after', '\nExample:\n  cytopair template show gating-templates/lineages.yaml')
    .addCommand(showCommand(setExit))
    .addCommand(listCommand())
    .addCommand(copyCommand(setExit));
}

function showCommand(setExit: SetExit): Command {
  return new Command('show')
    .summary('the tree of populations in words')
    .description('Prints the tree of a gating template in words, as a paper describes it.')
    .argument('<template.yaml>', 'gating template (a path, or shipped:NAME)')
    .addHelpText('after', '\nExample:\n  cytopair template show shipped:b-regulatory')
    .action(async (path: string) => {
      const { placementRegistry } = await import('../../placement/index.ts');
      const { readTemplateFile } = await import('../../study/index.ts');
      const { showTemplate } = await import('../../template/index.ts');
      const { value, problems } = readTemplateFile(path, placementRegistry);
      await printProblems(problems);
      if (value === undefined) return setExit(2);
      await printResult(showTemplate(value.template, placementRegistry));
    });
}

function listCommand(): Command {
  return new Command('list')
    .summary('the templates that come with the package')
    .description('Lists the templates that come with the package: version, populations, markers that a tube must have.')
    .addHelpText('after', '\nExample:\n  cytopair template list')
    .action(async () => {
      const { listTemplates } = await import('../../commands/index.ts');
      await printResult(listTemplates());
    });
}

function copyCommand(setExit: SetExit): Command {
  return new Command('copy')
    .summary('a shipped template as a file to change')
    .description('Writes a shipped template to a file of your own, which you can change; no file is replaced.')
    .argument('<template>', 'shipped:NAME')
    .option('--to <file>', 'file to write (default: NAME.yaml in the working directory)')
    .addHelpText('after', '\nExample:\n  cytopair template copy shipped:lineages --to lineages-ours.yaml')
    .action(async (reference: string, { to }: { readonly to?: string }) => {
      const { copyTemplate } = await import('../../commands/index.ts');
      setExit(await printOutcome(copyTemplate(reference, to)));
    });
}
