import { type Html, html } from './html.ts';

/** A path that breaks between names, not within one. */
export function breakable(path: string): Html {
  return html`${path.split('/').map((name, i) => html`${i === 0 ? null : html`/<wbr>`}${name}`)}`;
}

/** The last name of a path: `CD24hiCD38hi` of `Singlets/…/B/CD24hiCD38hi`. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A measure in words: `% of B`, `% of parent`, `cells/µL`. */
export function measureText(measure: string): string {
  if (measure === 'pct_parent') return '% of parent';
  if (measure === 'cells_per_ul') return 'cells/µL';
  if (measure.startsWith('median_of_')) return `median ${measure.slice('median_of_'.length)}`;
  if (measure.startsWith('ratio_to_')) return `ratio to ${measure.slice('ratio_to_'.length)}`;
  const [share = '', word, control] = measure.split(/_(minus|over)_/);
  if (word !== undefined) return `${measureText(share)} ${word === 'minus' ? 'above' : 'over'} ${control} control`;
  return measure.startsWith('pct_of_') ? `% of ${measure.slice('pct_of_'.length)}` : measure;
}

/** Whose tubes answer, behind a measure: `, panel T`; empty where one template serves all. */
export function panelText(panel: string | null): string {
  return panel === null || panel === '' ? '' : `, panel ${panel}`;
}

/** The two parts of an endpoint's cell: a path may hold blanks, a measure none. */
export function endpointParts(endpoint: string): { readonly population: string; readonly measure: string } {
  const cut = endpoint.lastIndexOf(' ');
  return { population: endpoint.slice(0, cut), measure: endpoint.slice(cut + 1) };
}
