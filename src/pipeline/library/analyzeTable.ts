import type { Analysis } from '../../analysis/index.ts';
import type { Reading } from '../../problems/index.ts';
import { analyzeResults } from '../analyze.ts';

/**
 * Compares a table of frequencies as study.yaml plans it, as `cytopair analyze` does, and gives the results back instead of
 * writing them.
 * @param question paths of a table (of this program or another) and of a study
 * @returns undefined, with the reasons, where the table cannot be read or the plan cannot be carried out
 */
export function analyzeTable(question: { readonly frequencies: string; readonly study: string }): Reading<Analysis> {
  const { value, problems } = analyzeResults(question.frequencies, question.study);
  return { value: value?.compared.analysis, problems };
}
