import { counted } from '../../problems/index.ts';
import { alignedTable } from '../../tables/index.ts';
import type { Template, TemplateChange } from '../../template/index.ts';
import type { Conclusion, ConclusionChange, CountChange } from './compareAnswers.ts';

/** Differences one a line, and how far they reach. */
export function changesText(names: readonly [string, string], changes: readonly TemplateChange[], b: Template): string {
  const [first, second] = names;
  if (changes.length === 0) return `${first} and ${second} do the same\n`;
  const rows = changes.map(({ kind, name, says }) => [kind, name, says]);
  const reached = new Set(changes.flatMap(({ reaches }) => reaches));
  const reach =
    reached.size === 0
      ? 'no population is counted otherwise'
      : `${reached.size} of ${counted(b.populations.length, 'population')} may be counted otherwise: ${[...reached].map(last).join(', ')}`;
  return `what ${second} does otherwise than ${first}\n\n${alignedTable(rows)}\n${reach}\n`;
}

/** Counts of a study, populations that changed. */
export function countsText(counts: readonly CountChange[]): string {
  if (counts.length === 0) return 'counts: the same in every tube of the study\n';
  const rows = counts.map(({ population, changed, tubes, medianPercent, farthest, onlyBefore, onlyAfter }) => [
    population,
    `${changed} of ${tubes}`,
    medianPercent === null ? '' : `${signed(medianPercent, 2)} %`,
    farthest === null ? '' : `${farthest.sampleId}: ${farthest.before} -> ${farthest.after}`,
    [onlyBefore > 0 ? `${onlyBefore} no more` : '', onlyAfter > 0 ? `${onlyAfter} only now` : '']
      .filter((part) => part !== '')
      .join(', '),
  ]);
  return `counts\n${alignedTable([['population', 'tubes changed', 'median', 'farthest', 'countable'], ...rows])}`;
}

/** Planned comparisons, those that a person would write otherwise marked. */
export function conclusionsText(conclusions: readonly ConclusionChange[]): string {
  if (conclusions.length === 0) return 'conclusions: the study compares nothing\n';
  const rows = conclusions.map(({ endpoint, before, after, isOther }) => [
    isOther ? 'OTHER' : 'same',
    endpoint,
    conclusionText(before),
    conclusionText(after),
  ]);
  return `conclusions\n${alignedTable([['', 'endpoint', 'first', 'second'], ...rows])}`;
}

function conclusionText(conclusion: Conclusion | null): string {
  if (conclusion === null) return 'not asked';
  const { verdict, p, ratio, estimate, pairs } = conclusion;
  const effect = ratio === null ? (estimate === null ? '' : `, ${signed(estimate, 2)}`) : `, × ${ratio.toFixed(2)}`;
  const pText = p === null ? '' : `, p ${p < 0.0001 ? '< 0.0001' : p.toFixed(4)}`;
  return `${verdict}${effect}${pText}, ${counted(pairs ?? 0, 'pair')}`;
}

function signed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text.replace(/^-(0(?:\.0*)?)$/, '$1');
}

function last(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
