import { fragment } from './fragment.ts';
import { populationsOf } from './gates/gateData.ts';
import { type Html, html } from './html.ts';
import type { ReportInput } from './reportInput.ts';

/** A link to the plots of a population, one for each panel that has it; nothing where there are none. */
export function gateLink({ panels }: Pick<ReportInput, 'panels'>, path: string): Html | null {
  const gates = panels.flatMap((panel) => populationsOf(panel).map(({ population }) => population.path));
  const links = gates.flatMap((one, number) => (one === path ? [html` <a href="#gate-${number}">plots</a>`] : []));
  return links.length === 0 ? null : html`${links}`;
}

/** A tube by its name, linked to its page of plots where it has one. */
export function tubeLink({ panels }: Pick<ReportInput, 'panels'>, sampleId: string): Html {
  const hasPlots = panels.some(({ book }) =>
    book.gates.some(({ tubes }) => tubes.some((tube) => tube.sample_id === sampleId)),
  );
  return hasPlots ? html`<a href="#tube=${fragment(sampleId)}">${sampleId}</a>` : html`${sampleId}`;
}
