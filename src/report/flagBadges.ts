import { type Html, html } from './html.ts';

/** Flags as badges, sorted; nothing where there are none. */
export function flagBadges(flags: readonly string[]): Html {
  const sorted = [...new Set(flags)].filter((flag) => flag !== '').sort();
  return html`${sorted.map((flag) => html` <span class="flag">${flag.replaceAll('_', ' ')}</span>`)}`;
}

/** Flags of a cell, where they are joined by `;`. */
export function flagsOfCell(cell: string | null): readonly string[] {
  return cell === null || cell === '' ? [] : cell.split(';');
}
