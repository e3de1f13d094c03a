import { counted } from '../problems/index.ts';
import type { ReportInput } from './reportInput.ts';

/** What the answers lack: tubes that failed or were left out, pairs that are lost. One sentence each; empty where all is there. */
export function lostLines({ tubes, problems, comparisons }: ReportInput): readonly string[] {
  const failed = tubes.filter((tube) => tube.status === 'failed').map((tube) => tube.sampleId);
  const excluded = tubes.filter((tube) => tube.status === 'excluded').map((tube) => tube.sampleId);
  const told = problems.filter((found) => found.code === 'study.lost-pairs').map((found) => `${found.message}.`);
  const tubeLine = (ids: readonly string[], word: string): string[] =>
    ids.length === 0 ? [] : [`${counted(ids.length, 'tube')} ${word}: ${named(ids)}.`];
  return [...told, ...tubeLine(failed, 'failed'), ...tubeLine(excluded, 'excluded'), ...missing(comparisons)];
}

// More names would push the answers off the first screen.
const mostNames = 6;

function named(ids: readonly string[]): string {
  const sorted = [...ids].sort();
  const rest = sorted.length - mostNames;
  return rest > 0 ? `${sorted.slice(0, mostNames).join(', ')} and ${rest} more` : sorted.join(', ');
}

/** Of each pair of visits, how many patients have both. */
function missing(comparisons: ReportInput['comparisons']): string[] {
  const lines = comparisons.flatMap((row) => {
    if (row.analysis !== 'primary' || row.question === 'transient' || !row.n_missing) return [];
    const all = (row.n_pairs ?? 0) + row.n_missing;
    return [
      `${row.n_pairs ?? 0} of ${counted(all, 'patient')} have a usable pair of ${row.visit_from} and ${row.visit_to}`,
    ];
  });
  return [...new Set(lines)].map((line) => `${line}.`);
}
