import { byText } from '../problems/index.ts';
import { type Html, html } from './html.ts';
import type { ReportFile, ReportInput } from './reportInput.ts';
import { type Section, scrollingTable } from './sections.ts';

// The order of the record's inputs.
const roles: readonly string[] = ['study', 'template', 'sheet', 'fcs', 'spillover', 'overrides', 'frequencies'];

/** What these results come from: programs, templates and files by their hashes, seeds. No time, host or threads. */
export function provenanceSection(input: ReportInput): Section {
  const facts: (readonly [string, string])[] = [
    ...Object.entries(input.versions).map(([name, version]) => [`version of ${name}`, version] as const),
    ['command', input.command],
    ...input.panels.map(({ panel, template, book }) => {
      const name = panel === '' ? 'template' : `template of panel ${panel}`;
      return [name, `${template.name} ${template.version}, sha-256 ${book.template.sha256}`] as const;
    }),
    ...Object.entries(input.seeds).map(([name, seed]) => [`seed of ${name}`, String(seed)] as const),
  ];
  const list = html`<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
  return { id: 'provenance', title: 'Provenance', body: html`${list}${fileTable(input.files)}` };
}

function fileTable(files: readonly ReportFile[]): Html | null {
  if (files.length === 0) return null;
  const rows = [...files]
    .sort(byRole)
    .map(
      (file) =>
        html`<tr><td>${file.role}</td><th scope="row">${file.path}</th><td>${file.sizeBytes}</td><td><code>${file.sha256}</code></td></tr>`,
    );
  const table = html`<table><thead><tr><th scope="col">Role</th><th scope="col">File</th><th scope="col">Bytes</th><th scope="col">SHA-256</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<details><summary>${files.length} input files and their hashes</summary>${scrollingTable('Input files', table)}</details>`;
}

function byRole(a: ReportFile, b: ReportFile): number {
  const rank = roles.indexOf(a.role) - roles.indexOf(b.role);
  return rank || byText(a.path, b.path);
}
