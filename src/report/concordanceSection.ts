import type { ConcordanceRow } from '../foreign/index.ts';
import { countText } from './displayNumbers.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';

/** What FlowJo counted beside what is counted here, by its rules and exactly, with the cause of each difference. */
export function concordanceSection(input: ReportInput): Section | undefined {
  const rows = input.concordance;
  if (rows === undefined) return undefined;
  const counted = rows.filter(({ stored }) => stored !== null);
  const same = counted.filter(({ stored, flowjo }) => stored === flowjo).length;
  const exact = counted.filter((row) => row.stored === row.exact).length;
  const summary = html`<p>Of ${counted.length} counts that the workspace holds, ${same} are the same by FlowJo’s own rules and ${exact} by exact
geometry. The same numbers stand in concord.csv.</p>`;
  const table = html`<table class="numbers"><thead><tr><th scope="col">Tube</th><th scope="col">Population</th><th scope="col">Workspace</th>
<th scope="col">By its rules</th><th scope="col">Exact</th><th scope="col">Cause of the difference</th></tr></thead><tbody>${rows.map(rowHtml)}</tbody></table>`;
  const body = html`${summary}${scrollingTable('Counts of the workspace and ours', table)}`;
  return { id: 'concordance', title: 'Concordance', body };
}

function rowHtml(row: ConcordanceRow): Html {
  const counts = [row.stored, row.flowjo, row.exact].map((count) => html`<td>${countText(count)}</td>`);
  return html`<tr><td>${row.sampleId}</td><th scope="row">${row.population}</th>${counts}<td>${row.cause}</td></tr>`;
}
