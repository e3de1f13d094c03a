import { type Html, html } from './html.ts';
import type { ReportInput } from './reportInput.ts';
import { subjectNumbers } from './subjectNumbers.ts';

// More buttons would be a screen of their own; lines and rows are still there to point at.
const mostButtons = 40;

/** A button a patient: its lines stand out in all figures while it has the focus, and stay so when it is pressed. */
export function patientList(input: ReportInput): Html | null {
  const subjects = [...new Set(input.values.map(({ subject }) => subject))].sort();
  if (subjects.length < 2 || subjects.length > mostButtons) return null;
  const numberOf = subjectNumbers(input);
  const buttons = subjects.map(
    (subject) => html`<button type="button" data-s="${numberOf(subject)}" aria-pressed="false">${subject}</button>`,
  );
  return html`<p class="who-list saves" hidden>Show one patient in all figures: ${buttons}</p>`;
}

/** The figure as a file: what figures/ holds, or its picture of 600 dots an inch. */
export function saveButtons(fileName: string): Html {
  const button = (kind: string): Html =>
    html`<button type="button" data-save="${kind}" data-name="${fileName}">${kind.toUpperCase()}</button>`;
  return html` <span class="saves" hidden>save as ${button('svg')}${button('png')}</span>`;
}
