import { Command } from 'commander';
import { type GlobalOptions, type ReadingOptions, readingOf, readingOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printProblems, printResult } from '../terminal.ts';

interface InspectOptions extends GlobalOptions, ReadingOptions {
  readonly json?: true;
}

export function inspectCommand(setExit: SetExit): Command {
  const command = new Command('inspect')
    .summary('what FCS files say of themselves, and what is wrong with them')
    .description('Reads HEADER and TEXT of each file: version, cytometer, events, channels, spillover; and lints them.')
    .argument('<files...>', 'FCS files')
    .option('--json', 'print the machine form')
    .addHelpText('after', '\nExample:\n  cytopair inspect fcs/*.fcs');
  for (const option of readingOptions()) command.addOption(option);
  return command.action(async (files: string[], _own: InspectOptions, self: Command) => {
    const { json, showIdentifiers, ...rest } = self.optsWithGlobals<InspectOptions>();
    const { missingFiles, shownPath } = await import('../files.ts');
    const missing = missingFiles(files);
    if (missing.length > 0) {
      printProblems(missing);
      return setExit(2);
    }
    const { tubeText } = await import('../tubeText.ts');
    const { differencesText, inspectionJson, inspectionText } = await import('../inspection.ts');
    const texts = files.map((path) => tubeText(path, shownPath(path), readingOf(rest)));
    const shown = { showIdentifiers: showIdentifiers === true };
    if (json)
      printResult(
        `${JSON.stringify(
          texts.map((one) => inspectionJson(one, shown)),
          null,
          2,
        )}\n`,
      );
    else printResult([...texts.map((one) => inspectionText(one, shown)), differencesText(texts)].join('\n'));
    printProblems(texts.flatMap((one) => one.problems));
    setExit(texts.some((one) => one.file === undefined) ? 3 : 0);
  });
}
