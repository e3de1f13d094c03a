import type { AssociationRow } from '../analysis/index.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './reportInput.ts';
import type { Section } from './sections.ts';

const questions: Readonly<Record<string, string>> = {
  correlation: 'Does the change go with a covariate?',
  groups: 'Do two groups change alike?',
  responders: 'How many changed by the declared factor?',
  trend: 'Does the change go with ordered groups?',
  composition: 'Does the make-up of the compartment change?',
  negative_control: 'Is the change beyond ordinary noise between visits?',
  visits: 'Does any visit differ?',
};

/** What else a change goes with, an entry of study.yaml after the other, each row as its sentence. */
export function associationsSection({ associations = [] }: ReportInput): Section | undefined {
  if (associations.length === 0) return undefined;
  const ids = [...new Set(associations.map((row) => row.association ?? ''))];
  const entries = ids.map((id) =>
    entryHtml(
      id,
      associations.filter((row) => row.association === id),
    ),
  );
  return { id: 'associations', title: 'Associations', body: html`${entries}` };
}

function entryHtml(id: string, rows: readonly AssociationRow[]): Html {
  const [first] = rows;
  const asked = `${questions[first?.question ?? ''] ?? ''} ${first?.role ?? ''}.`;
  const items = rows.map((row) => html`<li>${row.sentence ?? ''}</li>`);
  return html`<h3>${id}</h3><p class="minor">${asked}</p><ul>${items}</ul>`;
}
