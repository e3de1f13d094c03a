import { Command } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printProblems, printResult } from '../terminal.ts';

interface CheckOptions extends GlobalOptions {
  readonly json?: true;
}

export function checkCommand(setExit: SetExit): Command {
  return new Command('check')
    .summary('every mistake in a study, template or sheet, before anything runs')
    .description(
      'Checks files and lists everything that is wrong. Of a study it also reads the TEXT of every tube and prints ' +
        'which channel holds which marker.',
    )
    .argument('<files...>', 'study.yaml, gating template, or sample sheet (.csv, .xlsx)')
    .option('--json', 'print the machine form')
    .addHelpText('after', '\nExample:\n  cytopair check study.yaml')
    .action(async (files: string[], { json }: CheckOptions) => {
      const { missingFiles } = await import('../../tables/index.ts');
      const missing = missingFiles(files);
      if (missing.length > 0) {
        await printProblems(missing);
        return setExit(2);
      }
      const { checkFile, checkJson, checkText } = await import('../../commands/index.ts');
      const checked = files.map(checkFile);
      await printResult(json ? checkJson(checked) : checked.map(checkText).join('\n'));
      await printProblems(checked.flatMap((one) => one.problems));
      setExit(exitOf(checked));
    });
}

/** A mistake in what people wrote counts before a tube that cannot be read. */
function exitOf(checked: readonly { readonly exit: 0 | 2 | 3 }[]): number {
  if (checked.some((one) => one.exit === 2)) return 2;
  return checked.some((one) => one.exit === 3) ? 3 : 0;
}
