import { flags as known } from '../problems/index.ts';
import { type Html, html } from './html.ts';

/** Flags as badges, sorted, each with its sentence; nothing where there are none. */
export function flagBadges(flags: readonly string[]): Html {
  const sorted = [...new Set(flags)].filter((flag) => flag !== '').sort();
  return html`${sorted.map((flag) => html` <span class="flag" title="${titleOf(flag)}">${flag.replaceAll('_', ' ')}</span>`)}`;
}

/** Flags of a cell, where they are joined by `;`. */
export function flagsOfCell(cell: string | null): readonly string[] {
  return cell === null || cell === '' ? [] : cell.split(';');
}

/** What a flag means, behind its level; of a flag of another program nothing is known. */
function titleOf(flag: string): string {
  const entry = known[flag];
  return entry === undefined ? flag : `${entry.level}: ${entry.says}`;
}
