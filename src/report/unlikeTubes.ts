import { findingRows, likeTubesLine } from '../likeness/index.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './reportInput.ts';
import { scrollingTable } from './sections.ts';

/** More lines would bury the tubes below them: the list of problems has them all. */
const MOST_ROWS = 30;

/** Tubes that are unlike the others, each with what differs. */
export function unlikeTubes({ likeness }: ReportInput): Html | null {
  const told = likeness === undefined ? [] : likeness.findings.filter((one) => one.problem.severity !== 'note');
  if (told.length === 0) return null;
  return html`<div class="unlike" id="unlike">${table(findingRows({ findings: told }))}</div>`;
}

function table(rows: ReturnType<typeof findingRows>): Html {
  const lines = rows
    .slice(0, MOST_ROWS)
    .map(
      ({ tubes, comparison, severity, words }) =>
        html`<tr><th scope="row">${tubes}</th><td>${comparison}</td><td>${words}</td><td><span class="verdict ${severity}">${severity}</span></td></tr>`,
    );
  const rest = rows.length - MOST_ROWS;
  const more = html`<p class="legend">${rest} more are in the <a href="#problems">list of problems</a>.</p>`;
  return html`${scrollingTable(
    'Tubes side by side',
    html`<table><caption>Tubes side by side: what is unlike</caption><thead><tr><th scope="col">Tubes</th><th scope="col">Compared</th>
<th scope="col">What is unlike</th><th scope="col">Severity</th></tr></thead><tbody>${lines}</tbody></table>`,
  )}${rest > 0 ? more : null}`;
}

/** `43 of 43 tubes alike in …`, for the section on tubes. */
export function likeTubes({ likeness }: ReportInput): Html | null {
  const line = likeness === undefined ? '' : likeTubesLine(likeness);
  return line === '' ? null : html`<p class="legend">Side by side: ${line}.</p>`;
}
