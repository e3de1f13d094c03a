import { Command } from 'commander';
import type { InspectedTube, Shown } from '../../commands/index.ts';
import { type GlobalOptions, type ReadingOptions, readingOf, readingOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome, printProblems, printResult } from '../terminal.ts';

interface InspectOptions extends GlobalOptions, ReadingOptions {
  readonly json?: true;
  readonly spillover?: true;
  readonly matrix?: string;
}

export function inspectCommand(setExit: SetExit): Command {
  const command = new Command('inspect')
    .summary('whether FCS files are right, compensated, and what they stain')
    .description(
      'Reads each file to its end. One file: a verdict, then cytometer, events, channels and spillover. Several: a table, ' +
        'and in what they differ. What departs from the standard is told on stderr, each with the rule that was used.',
    )
    .argument('<files...>', 'FCS files')
    .option('--json', 'print the machine form')
    .option('--spillover', 'what the matrix leaves between the dyes: over- and under-compensation, pair by pair')
    .option('--matrix <file>', 'judge this matrix (CSV) in place of the one of each file; with --spillover')
    .addHelpText('after', '\nExample:\n  cytopair inspect fcs/*.fcs');
  for (const option of readingOptions()) command.addOption(option);
  return command.action(async (files: string[], _own: InspectOptions, self: Command) => {
    const { json, showIdentifiers, spillover, matrix, ...rest } = self.optsWithGlobals<InspectOptions>();
    const { missingFiles, shownPath } = await import('../../tables/index.ts');
    const missing = missingFiles(files);
    if (missing.length > 0) {
      await printProblems(missing);
      return setExit(2);
    }
    const { inspectTube } = await import('../../commands/index.ts');
    const { hasErrors } = await import('../../problems/index.ts');
    const tubes = files.map((path) => inspectTube(path, shownPath(path), readingOf(rest)));
    if (spillover || matrix !== undefined) {
      const { inspectSpillover } = await import('../../commands/index.ts');
      return setExit(await printOutcome(inspectSpillover(tubes, matrix)));
    }
    const shown = { showIdentifiers: showIdentifiers === true };
    await printResult(json ? await jsonOf(tubes, shown) : await textOf(tubes, shown));
    await printProblems(tubes.flatMap((one) => one.problems));
    setExit(tubes.some((one) => one.file === undefined || hasErrors(one.problems)) ? 3 : 0);
  });
}

async function jsonOf(tubes: readonly InspectedTube[], shown: Shown): Promise<string> {
  const { inspectionJson } = await import('../../commands/index.ts');
  return `${JSON.stringify(
    tubes.map((one) => inspectionJson(one, shown)),
    null,
    2,
  )}\n`;
}

async function textOf(tubes: readonly InspectedTube[], shown: Shown): Promise<string> {
  const [only] = tubes;
  if (only !== undefined && tubes.length === 1) {
    const { inspectionText } = await import('../../commands/index.ts');
    return inspectionText(only, shown);
  }
  const { inspectionTable } = await import('../../commands/index.ts');
  return inspectionTable(tubes);
}
