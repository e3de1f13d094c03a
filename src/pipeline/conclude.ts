import { counted, inStudyWords } from '../problems/index.ts';
import { answerLines } from './answerLines.ts';
import { associationLines } from './associationLines.ts';
import { comparisonTable } from './comparisonTable.ts';
import type { Outcome, OutFolder } from './outcome.ts';
import { type Results, type RunResults, tubeRecords } from './results.ts';
import { reviewWords } from './review/reviewWords.ts';
import { closingLine, warningsOf } from './runFolderWork.ts';
import type { WalkOptions } from './walkStep.ts';
import { writeResults } from './writeResults.ts';

/** Writes everything and says how it ended. */
export async function conclude(
  found: Results,
  out: OutFolder,
  { threads, started, log, progress }: Pick<WalkOptions, 'threads' | 'log' | 'progress'> & { readonly started: Date },
): Promise<Outcome> {
  // What `gate` takes as options, a study has as keys.
  const results = found.command === 'run' ? { ...found, problems: found.problems.map(inStudyWords) } : found;
  const records = tubeRecords(results);
  const failed = records.filter((one) => one.status === 'failed').length;
  const exit = failed > 0 ? 3 : 0;
  progress.start('report', 0);
  await writeResults(out.path, results, { exit, threads, started, log });
  const closing =
    results.command === 'analyze'
      ? `cytopair: ${counted(results.compared.analysis.comparisons.length, 'comparison')}, ${warningsOf(results.problems)} -> ${out.shown}`
      : closingLine({ all: records.length, failed }, results.problems, out);
  const answers = results.command === 'run' ? bothAnswers(results) : answersOf(results);
  const text = answers === '' ? '' : `${answers}\nreport: ${out.shown}/report.html\n`;
  return { exit, problems: results.problems, text, closing, folder: out };
}

/** Where persons moved gates, the planned answer stands first, then the one with the moved gates. */
function bothAnswers(results: RunResults): string {
  const { reviewed } = results;
  if (reviewed === undefined) return answersOf(results);
  const { planned, summary } = reviewed;
  const said = reviewWords(summary);
  return `As planned, every gate where it was placed\n\n${answersOf(planned)}\n${said}\n\n${answersOf(results)}`;
}

function answersOf({ compared }: Results): string {
  const { comparisons = [], associations = [] } = compared?.analysis ?? {};
  return `${comparisonTable(comparisons)}${associationLines(associations)}${answerLines(comparisons)}`;
}
