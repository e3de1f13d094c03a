import { byText } from '../problems/index.ts';
import { countText, noValue, percentText } from './displayNumbers.ts';
import { type Html, html } from './html.ts';
import { lastName } from './populationName.ts';
import type { ReportInput, ReportMove } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';

/** What persons moved: gate by gate and patient by patient, who, why, and the share before and after. */
export function movedSection({ reviewed }: ReportInput): Section | undefined {
  if (reviewed === undefined) return undefined;
  const { words, moves } = reviewed;
  const order = (a: ReportMove, b: ReportMove) =>
    byText(a.population, b.population) || byText(a.sample_id, b.sample_id);
  const table = html`<table><thead><tr><th scope="col">Population</th><th scope="col">Patient</th><th scope="col">Visit</th><th scope="col">Tube</th><th scope="col">What</th>
<th scope="col">Events</th><th scope="col">% of parent</th><th scope="col">Who, when, why</th></tr></thead><tbody>${[...moves].sort(order).map(moveHtml)}</tbody></table>`;
  const body = html`<p>${words}. The tables of this folder hold the counts with these moves; <code>planned/</code> holds those with every gate where it was placed, and moves.csv this list in full.
The reviewer saw neither visit nor patient. A moved gate changes its population and those below it, nothing else.</p>
${moves.length === 0 ? null : scrollingTable('Gates moved by hand', table)}`;
  return { id: 'moved', title: 'Gates moved by hand', body };
}

function moveHtml(move: ReportMove): Html {
  const { population, subject, visit, sample_id: sampleId, author, date, reason, after_lock: afterLock } = move;
  const late = afterLock === true ? html` <span class="flag">made after unblinding</span>` : null;
  return html`<tr><th scope="row" title="${population}">${lastName(population)}</th><td>${subject ?? ''}</td><td>${visit ?? ''}</td><td>${sampleId}</td><td>${whatText(move)}</td>
<td>${countText(move.count_before)} → ${countText(move.count_after)}</td><td>${percentText(move.pct_parent_before)} → ${percentText(move.pct_parent_after)}</td>
<td>${author}, ${date}: ${reason}${late}</td></tr>`;
}

function whatText({ action, axis, by, frame, scope }: ReportMove): string {
  const meant =
    { tube: '', subject: ', all tubes of the patient', batch: ', all tubes of the batch', all: ', all tubes' }[scope] ??
    '';
  if (action === 'exclude') return `taken out${meant}`;
  if (action !== 'shift') return `drawn anew${meant}`;
  return `${axis ?? noValue} by ${by === null ? noValue : String(by)} ${frame === 'raw' ? 'linear units' : 'u'}${meant}`;
}
