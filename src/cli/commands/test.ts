import { Command } from 'commander';
import { type GlobalOptions, threadsOption } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface TestOptions extends GlobalOptions {
  readonly expect?: string;
  readonly threads?: number;
}

export function testCommand(setExit: SetExit): Command {
  return new Command('test')
    .summary('try a template on drawn tubes of known truth')
    .description(
      'Gates a drawn cohort with a template and holds every population against the cells as they were drawn, then against ' +
        'what a file expects: NAME.test.yaml beside the template. Ends with 1 where something is not met.',
    )
    .argument('<template.yaml>', 'gating template (a path, or shipped:NAME)')
    .option('--expect <file>', 'file of expectations (default: NAME.test.yaml beside the template)')
    .addOption(threadsOption())
    .addHelpText('after', '\nExample:\n  cytopair test lineages-ours.yaml')
    .action(async (path: string, _own: TestOptions, command: Command) => {
      const { expect, threads } = command.optsWithGlobals<TestOptions>();
      const { testTemplate } = await import('../../commands/index.ts');
      setExit(await printOutcome(await testTemplate(path, { expect, threads })));
    });
}
