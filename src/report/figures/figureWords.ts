import type { Comparison } from '../../analysis/index.ts';
import { countText, pText } from '../displayNumbers.ts';
import { effectWords } from '../effectText.ts';

/** `n = 8 pairs, BL to M1: ×2.02 [1.37, 2.94] (96.1 % interval), p = 0.0078, in the family 0.0156`; the same cells as the table. */
export function figureWords(row: Comparison): string {
  const pairs = `n = ${countText(row.n_pairs)} pairs, ${row.visit_from ?? ''} to ${row.visit_to ?? ''}`;
  const words = effectWords(row);
  if (row.p === null || words === undefined) {
    return `${pairs}: not estimable${row.reason === null ? '' : ` (${row.reason.replaceAll('_', ' ')})`}`;
  }
  const level = words.level === '' ? '' : ` (${words.level} interval)`;
  const p = row.p < 0.0001 ? `p ${pText(row.p)}` : `p = ${pText(row.p)}`;
  const where = row.adjust === 'joint' ? 'joint' : 'in the family';
  const inFamily = row.p_adj === null ? '' : `, ${where} ${pText(row.p_adj)}`;
  return unbroken(`${pairs}: ${words.effect}${level}, ${p}${inFamily}`);
}

/** A number stays with its sign, its unit and its name. */
function unbroken(text: string): string {
  return text.replace(/ %| = | < |(?<=ratio) (?=×)/g, (found) => found.replaceAll(' ', '\u00A0'));
}
