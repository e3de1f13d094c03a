import { Command } from 'commander';
import { interruptible } from '../interruption.ts';
import { type GlobalOptions, outOption } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface AnalyzeOptions extends GlobalOptions {
  readonly study: string;
  readonly out?: string;
}

export function analyzeCommand(setExit: SetExit): Command {
  return new Command('analyze')
    .summary('the statistics alone, from a table of frequencies')
    .description('Compares the visits as study.yaml plans it, from frequencies.csv or any table of shares.')
    .argument('<frequencies.csv>', 'table with subject, visit, population and the planned measures')
    .requiredOption('--study <study.yaml>', 'the plan: visits, comparisons, families')
    .addOption(outOption('cytopair-out/<study>'))
    .addHelpText('after', '\nExample:\n  cytopair analyze frequencies.csv --study study.yaml --out statistics')
    .action(async (table: string, _own: AnalyzeOptions, command: Command) => {
      const { study, out, quiet } = command.optsWithGlobals<AnalyzeOptions>();
      const { analyze } = await import('../../pipeline/index.ts');
      const outcome = await interruptible((signal) =>
        analyze(table, study, { out, threads: 0, quiet: !!quiet, fresh: false, membership: false, signal }),
      );
      setExit(await printOutcome(outcome));
    });
}
