import type { Comparison } from '../analysis/index.ts';

/** The answers of the planned analyses, each in its sentence, a family after the other; '' where nothing is compared. */
export function answerLines(comparisons: readonly Comparison[]): string {
  const primary = comparisons.filter((row) => row.analysis === 'primary');
  const families = [...new Set(primary.map((row) => row.family ?? ''))];
  return families
    .map((family) => {
      const isOwn = (row: Comparison): boolean => (row.family ?? '') === family;
      const rows = primary.filter(isOwn);
      const joint = comparisons.filter((row) => isOwn(row) && row.analysis === 'joint');
      const sentences = [...rows, ...joint].flatMap((row) => (row.sentence === null ? [] : [`  ${row.sentence}\n`]));
      return `\n${family} (${rows[0]?.role ?? 'exploratory'})\n${sentences.join('')}`;
    })
    .join('');
}
