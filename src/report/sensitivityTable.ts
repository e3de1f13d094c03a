import type { Comparison } from '../analysis/index.ts';
import { countText, noValue, pText } from './displayNumbers.ts';
import { effectText } from './effectText.ts';
import { type Html, html } from './html.ts';
import { endpointParts, lastName, panelText } from './populationName.ts';
import { scrollingTable } from './sections.ts';

/** The analyses beside the planned ones, folded; nothing is picked from them. */
export function sensitivityTable(family: readonly Comparison[]): Html | null {
  const beside = ['primary', 'return', 'joint'];
  const rows = family.filter((row) => !beside.includes(row.analysis ?? ''));
  if (rows.length === 0) return null;
  const name = family[0]?.family ?? '';
  const table = html`<table><thead><tr><th scope="col">Endpoint</th><th scope="col">Analysis</th><th scope="col">Scale</th>
<th scope="col">Test</th><th scope="col">Pairs <span class="minor">used</span></th><th scope="col">Effect, interval, level reached</th>
<th scope="col">p</th><th scope="col">p in the family</th></tr></thead><tbody>${rows.map(rowHtml)}</tbody></table>`;
  return html`<details><summary>${rows.length} sensitivity analyses of ${name}, beside the planned ones and never picked from</summary>
${scrollingTable(`Sensitivity analyses of family ${name}`, table)}</details>`;
}

function rowHtml(row: Comparison): Html {
  const { population } = endpointParts(row.endpoint ?? '');
  const start = html`<tr><th scope="row" title="${population}">${lastName(population)}${panelText(row.panel)}</th><td>${(row.analysis ?? '').replaceAll('_', ' ')}</td>`;
  if (row.status === 'not_estimable') {
    return html`${start}<td colspan="6" class="minor">${(row.reason ?? 'not estimable').replaceAll('_', ' ')}</td></tr>`;
  }
  const counted =
    row.p_count === null || row.p_total === null
      ? null
      : html` <span class="minor">${row.p_count}/${row.p_total}</span>`;
  return html`${start}<td>${row.scale ?? noValue}</td><td>${(row.test ?? noValue).replaceAll('_', ' ')}</td>
<td>${countText(row.n_pairs)} <span class="minor">${countText(row.n_used)}</span></td><td>${effectText(row)}</td>
<td>${pText(row.p)}${counted}</td><td>${pText(row.p_adj)}</td></tr>`;
}
