import type { TableOneRow } from '../analysis/index.ts';
import { noValue } from './displayNumbers.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';

/** The table that a paper begins with: patients, baseline, visits, follow-up; a column a group. */
export function patientsSection({ tableOne = [] }: ReportInput): Section | undefined {
  if (tableOne.length === 0) return undefined;
  const groups = [...new Set(tableOne.map((row) => row.group ?? ''))];
  const lines = new Map<string, TableOneRow[]>();
  for (const row of tableOne) {
    const key = JSON.stringify([row.characteristic, row.level, row.visit]);
    lines.set(key, [...(lines.get(key) ?? []), row]);
  }
  const heads = groups.map((group) => html`<th scope="col">${group}</th>`);
  const table = html`<table><thead><tr><th scope="col">Characteristic</th>${heads}</tr></thead>
<tbody>${[...lines.values()].map((rows) => lineHtml(rows, groups))}</tbody></table>`;
  const legend = html`<p class="legend">Median [quartiles] or n (%); in brackets below, of how many patients where some lack the value. The numbers in full stand in table_one.csv.</p>`;
  return { id: 'patients', title: 'Patients', body: html`${legend}${scrollingTable('Patients', table)}` };
}

function lineHtml(rows: readonly TableOneRow[], groups: readonly string[]): Html {
  const [first] = rows;
  const level = first?.level ? `: ${first.level}` : '';
  const visit = first?.visit ? html` <span class="minor">${first.visit}</span>` : null;
  const cells = groups.map((group) => html`<td>${cellHtml(rows.find((row) => row.group === group))}</td>`);
  return html`<tr><th scope="row">${first?.characteristic ?? ''}${level}${visit}</th>${cells}</tr>`;
}

function cellHtml(row: TableOneRow | undefined): Html {
  if (row === undefined) return html`${noValue}`;
  const isPart = row.median !== null && row.n !== row.n_subjects;
  return html`${row.text ?? noValue}${isPart ? html` <span class="minor">(${row.n})</span>` : null}`;
}
