import type { Frequency } from '../frequencies/index.ts';
import { eventsNeeded } from '../statistics/index.ts';
import { countText, numberText, percentWithInterval } from './displayNumbers.ts';
import { flagBadges } from './flagBadges.ts';
import { type Html, html } from './html.ts';
import { lastName } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';
import { tubeOrder } from './tubeOrder.ts';

/** Counts and percentages of every tube, one fold a tube, patient by patient, populations in tree order. */
export function frequenciesSection(input: ReportInput): Section | undefined {
  if (input.frequencies.length === 0) return undefined;
  const byTube = new Map<string, Frequency[]>();
  for (const row of input.frequencies) byTube.set(row.sampleId, [...(byTube.get(row.sampleId) ?? []), row]);
  const folds = [...byTube.keys()]
    .sort(tubeOrder(input))
    .map((sampleId) => tubeFold(sampleId, byTube.get(sampleId) ?? [], byTube.size === 1));
  const legend = html`<p class="legend">Percent with the exact binomial interval (Clopper–Pearson) of counting alone; the position of the gate is not in it.
The same numbers in full stand in frequencies.csv.</p>`;
  return { id: 'frequencies', title: 'Frequencies', body: html`${legend}<div class="folds">${folds}</div>` };
}

function tubeFold(sampleId: string, rows: readonly Frequency[], isOnly: boolean): Html {
  const denominators = [...new Set(rows.flatMap((row) => Object.keys(row.of)))];
  const hasAbsolute = rows.some((row) => row.cellsPerUl !== null);
  const [first] = rows;
  const who = [first?.subject, first?.visit]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' ');
  const heads = denominators.map((name) => html`<th scope="col">% of ${name}</th>`);
  const table = html`<table class="numbers"><thead><tr><th scope="col">Population</th><th scope="col">Events</th><th scope="col">of parent</th>
<th scope="col">% of parent</th>${heads}${hasAbsolute ? html`<th scope="col">cells/µL</th>` : null}<th scope="col">Status</th></tr></thead>
<tbody>${rows.map((row) => rowHtml(row, denominators, hasAbsolute))}</tbody></table>`;
  const summary = html`<b>${sampleId}</b> <span class="who">${who}</span> <span class="facts">${statusWords(rows)}</span>`;
  const folded = html`<summary>${summary}</summary>${scrollingTable(`Frequencies of ${sampleId}`, table)}`;
  return isOnly ? html`<details open>${folded}</details>` : html`<details>${folded}</details>\n`;
}

function statusWords(rows: readonly Frequency[]): string {
  const root = rows.find((row) => row.population === 'root');
  if (root?.status === 'failed' || root?.status === 'excluded') return root.status;
  const silent = rows.filter((row) => row.status === 'not_evaluable').length;
  const flagged = rows.filter((row) => row.flags.length > 0).length;
  const parts = [
    `${countText(root?.count ?? null)} events`,
    silent === 0 ? '' : `${silent} not evaluable`,
    flagged === 0 ? '' : `${flagged} flagged`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function rowHtml(row: Frequency, denominators: readonly string[], hasAbsolute: boolean): Html {
  const shares = denominators.map((name) => {
    const share = Object.hasOwn(row.of, name) ? row.of[name] : undefined;
    return html`<td>${share ? percentWithInterval(share.percent, share.low, share.high) : ''}</td>`;
  });
  const own = row.ofParent;
  const absolute = hasAbsolute ? html`<td>${row.cellsPerUl === null ? '' : numberText(row.cellsPerUl)}</td>` : null;
  const status =
    row.status === 'ok' ? null : html`<span class="verdict ${row.status}">${row.status.replaceAll('_', ' ')}</span>`;
  return html`<tr><th scope="row" title="${row.population}" class="d${Math.min(row.depth, 8)}">${lastName(row.population)}</th>
<td>${countText(row.count)}</td><td>${row.parentCount === null ? '' : row.parentCount}</td>
<td>${own ? percentWithInterval(own.percent, own.low, own.high) : ''}</td>${shares}${absolute}<td>${status}${flagBadges(row.flags)}${lacking(row)}</td></tr>`;
}

/** How many more events a count under the limit needs: counting alone then varies by 20 %. */
function lacking(row: Frequency): Html | null {
  if (!row.flags.includes('few_events') || row.count === null || row.parentCount === null) return null;
  const needed = eventsNeeded(row.count, row.parentCount);
  if (needed === undefined || needed.events === 0) return null;
  const parents = needed.parents === null ? '' : `, about ${needed.parents} more of its parent`;
  return html` <span class="minor">${needed.events} events short of 20 % counting error${parents}</span>`;
}
