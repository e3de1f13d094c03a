import { Command } from 'commander';
import { interruptible } from '../interruption.ts';
import {
  type GlobalOptions,
  outOption,
  type ReadingOptions,
  readingOf,
  readingOptions,
  threadsOption,
} from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface GateOptions extends GlobalOptions, ReadingOptions {
  readonly template?: string;
  readonly workspace?: string;
  readonly gatingMl?: string;
  readonly concordance?: true;
  readonly out?: string;
  readonly threads?: number;
  readonly membership?: true;
}

export function gateCommand(setExit: SetExit): Command {
  const command = new Command('gate')
    .summary('some tubes without a study: counts and shares')
    .description(
      'Gates files by a template: they are placed together, and their set is part of the question. Or by the gates of ' +
        'another program, each file as they are drawn.',
    )
    .argument('<files...>', 'FCS files')
    .option('--template <file>', 'gating template (a path, or shipped:NAME)')
    .option('--workspace <file>', 'instead of a template: gates of a FlowJo workspace')
    .option('--gating-ml <file>', 'instead of a template: gates of a Gating-ML 2.0 document')
    .option('--concordance', 'with --workspace: also count by FlowJo’s rules and compare with its own counts')
    .addOption(outOption('cytopair-out/gate'))
    .addOption(threadsOption())
    .option('--membership', 'write for every tube which events lie in which population')
    .addHelpText(
      'after',
      '\nExamples:\n  cytopair gate --template shipped:lineages P09_BL.fcs P09_M1.fcs' +
        '\n  cytopair gate --workspace spleen.wsp --concordance fcs/*.fcs',
    );
  for (const option of readingOptions()) command.addOption(option);
  return command.action(async (files: string[], _own: GateOptions, self: Command) => {
    const { template, workspace, gatingMl, concordance, out, threads, membership, quiet, ...rest } =
      self.optsWithGlobals<GateOptions>();
    checkGates(self, [template, workspace, gatingMl], concordance !== undefined && workspace === undefined);
    const { gate, gateForeign } = await import('../../pipeline/index.ts');
    const common = { out, threads, reading: readingOf(rest), quiet: !!quiet, fresh: false, membership: !!membership };
    const outcome = await interruptible((signal) => {
      if (template !== undefined) return gate(template, files, { ...common, signal });
      const gates =
        workspace === undefined
          ? ({ path: gatingMl ?? '', format: 'gatingml' } as const)
          : ({ path: workspace, format: 'flowjo' } as const);
      return gateForeign(gates, files, { ...common, signal, concordance: !!concordance });
    });
    setExit(await printOutcome(outcome));
  });
}

/** Gates come from one place; the wording without any is commander's own. */
function checkGates(command: Command, sources: readonly (string | undefined)[], isWithoutCounts: boolean): void {
  const given = sources.filter((one) => one !== undefined).length;
  if (given === 0) command.error("error: required option '--template <file>' not specified");
  if (given > 1)
    command.error('error: gates come from one of --template, --workspace and --gating-ml, not from several');
  if (isWithoutCounts) command.error('error: --concordance compares with the counts of a --workspace');
}
