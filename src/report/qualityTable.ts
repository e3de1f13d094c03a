import { type Html, html } from './html.ts';
import { scrollingTable } from './sections.ts';

export function headRow(names: readonly string[]): Html {
  return html`<thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;
}

/** A table of the quality section under its own heading. */
export function qualityTable(label: string, caption: Html, head: Html, rows: readonly Html[]): Html {
  return html`<h3>${label}</h3>${scrollingTable(label, html`<table><caption>${caption}</caption>${head}<tbody>${rows}</tbody></table>`)}`;
}
