import { Command, Option } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printProblems, printResult } from '../terminal.ts';

interface InitOptions extends GlobalOptions {
  readonly out?: string;
}

export function initCommand(setExit: SetExit): Command {
  return new Command('init')
    .summary('draft a sheet and a study from a folder of files')
    .description(
      'Drafts sheet.csv and study.yaml in the working directory from the FCS files of a folder: subjects and visits ' +
        'as far as file names show them, a template as far as the markers do, and a cautious plan for you to confirm.',
    )
    .argument('<folder>', 'folder with FCS files; folders in it are searched too')
    .addOption(new Option('--out <dir>', 'where to write the two files (default: working directory)'))
    .addHelpText('after', '\nExample:\n  cytopair init fcs/ && cytopair check study.yaml')
    .action(async (folder: string, _own: InitOptions, command: Command) => {
      const { out, showIdentifiers } = command.optsWithGlobals<InitOptions>();
      const { missingFiles } = await import('../../tables/index.ts');
      const missing = missingFiles([folder]);
      if (missing.length > 0) {
        await printProblems(missing);
        return setExit(2);
      }
      const { draft } = await import('../../commands/index.ts');
      const { exit, problems, text } = draft(folder, { out: out ?? '.', showIdentifiers: showIdentifiers === true });
      const { inStudyWords } = await import('../../problems/index.ts');
      await printProblems(problems.map(inStudyWords));
      await printResult(text);
      setExit(exit);
    });
}
