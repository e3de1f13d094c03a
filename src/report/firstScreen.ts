import { counted, gatherProblems } from '../problems/index.ts';
import { doubts } from './doubts.ts';
import { type FamilyAnswer, familyAnswers } from './familyAnswers.ts';
import { type Html, html, trusted } from './html.ts';
import { lostLines } from './lostLines.ts';
import { pairedFigures } from './pairedLines.ts';
import { endpointParts } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';
import type { Section } from './sections.ts';

// Two figures stand side by side on a screen of 1280 pixels.
const mostFigures = 2;

/** What was asked and answered, by whom it is carried, what is missing, and what to look at first: without scrolling. */
export function firstScreen(input: ReportInput, title: string, sections: readonly Section[]): Html {
  const links = sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`);
  return html`<header><div class="masthead"><h1>${title}</h1><p class="brand">cytopair ${input.command} · ${input.study.name} · ${countsText(input)}</p></div>
${lost(input)}${answers(input)}${primaryFigures(input)}${lookFirst(input)}
<nav aria-label="Contents"><ul>${links}</ul></nav></header>`;
}

function countsText(input: ReportInput): string {
  const subjects = new Set(input.tubes.filter((tube) => tube.role === 'sample').flatMap((tube) => tube.subject ?? []));
  const paired = new Set(input.pairs.flatMap((pair) => pair.subject ?? []));
  const patients = subjects.size === 0 ? paired.size : subjects.size;
  const gathered = gatherProblems(input.problems);
  const problems = (severity: string) => gathered.filter((found) => found.severity === severity).length;
  const facts = [
    patients === 0 ? '' : counted(patients, 'patient'),
    input.visits.length === 0 ? '' : counted(input.visits.length, 'visit'),
    input.tubes.length === 0 ? '' : counted(input.tubes.length, 'tube'),
    counted(problems('error'), 'error'),
    counted(problems('warning'), 'warning'),
    input.study.isSynthetic ? 'synthetic data: a program made these events, nothing here is about patients' : '',
  ];
  return facts.filter((fact) => fact !== '').join(' · ');
}

function lost(input: ReportInput): Html | null {
  const lines = lostLines(input);
  return lines.length === 0
    ? null
    : html`<div class="lost" role="note">${lines.map((line) => html`<p>${line}</p>`)}</div>`;
}

function answers(input: ReportInput): Html | null {
  const families = familyAnswers(input.comparisons);
  if (families.length === 0) return null;
  const { reviewed } = input;
  const before =
    reviewed === undefined
      ? null
      : html`<p class="remark">As planned, every gate where it was placed:</p><dl class="answers">${familyAnswers(reviewed.planned).map(answerHtml)}</dl>
<p class="remark"><a href="#moved">${reviewed.words}</a>; with these moves, as in the figures and tables below:</p>`;
  const unplanned = html`<p class="remark">Nothing was planned: what follows is exploratory.</p>`;
  return html`${input.isPlanned ? null : unplanned}${before}<dl class="answers">${families.map(answerHtml)}</dl>`;
}

function answerHtml({ family, role, asked, isWhole, sentences, groups }: FamilyAnswer): Html {
  const badge = (group: FamilyAnswer['groups'][number]): Html =>
    html`<span class="verdict ${group.verdict.tone}">${group.verdict.words}</span>`;
  const grouped = groups.map((group) => html`${badge(group)} ${group.endpoints.join('; ')}. `);
  const said = html`<p>${isWhole ? groups.map(badge) : grouped} ${sentences.join(' ')}</p>`;
  return html`<div class="${role === 'primary' ? 'first' : 'further'}"><dt><b>${family}</b> <span class="role">${role}</span> <span class="asked">${asked}</span></dt><dd>${said}</dd></div>`;
}

function primaryFigures(input: ReportInput): Html | null {
  const planned = input.comparisons.filter((row) => row.analysis === 'primary');
  const first = planned.filter((row) => row.role === 'primary');
  const wanted = new Set((first.length > 0 ? first : planned).map((row) => row.endpoint));
  const figures = pairedFigures(input).filter(({ endpoint }) => wanted.has(endpoint));
  if (figures.length === 0) return null;
  const cards = figures.slice(0, mostFigures).map(({ endpoint, svg, pair }) => {
    const { population } = endpointParts(endpoint);
    return html`<figure class="primary" title="${population}">${trusted(pair.svg)}${trusted(svg)}</figure>`;
  });
  const rest = figures.length - mostFigures;
  const more =
    rest > 0
      ? html`<p class="legend">${counted(rest, 'more primary endpoint')}: <a href="#courses">courses</a>.</p>`
      : null;
  return html`<div class="primaries">${cards}</div>${more}`;
}

function lookFirst(input: ReportInput): Html | null {
  const list = doubts(input);
  if (input.tubes.length === 0 && input.comparisons.length === 0) return null;
  if (list.length === 0) {
    return html`<p class="look none">Nothing asks for a look before this is believed: no flag of that kind at the gates of the endpoints.</p>`;
  }
  const items = list.map(({ text, link, linkText }) => html`<li>${text} <a href="#${link}">${linkText}</a></li>`);
  return html`<div class="look"><h2 class="plain">Look at this before believing it</h2><ul>${items}</ul></div>`;
}
