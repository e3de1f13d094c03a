import { endpointId, isValueMeasure } from '../analysis/index.ts';
import { percentText } from './displayNumbers.ts';
import { type Html, html } from './html.ts';
import { endpointParts } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';
import { scrollingTable } from './sections.ts';
import { subjectNumbers } from './subjectNumbers.ts';

type Observation = ReportInput['values'][number];

/** Patient × visit of one endpoint, each cell as dark as its value is high among them; a cell without a value says why. */
export function valueMatrix(
  input: ReportInput,
  { endpoint, panel }: { readonly endpoint: string; readonly panel: string | null },
): Html | null {
  const id = endpointId(panel === null ? { key: endpoint } : { key: endpoint, panel });
  const isOfItsOwn = isValueMeasure(endpointParts(endpoint).measure);
  const valueIn = (one: Observation): number | null => {
    if (one.status !== 'ok') return null;
    return isOfItsOwn ? (one.absolute ?? null) : one.percent;
  };
  const own = input.values.filter((one) => one.endpointKey === id);
  const subjects = [...new Set(own.map(({ subject }) => subject))].sort();
  if (subjects.length === 0) return null;
  const numberOf = subjectNumbers(input);
  const ranked = own.flatMap((one) => valueIn(one) ?? []).sort((a, b) => a - b);
  const rows = subjects.map((subject) => {
    const cells = input.visits.map(({ id }) =>
      cell(
        own.find((one) => one.subject === subject && one.visit === id),
        { ranked, valueIn },
      ),
    );
    return html`<tr data-s="${numberOf(subject)}"><th scope="row">${subject}</th>${cells}</tr>`;
  });
  const heads = input.visits.map(({ id }) => html`<th scope="col">${id}</th>`);
  const table = html`<table class="heat"><thead><tr><th scope="col">Patient</th>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
  return html`<details><summary>Values by patient and visit</summary>${scrollingTable(`Values of ${endpoint}${panel === null ? '' : ` in panel ${panel}`} by patient and visit`, table)}</details>`;
}

interface Matrix {
  /** All values, ascending. */
  readonly ranked: readonly number[];
  readonly valueIn: (one: Observation) => number | null;
}

function cell(one: Observation | undefined, { ranked, valueIn }: Matrix): Html {
  const value = one === undefined ? null : valueIn(one);
  if (value === null) return html`<td class="empty">${why(one)}</td>`;
  // By rank, so that one high value does not make all others pale.
  const share = ranked.length < 2 ? 0 : ranked.indexOf(value) / (ranked.length - 1);
  const percent = Math.round(share * 45);
  return html`<td style="background:color-mix(in srgb,var(--accent) ${percent}%,transparent)">${percentText(value)}</td>`;
}

function why(one: Observation | undefined): string {
  if (one === undefined) return 'no tube';
  return one.status === 'ok' ? 'no value' : one.status.replaceAll('_', ' ');
}
