import { Command, InvalidArgumentError, Option } from 'commander';
import { interruptible } from '../interruption.ts';
import { type GlobalOptions, outOption, threadsOption } from '../options.ts';
import type { SetExit } from '../setExit.ts';
import { printOutcome } from '../terminal.ts';

interface ReviewOptions extends GlobalOptions {
  readonly out?: string;
  readonly threads?: number;
  readonly top: number;
  readonly second?: true;
  readonly json?: true;
}

export function reviewCommand(setExit: SetExit): Command {
  return new Command('review')
    .summary('a page to look at gates and move them, blind to patient and visit')
    .description(
      'Writes review/review.html, one file by which a person looks at every gate of every tube without seeing patient, ' +
        'visit or share, and moves those that lie wrong; its overrides.yaml goes into run --overrides. review/key.json ' +
        'says which tube is which.',
    )
    .argument('<study.yaml>', 'the study')
    .addOption(outOption('cytopair-out/<study>, that of run'))
    .addOption(threadsOption())
    .addOption(new Option('--top <n>', 'tubes of each gate with all their events').argParser(tubeCount).default(60))
    .option('--second', 'the page of a second reader, who sees nothing of the first: review-second.html')
    .addHelpText(
      'after',
      '\nExample:\n  cytopair review study.yaml\n  cytopair run study.yaml --overrides overrides.yaml',
    )
    .action(async (study: string, _own: ReviewOptions, command: Command) => {
      const { out, threads, top, second, json, quiet } = command.optsWithGlobals<ReviewOptions>();
      const { review } = await import('../../pipeline/index.ts');
      const outcome = await interruptible((signal) =>
        review(study, {
          out,
          threads,
          top,
          isSecond: !!second,
          json: json === true,
          quiet: !!quiet,
          fresh: false,
          membership: false,
          signal,
        }),
      );
      setExit(await printOutcome(outcome));
    });
}

function tubeCount(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number >= 1) return number;
  throw new InvalidArgumentError('an integer of at least 1 is needed.');
}
