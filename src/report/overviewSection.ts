import { byText, counted } from '../problems/index.ts';
import { countText } from './displayNumbers.ts';
import { flagBadges } from './flagBadges.ts';
import { tubeLink } from './gateLink.ts';
import { type Html, html } from './html.ts';
import type { ReportInput, ReportTube } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';
import { tubeOrder } from './tubeOrder.ts';
import { likeTubes, unlikeTubes } from './unlikeTubes.ts';

/** The tubes by patient and visit: who is missing, what failed, and which batch a tube was run in. */
export function overviewSection(input: ReportInput): Section | undefined {
  if (input.tubes.length === 0) return undefined;
  const samples = input.tubes.filter((tube) => tube.role === 'sample' && tube.subject !== null && tube.visit !== null);
  const body = html`${samples.length === 0 ? null : grid(input, samples)}${unlikeTubes(input)}${likeTubes(input)}${batchTable(input, samples)}${tubeTable(input)}`;
  return { id: 'tubes', title: 'Tubes', body };
}

/** A table of subjects × visits; a cell holds its tubes, or says that there is none. */
function grid(input: ReportInput, samples: readonly ReportTube[]): Html {
  const subjects = [...new Set(samples.map((tube) => tube.subject ?? ''))].sort();
  const rows = subjects.map((subject) => {
    const arms = [...new Set(samples.filter((tube) => tube.subject === subject).map((tube) => tube.arm))]
      .filter((arm) => arm !== '')
      .sort();
    const cells = input.visits.map((visit) =>
      cellOf(samples.filter((tube) => tube.subject === subject && tube.visit === visit.id)),
    );
    return html`<tr><th scope="row">${subject}${arms.length === 0 ? null : html` <span class="minor">${arms.join(', ')}</span>`}</th>${cells}</tr>`;
  });
  const heads = input.visits.map(
    ({ id, label }) =>
      html`<th scope="col">${id}${label === '' || label === id ? null : html` <span class="minor">${label}</span>`}</th>`,
  );
  return scrollingTable(
    'Tubes by patient and visit',
    html`<table class="grid"><caption>Events of each tube, by patient and visit</caption><thead><tr><th scope="col">Patient</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`,
  );
}

function cellOf(tubes: readonly ReportTube[]): Html {
  if (tubes.length === 0) return html`<td class="absent">no tube</td>`;
  const texts = [...tubes].sort(bySample).map((tube) => {
    if (tube.status === 'failed') return html`<span class="verdict failed">failed</span>`;
    const excluded = tube.status === 'excluded' ? html` <span class="flag">excluded</span>` : null;
    return html`<span title="${tube.sampleId}">${countText(tube.eventCount)}</span>${excluded}`;
  });
  return html`<td>${texts.map((text, i) => html`${i === 0 ? null : html`<br>`}${text}`)}</td>`;
}

/** Where every tube of a visit was run in one batch, a shift of that batch and an effect cannot be told apart. */
function batchTable(input: ReportInput, samples: readonly ReportTube[]): Html | null {
  const batches = [...new Set(samples.map((tube) => tube.batch))].filter((batch) => batch !== '').sort();
  const visits = input.visits.map((visit) => visit.id);
  if (batches.length < 2 || visits.length < 2) return null;
  const count = (batch: string, visit: string): number =>
    samples.filter((tube) => tube.batch === batch && tube.visit === visit).length;
  const rows = batches.map(
    (batch) =>
      html`<tr><th scope="row">${batch}</th>${visits.map((visit) => html`<td>${count(batch, visit)}</td>`)}</tr>`,
  );
  const heads = visits.map((visit) => html`<th scope="col">${visit}</th>`);
  return html`<details><summary>Batches by visit</summary><p class="legend">Where the tubes of a visit share a batch that no other visit has, a shift of that batch and an effect cannot be told apart.</p>
${scrollingTable('Batches by visit', html`<table><thead><tr><th scope="col">Batch</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`)}</details>`;
}

function tubeTable(input: ReportInput): Html {
  const order = tubeOrder(input);
  const tubes = [...input.tubes].sort((a, b) => order(a.sampleId, b.sampleId));
  const rows = tubes.map(
    (
      tube,
    ) => html`<tr><th scope="row">${tubeLink(input, tube.sampleId)}</th><td>${tube.subject ?? ''}</td><td>${tube.visit ?? ''}</td><td>${tube.role}</td>
<td>${tube.batch}</td><td>${countText(tube.eventCount)}</td><td>${statusHtml(tube)}</td><td>${flagBadges(tube.flags)}</td></tr>`,
  );
  const table = html`<table><thead><tr><th scope="col">Tube</th><th scope="col">Patient</th><th scope="col">Visit</th><th scope="col">Role</th>
<th scope="col">Batch</th><th scope="col">Events</th><th scope="col">Status</th><th scope="col">Flags</th></tr></thead><tbody>${rows}</tbody></table>`;
  const needsReading = tubes.filter((tube) => tube.status !== 'ok').length;
  return html`<details><summary>All ${counted(tubes.length, 'tube')}${needsReading === 0 ? '' : `, ${needsReading} failed or excluded`}</summary>${scrollingTable('All tubes', table)}</details>`;
}

function statusHtml({ status, reason }: ReportTube): Html {
  const why = reason === '' ? null : html` <span class="minor">${reason}</span>`;
  return html`<span class="verdict ${status}">${status}</span>${why}`;
}

function bySample(a: ReportTube, b: ReportTube): number {
  return byText(a.sampleId, b.sampleId);
}
