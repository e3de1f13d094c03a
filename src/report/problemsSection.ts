import { byText, gatherProblems, type Problem, type Severity } from '../problems/index.ts';
import { tubeLink } from './gateLink.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/** What was found wrong, the gravest first; says so where nothing was. */
export function problemsSection(input: ReportInput): Section {
  const sheets = new Set(input.files.filter((file) => file.role === 'sheet').map((file) => file.path));
  const rows = gatherProblems(input.problems)
    .map((found) => ({ found, place: placeOf(found, sheets) }))
    .sort(gravestFirst);
  if (rows.length === 0) return { id: 'problems', title: 'Problems', body: html`<p>None were found.</p>` };
  const table = html`<table><thead><tr><th scope="col">Severity</th><th scope="col">Where</th><th scope="col">What</th><th scope="col">What to do</th></tr></thead>
<tbody>${rows.map(({ found, place }) => rowHtml(input, found, place))}</tbody></table>`;
  return { id: 'problems', title: 'Problems', body: scrollingTable('List of problems', table) };
}

function rowHtml(input: ReportInput, found: Problem, place: string): Html {
  const { sampleId } = found.where;
  const isNamed = sampleId !== undefined && input.tubes.some((tube) => tube.sampleId === sampleId);
  const tube = isNamed ? html`<br>${tubeLink(input, sampleId)}` : null;
  return html`<tr><td><span class="verdict ${found.severity}">${found.severity}</span></td><td class="place">${place}${tube}</td>
<td>${found.message}<br><code>${found.code}</code></td><td>${found.hint}</td></tr>`;
}

/** A row of the sheet is not named: the page is the same however the sheet is sorted. */
function placeOf({ where }: Problem, sheets: ReadonlySet<string>): string {
  const { file, line, column, byte } = where;
  const isSheet = file !== undefined && sheets.has(file);
  const lines = line === undefined || isSheet ? '' : `:${line}${column === undefined ? '' : `:${column}`}`;
  const spot = byte === undefined ? lines : `@${byte}`;
  const rest = [where.sampleId, where.channel, where.gate].filter((part) => part !== undefined && part !== file);
  return [file === undefined ? '' : `${file}${spot}`, ...rest].filter((part) => part !== '').join(' · ');
}

interface Placed {
  readonly found: Problem;
  readonly place: string;
}

function gravestFirst(a: Placed, b: Placed): number {
  const rank = ranks[a.found.severity] - ranks[b.found.severity];
  const key = ({ found, place }: Placed): string => [found.code, place, found.message].join('\n');
  return rank || byText(key(a), key(b));
}
