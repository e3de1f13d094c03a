import { Command, Option } from 'commander';
import { type GlobalOptions, type ReadingOptions, readingOf, readingOptions } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface ExportCommandOptions extends GlobalOptions, ReadingOptions {
  readonly template?: string;
  readonly population?: string;
  readonly as?: string;
  readonly out?: string;
  readonly study?: string;
  readonly fcs?: string;
}

/** Forms of the events of one population. */
const ofFiles = ['fcs', 'csv', 'parquet'] as const;

export function exportCommand(setExit: SetExit): Command {
  const asOption = new Option(
    '--as <format>',
    'of a run: forms as named above, parted by commas; of a file: default by the ending of --out, else fcs',
  );
  // For help and completion alone: of a run it is a list.
  asOption.argChoices = [...ofFiles];
  const command = new Command('export')
    .summary('the events of a population as a file, or a finished run for other programs')
    .description(
      'Of an FCS file: gates it and writes the events of one population with all channels: the values of the file, not ' +
        'compensated and not scaled (in tables log amplifiers are made linear, as the template says). In FCS the keywords ' +
        'come along, also those that name persons: see cytopair deidentify. Of the folder of a run: its results in the ' +
        'forms of other programs, into its exports/: xlsx, parquet, h5ad, miflowcyt, immport, sdtm-cp, multiqc, ro-crate, png.',
    )
    .argument('<file>', 'FCS file, or the output folder of run, gate or analyze')
    .option('--template <file>', 'of a file: gating template (a path, or shipped:NAME)')
    .option('--population <path>', 'of a file: population, a full path, or as much of its end as makes it unique')
    .addOption(asOption)
    .option('--out <file>', 'of a file: new file (default: <file>.<population>.<format> in the working directory)')
    .option('--study <file>', 'of a run: study.yaml, if it does not lie where the run is looked at from')
    .option('--fcs <dir>', 'of a run: where the FCS files are now, if not where the run read them')
    .addHelpText(
      'after',
      '\nExamples:\n  cytopair export fcs/P01_BL.fcs --template shipped:lineages --population Lymphocytes/B --as csv' +
        '\n  cytopair export cytopair-out/sle-msc --as xlsx,multiqc',
    );
  for (const option of readingOptions()) command.addOption(option);
  return command.action(async (file: string, _own: ExportCommandOptions, self: Command) => {
    const options = self.optsWithGlobals<ExportCommandOptions>();
    const { isFolder } = await import('../../commands/index.ts');
    const isOfFile = options.template !== undefined || options.population !== undefined;
    const outcome = isFolder(file) && !isOfFile ? await ofRun(file, options, self) : await ofFile(file, options, self);
    setExit(await printOutcome(outcome));
  });
}

async function ofFile(
  file: string,
  { template, population, as, out, study, fcs, ...rest }: ExportCommandOptions,
  self: Command,
) {
  const format = ofFiles.find((one) => one === as);
  if (as !== undefined && format === undefined) {
    self.error(`option '--as <format>' argument '${as}' is invalid. Allowed choices are fcs, csv, parquet.`);
  }
  if (template === undefined) self.error("required option '--template <file>' not specified");
  if (population === undefined) self.error("required option '--population <path>' not specified");
  if (study !== undefined || fcs !== undefined) self.error('--study and --fcs are for the folder of a run');
  const { exportPopulation } = await import('../../commands/index.ts');
  return exportPopulation(file, { template, population, format, out, reading: readingOf(rest) });
}

async function ofRun(folder: string, options: ExportCommandOptions, self: Command) {
  const { as, study, fcs, out } = options;
  if (as === undefined) self.error("required option '--as <format>' not specified: which forms of the run are wanted");
  if (out !== undefined) self.error("a run's exports go into exports/ of its own folder: leave out --out");
  const { exportingRuns } = await import('../../commands/index.ts');
  const { exportRun, namedFormats } = await exportingRuns();
  const formats = namedFormats(as);
  const { refused } = await import('../../pipeline/index.ts');
  return formats.value === undefined
    ? refused(formats.problems)
    : exportRun(folder, { formats: formats.value, study, fcs });
}
