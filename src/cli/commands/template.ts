import { Command } from 'commander';
import type { SetExit } from '../setExit.ts';
import { printProblems, printResult } from '../terminal.ts';

export function templateCommand(setExit: SetExit): Command {
  const show = new Command('show')
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
  return new Command('template')
    .summary('work on a gating template')
    .description('Work on a gating template.')
    .addHelpText('after', '\nExample:\n  cytopair template show gating-templates/lineages.yaml')
    .addCommand(show);
}
