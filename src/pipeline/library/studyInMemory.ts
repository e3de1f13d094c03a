import type { Comparison } from '../../analysis/index.ts';
import type { Frequency } from '../../frequencies/index.ts';
import type { Reading } from '../../problems/index.ts';
import type { StudyReading } from '../../study/index.ts';
import { readPlannedStudy } from '../run.ts';
import { studyResults, studyWalk } from '../studyResults.ts';
import { inMemory, type LibraryOptions } from './inMemory.ts';

/** What a study comes to. */
export interface StudyAnswer {
  readonly frequencies: readonly Frequency[];
  readonly comparisons: readonly Comparison[];
}

/** A study from its files to its comparisons, as `cytopair run` does, perhaps by another template; nothing is written. */
export async function studyInMemory(
  studyPath: string,
  { templateOf, ...options }: LibraryOptions & Pick<StudyReading, 'templateOf'>,
): Promise<Reading<StudyAnswer>> {
  const { value, problems } = readPlannedStudy(studyPath, undefined, templateOf === undefined ? {} : { templateOf });
  if (value === undefined) return { value: undefined, problems };
  const { study, plan } = value;
  const results = await inMemory(options, study.tubes.length, async (how) =>
    studyResults(study, plan, await studyWalk(study, plan, how)),
  );
  const answer = { frequencies: results.gated.frequencies, comparisons: results.compared.analysis.comparisons };
  return { value: answer, problems: [...problems, ...results.problems] };
}
