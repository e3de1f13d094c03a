import { associationsSection } from './associationsSection.ts';
import { comparisonsSection } from './comparisonsSection.ts';
import { concordanceSection } from './concordanceSection.ts';
import { coursesSection } from './coursesSection.ts';
import { firstScreen } from './firstScreen.ts';
import { frequenciesSection } from './frequenciesSection.ts';
import { gatesSection } from './gatesSection.ts';
import { html, trusted } from './html.ts';
import { movedSection } from './movedSection.ts';
import { overviewSection } from './overviewSection.ts';
import { patientsSection } from './patientsSection.ts';
import { problemsSection } from './problemsSection.ts';
import { provenanceSection } from './provenanceSection.ts';
import { qualitySection } from './qualitySection.ts';
import type { ReportInput } from './reportInput.ts';
import { script } from './script/script.ts';
import { type Section, sectionHtml } from './sections.ts';
import { style } from './style.ts';

// The page requests nothing and runs nothing but its own few lines, whatever foreign text it shows.
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/**
 * The report of a run as one HTML file that needs nothing beside it: the same bytes for the same results.
 * What a command has no results for is left out: `gate` shows no comparisons, `analyze` no gates.
 */
export function renderReport(input: ReportInput): string {
  const sections = [
    movedSection(input),
    comparisonsSection(input),
    coursesSection(input),
    associationsSection(input),
    patientsSection(input),
    overviewSection(input),
    gatesSection(input),
    concordanceSection(input),
    frequenciesSection(input),
    qualitySection(input),
    problemsSection(input),
    methodsSection(input),
    provenanceSection(input),
  ].filter((section) => section !== undefined);
  const title = input.study.title === '' ? input.study.name : input.study.title;
  const page = html`<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>${title} – cytopair</title><style>${trusted(style)}</style></head>
<body>${firstScreen(input, title, sections)}<main>
${sections.map(sectionHtml)}</main>
<footer><p>Written by cytopair ${input.versions.cytopair ?? ''}. Displayed numbers are rounded; the tables beside this file hold them in full.</p></footer>
<script>${trusted(script)}</script></body></html>`;
  return `<!doctype html>\n${page.html}\n`;
}

function methodsSection(input: ReportInput): Section | undefined {
  if (input.methods === '') return undefined;
  const paragraphs = input.methods.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return {
    id: 'methods',
    title: 'Methods',
    body: html`${paragraphs.map((paragraph) => html`<p>${paragraph.trim()}</p>`)}`,
  };
}
