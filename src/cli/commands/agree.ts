import { Command } from 'commander';
import type { GlobalOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface AgreeOptions extends GlobalOptions {
  readonly map?: string;
  readonly out?: string;
  readonly json?: true;
}

export function agreeCommand(setExit: SetExit): Command {
  return new Command('agree')
    .summary("how counts agree with the laboratory's own, or two reviewers with each other")
    .description(
      'Compares frequencies.csv with counts by hand, tube by tube: bias and limits of agreement, concordance, regression. ' +
        'Two overrides.yaml of a review are compared gate by gate.',
    )
    .argument(
      '<frequencies.csv>',
      'table of a run, or any with sample_id, population and a percentage or count; or an overrides.yaml',
    )
    .argument(
      '<manual.csv>',
      'the same, counted by hand; `file` may stand for sample_id; or the overrides.yaml of a second reviewer',
    )
    .option('--map <file>', 'study.yaml with `map:`, or a YAML file {their name: our path}')
    .option('--out <dir>', 'write figures and agreement.json there')
    .option('--json', 'print the machine form')
    .addHelpText('after', '\nExample:\n  cytopair agree frequencies.csv manual.csv --map names.yaml --out agreement')
    .action(async (ours: string, theirs: string, _own: AgreeOptions, command: Command) => {
      const { map, out, json } = command.optsWithGlobals<AgreeOptions>();
      const { agree, agreeReviewers } = await import('../../commands/index.ts');
      const isReview = /\.ya?ml$/i.test(ours) && /\.ya?ml$/i.test(theirs);
      if (isReview) return setExit(await printOutcome(agreeReviewers(ours, theirs, { json: json === true })));
      setExit(await printOutcome(await agree(ours, theirs, { map, out, json: json === true })));
    });
}
