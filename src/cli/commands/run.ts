import { Command } from 'commander';
import { interruptible } from '../interruption.ts';
import { type GlobalOptions, outOption, threadsOption } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface RunOptions extends GlobalOptions {
  readonly out?: string;
  readonly threads?: number;
  readonly fresh?: true;
  readonly membership?: true;
  readonly overrides?: string;
  readonly export?: string;
}

export function runCommand(setExit: SetExit): Command {
  return new Command('run')
    .summary('a study: from its files to its comparisons')
    .description(
      'Runs a study: gates every tube by its template, compares the visits as planned, writes tables and report.',
    )
    .argument('<study.yaml>', 'the study')
    .addOption(outOption('cytopair-out/<study>'))
    .addOption(threadsOption())
    .option('--fresh', 'forget what an earlier run of this folder finished')
    .option('--membership', 'write for every tube which events lie in which population')
    .option('--overrides <file>', 'gates as a review moved them: both conclusions, the planned one first')
    .option(
      '--export <list>',
      'then also in these forms, parted by commas, such as xlsx,parquet: see cytopair export --help',
    )
    .addHelpText('after', '\nExample:\n  cytopair run study.yaml --threads 2 --out results')
    .action(async (study: string, _own: RunOptions, command: Command) => {
      const { out, threads, fresh, membership, overrides, quiet, export: list } = command.optsWithGlobals<RunOptions>();
      const work = list === undefined ? await running() : await exporting(list);
      const outcome = await interruptible((signal) =>
        work(study, { out, threads, overrides, quiet: !!quiet, fresh: !!fresh, membership: !!membership, signal }),
      );
      setExit(await printOutcome(outcome));
    });
}

async function running() {
  const { run } = await import('../../pipeline/index.ts');
  return run;
}

async function exporting(list: string) {
  const { exportingRuns } = await import('../../commands/index.ts');
  const { runAndExport } = await exportingRuns();
  return runAndExport(list);
}
