import { Command, InvalidArgumentError, Option } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface PlanOptions extends GlobalOptions {
  readonly pairs?: number;
  readonly counted?: string;
  readonly json?: true;
}

export function planCommand(setExit: SetExit): Command {
  return new Command('plan')
    .summary('the analysis plan in words, and what it can show')
    .description(
      'Prints the plan of a study in words, its hash, and per family the smallest attainable p, the level really kept ' +
        'and the power with the pairs of the sheet. No FCS file is opened, and none need be there.',
    )
    .argument('<study.yaml>', 'the study')
    .addOption(new Option('--pairs <n>', 'reckon with so many complete pairs').argParser(pairCount))
    .option(
      '--counted <table>',
      "frequencies.csv or the folder of a run: power by the families' control visits (sd_from)",
    )
    .option('--json', 'print the machine form')
    .addHelpText('after', '\nExample:\n  cytopair plan study.yaml --pairs 12')
    .action(async (study: string, _own: PlanOptions, command: Command) => {
      const { pairs, json, counted } = command.optsWithGlobals<PlanOptions>();
      const { plan } = await import('../../commands/index.ts');
      setExit(await printOutcome(plan(study, { pairs, counted, json: json === true })));
    });
}

// Beyond 200 pairs every test here is as good as its large-sample form, and simulating it takes minutes.
function pairCount(text: string): number {
  const number = Number(text);
  if (/^\d{1,3}$/.test(text) && number >= 1 && number <= 200) return number;
  throw new InvalidArgumentError('an integer from 1 to 200 is needed.');
}
