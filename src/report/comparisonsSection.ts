import type { Comparison } from '../analysis/index.ts';
import { adjustmentOfRow, isRatioScale, testOfRow } from '../statistics/index.ts';
import { countText, levelText, noValue, numberText, percentText, pText } from './displayNumbers.ts';
import { barReach, effectBar } from './effectBar.ts';
import { effectText, marginText } from './effectText.ts';
import { flagBadges, flagsOfCell } from './flagBadges.ts';
import { gateLink } from './gateLink.ts';
import { type Html, html } from './html.ts';
import { missingPairs } from './missingPairs.ts';
import { endpointParts, lastName, measureText, panelText } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';
import { sensitivityTable } from './sensitivityTable.ts';
import { siblingsTable } from './siblingsTable.ts';
import { verdictOf } from './verdict.ts';

const familyColumns = 8;

/** Every family with its planned analyses, each with its sentence; below it who is missing and what else was computed. */
export function comparisonsSection(input: ReportInput): Section | undefined {
  if (input.comparisons.length === 0) return undefined;
  const families = [...new Set(input.comparisons.map((row) => row.family ?? ''))];
  const unplanned = html`<p class="remark">Nothing was planned: study.yaml names no families. What follows is exploratory.</p>`;
  const body = html`${input.isPlanned ? null : unplanned}${planHtml(input)}${families.map((family) => familyHtml(input, family))}`;
  return { id: 'comparisons', title: 'Comparisons', body };
}

/** What was planned, by its hash, and what was not, in words. */
function planHtml({ plan }: ReportInput): Html | null {
  if (plan === null) return null;
  const planned =
    plan.sha256 === null
      ? null
      : html`<p class="remark">Planned: the families below, as study.yaml declares them; SHA-256 of the plan <code>${plan.sha256}</code>.</p>`;
  const beside =
    plan.notPlanned.length === 0
      ? null
      : html`<div class="remark"><p>Not planned:</p><ul>${plan.notPlanned.map((one) => html`<li>${one}</li>`)}</ul></div>`;
  return html`${planned}${beside}`;
}

function familyHtml(input: ReportInput, family: string): Html {
  const all = input.comparisons.filter((row) => (row.family ?? '') === family);
  const rows = all.filter((row) => row.analysis === 'primary');
  const [first] = rows;
  if (!first) return html``;
  const reach = barReach(rows);
  const table = html`<table class="results"><caption><p class="stay">${captionOf(first, rows)}</p></caption><thead><tr>
<th scope="col">Endpoint</th><th scope="col">Pairs</th><th scope="col">Up / down</th>
<th scope="col">Median % <span class="minor">${first.visit_from} → ${first.visit_to}</span></th>
<th scope="col" colspan="2">${first.question === 'equivalence' ? 'Effect, interval, margins' : 'Effect, interval, level reached'}</th>
<th scope="col">p</th><th scope="col">Verdict</th></tr></thead>${rows.map((row) => endpointRows(input, row, reach))}</table>`;
  const primary = html`<p class="remark">This family is primary among the immune endpoints; that says nothing about the primary endpoint of the trial.</p>`;
  return html`<article class="family"><h3>${family} <span class="role">${first.role ?? 'exploratory'}</span></h3>
${first.role === 'primary' ? primary : null}${scrollingTable(`Comparisons of family ${family}`, table)}
${all.filter((row) => row.analysis === 'joint').map((row) => html`<p class="remark">${row.sentence ?? ''}</p>`)}
${siblingsTable(input.siblings, family)}${missingPairs(input, family)}${sensitivityTable(all)}</article>\n`;
}

function captionOf(row: Comparison, rows: readonly Comparison[]): string {
  const question =
    row.question === 'transient'
      ? `rise at ${row.visit_to} and ${row.margin_low === null ? 'later fall' : 'return'} at ${row.iut_visit ?? noValue}`
      : (row.question ?? 'change');
  const adjusted = row.adjust === 'joint' ? 'joint claim (intersection–union)' : adjustmentOfRow(row.adjust)?.words;
  const adjust = adjusted === undefined ? 'not adjusted' : `${adjusted} over ${countText(row.family_size)}`;
  const alpha = row.alpha === null ? '' : `, α = ${row.alpha}`;
  return `Question: ${question}. ${row.visit_to} against ${row.visit_from}; ${testWords(row, rows)}; ${adjust}${alpha}.`;
}

function testWords(row: Comparison, rows: readonly Comparison[]): string {
  const known = testOfRow(row.test);
  const test = known?.called ?? row.test?.replaceAll('_', ' ') ?? null;
  const side = row.alternative === 'equivalence' ? null : row.alternative;
  const scales = [...new Set(rows.flatMap((one) => one.scale ?? []))];
  const scale = `on the ${scales.length > 1 ? 'scales' : 'scale'} ${scales.join(' and ')}`;
  const parts = [test, side, scales.length === 0 ? null : scale];
  return parts.filter((part) => part !== null).join(', ');
}

function endpointRows(input: ReportInput, row: Comparison, reach: number): Html {
  const { population, measure } = endpointParts(row.endpoint ?? '');
  const arm = row.arm === null || row.arm === '' ? null : html` <span class="minor">arm ${row.arm}</span>`;
  const verdict = verdictOf(row);
  const margins = marginText(row);
  return html`<tbody><tr><th scope="row" title="${population}">${lastName(population)}${arm}<br><span class="minor">${measureText(measure)}${panelText(row.panel)}</span>${gateLink(input, population)}</th>
<td>${countText(row.n_pairs)}${usedText(row)}</td>
<td>${countText(row.n_up)} / ${countText(row.n_down)}${row.n_zero ? html`<br><span class="minor">${row.n_zero} zero</span>` : null}</td>
<td>${percentText(row.median_from)} → ${percentText(row.median_to)}</td>
<td class="wide">${effectText(row)}${margins === '' ? null : html`<br><span class="minor">margins ${margins}</span>`}</td>
<td class="draw">${effectBar(row, reach)}</td>
<td class="wide">${pCell(row)}</td>
<td><span class="verdict ${verdict.tone}">${verdict.words}</span>${flagBadges(flagsOfCell(row.flags))}</td></tr>
<tr class="said"><td colspan="${familyColumns}"><p>${row.sentence ?? ''}</p>${robustness(row)}</td></tr></tbody>`;
}

/** Said only where a pair did not take part in the test. */
function usedText(row: Comparison): Html | null {
  if (row.n_used === null || row.n_used === row.n_pairs) return null;
  return html`<br><span class="minor">${row.n_used} used</span>`;
}

function pCell(row: Comparison): Html {
  if (row.p === null) return html`${noValue}<br><span class="minor">${(row.reason ?? '').replaceAll('_', ' ')}</span>`;
  const counted =
    row.p_count === null || row.p_total === null
      ? null
      : html` <span class="minor">${row.p_count}/${row.p_total}</span>`;
  const words = row.adjust === 'joint' ? 'joint' : (adjustmentOfRow(row.adjust)?.words ?? 'in the family');
  return html`${pText(row.p)}${counted}${adjustedP(words, row.p_adj)}${beside(row)}`;
}

function adjustedP(words: string, p: number | null): Html | null {
  return p === null ? null : html`<br><span class="minor">${words}</span> ${pText(p)}`;
}

/** The other adjusted p of comparisons.csv, which decides nothing; left out where it is the one that the plan names. */
function beside({ adjust, p_adj, p_adj_bh }: Comparison): Html | null {
  if (p_adj === null || adjust === 'joint' || adjust === 'bh') return null;
  return adjustedP('beside it, Benjamini–Hochberg', p_adj_bh);
}

/** What the result hangs on, where it was computed: counting noise, one patient, the border of the gate. */
function robustness(row: Comparison): Html | null {
  const facts = [
    row.counting_share === null ? '' : countingText(row.counting_share),
    row.loo_p_max === null
      ? ''
      : `without ${row.loo_subject ?? noValue} p is ${pText(row.loo_p_max)}, the largest of leaving one out`,
    gateText(row),
    row.ci_reaches_nominal === false && row.question !== 'equivalence'
      ? 'the interval cannot reach its nominal level at this n'
      : '',
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? null : html`<p class="minor">${sentenceOf(facts.join('; '))}</p>`;
}

/** In how many plausible gates the verdict is the same, and how far their estimates reach. */
function gateText(row: Comparison): string {
  const { gate_same: same, gate_draws: draws, gate_est_low: low, gate_est_high: high } = row;
  if (same === null || draws === null) return '';
  const text = (x: number) => numberText(!isRatioScale(row.scale) ? x : Math.exp(x));
  const range = low === null || high === null ? '' : `, estimate ${text(low)}–${text(high)}`;
  return `same verdict under ${same} of ${draws} gates${range}`;
}

/** @param share of the variance of the differences; above 1 the differences spread less than counting alone would make them */
function countingText(share: number): string {
  return share > 1
    ? 'too few cells were counted to see how patients differ: chance in counting alone would spread their changes wider'
    : `counting noise is ${levelText(share)} of the variance of the differences`;
}

function sentenceOf(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
