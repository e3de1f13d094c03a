import type { Comparison } from '../../analysis/index.ts';
import { countText, levelText, pointsWithInterval, pText, ratioWithInterval } from '../displayNumbers.ts';
import { ends } from '../effectBar.ts';

/** `n = 8 pairs BL to M1, ratio ×2.02 [1.37, 2.94] (96.1 %), p = 0.0078, adjusted 0.0156`; the same cells as the table. */
export function figureWords(row: Comparison): string {
  const pairs = `n = ${countText(row.n_pairs)} pairs, ${row.visit_from ?? ''} to ${row.visit_to ?? ''}`;
  if (row.p === null || row.estimate === null) {
    return `${pairs}: not estimable${row.reason === null ? '' : ` (${row.reason.replaceAll('_', ' ')})`}`;
  }
  const adjusted = row.p_adj === null ? '' : `, adjusted ${pText(row.p_adj)}`;
  const p = row.p < 0.0001 ? `p ${pText(row.p)}` : `p = ${pText(row.p)}`;
  return unbroken(`${pairs}: ${effectWords(row, row.estimate)}, ${p}${adjusted}`);
}

function effectWords(row: Comparison, estimate: number): string {
  const { low, high } = ends(row);
  const level = row.question === 'equivalence' ? 1 - 2 * (row.alpha ?? 0.05) : row.ci_level;
  const at = low === null && high === null ? '' : ` (${levelText(level)} interval)`;
  if (row.scale === 'percent') return `${pointsWithInterval(estimate, low, high)}${at}`;
  const exp = (x: number | null): number | null => (x === null ? null : Math.exp(x));
  const name = row.scale === 'logit' ? 'odds ratio' : 'ratio';
  return `${name} ${ratioWithInterval(Math.exp(estimate), exp(low), exp(high))}${at}`;
}

/** A number stays with its sign, its unit and its name. */
function unbroken(text: string): string {
  return text.replace(/ %| = | < |(?<=ratio) (?=×)/g, (found) => found.replaceAll(' ', '\u00A0'));
}
