import type { BookGate } from '../gating/index.ts';
import { counted } from '../problems/index.ts';
import type { TemplatePopulation } from '../template/index.ts';
import { commonFlags } from './commonFlags.ts';
import { flagBadges } from './flagBadges.ts';
import { type GateData, gateData, populationsOf } from './gates/gateData.ts';
import { rampColours } from './gates/tileSheet.ts';
import { type Html, html, trusted } from './html.ts';
import { breakable } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';
import type { Section } from './sections.ts';

// A few tubes are looked at one by one, so everything is open; of a study only the endpoints' gates are.
const fewTubes = 4;

/** Every gate in every tube: one fold a population, in it a sheet of plots for each of its cuts, which the page's script draws. */
export function gatesSection(input: ReportInput): Section | undefined {
  const data = gateData(input);
  if (data.gates.length === 0) return undefined;
  const endpoints = new Set(input.comparisons.map((row) => row.population));
  const isOpen = (path: string): boolean => input.tubes.length <= fewTubes || endpoints.has(path);
  let number = 0;
  const panels = input.panels.map((panel) => {
    const failed = input.tubes.filter((tube) => tube.panel === panel.panel && tube.status === 'failed');
    const folds = populationsOf(panel).map(({ population, gate }) => {
      const fold = foldHtml({ number, population, gate }, data, isOpen(population.path));
      number += 1;
      return fold;
    });
    const name = panel.panel === '' ? null : html`<h3>Panel ${panel.panel}</h3>`;
    const names = failed.map((tube) => tube.sampleId).sort();
    const without = html`<p class="note">Without pictures, because the tube failed: ${names.join(', ')}.</p>`;
    return html`${name}${names.length === 0 ? null : without}${folds}`;
  });
  return { id: 'gates', title: 'Gates', body: html`${legend()}${controls()}${panels}${dataHtml(data)}` };
}

interface Fold {
  readonly number: number;
  readonly population: TemplatePopulation;
  readonly gate: BookGate;
}

function foldHtml({ number, population, gate }: Fold, data: GateData, isOpen: boolean): Html {
  const entry = data.gates[number];
  const common = commonFlags(gate);
  const flagged = gate.tubes.filter((tube) => tube.flags.some((flag) => !common.has(flag))).length;
  const label = population.label === '' || population.label === population.name ? null : population.label;
  const steps = entry?.steps ?? [];
  const cuts = steps.length === 0 ? 'no plane to draw' : steps.map((step, i) => `${i + 1}. ${step}`).join('; ');
  return html`<details class="gate" id="gate-${number}" data-gate="${number}"${isOpen ? trusted(' open') : null}>
<summary><span class="depth" aria-hidden="true">${'› '.repeat(population.depth - 1)}</span><b>${population.name}</b>
${label === null ? null : html`<span class="label">${label}</span>`}
<span class="facts">${gate.method}, ${counted(gate.tubes.length, 'tube')}${flagged === 0 ? '' : `, ${flagged} flagged`} · ${cuts}</span></summary>
${about(population, gate, common)}<div class="sheets"></div></details>\n`;
}

function about(population: TemplatePopulation, gate: BookGate, common: ReadonlySet<string>): Html {
  const facts = [
    `method ${gate.method}`,
    gate.pool === null ? 'position as the template gives it' : `position found over: ${gate.pool}`,
    gate.align === null ? '' : `aligned by ${gate.align}`,
    population.gate.markers.length === 0 ? '' : `markers ${population.gate.markers.join(', ')}`,
  ].filter((fact) => fact !== '');
  const always = html`<br>in every tube:${flagBadges([...common])}`;
  return html`<p class="path">${breakable(population.path)}<br>${facts.join(' · ')}${common.size === 0 ? null : always}</p>`;
}

function legend(): Html {
  return html`<p class="legend">A gate with several cuts has a sheet for each pair of them, in their order; each shows only what the cuts before it kept, on 64 × 64 bins.
<span class="key" style="background:${rampColours.inside}"></span> inside the gate,
<span class="key" style="background:${rampColours.outside}"></span> outside, mixed where a part of a bin is inside; darker for more events (logarithmic).
<span class="key line"></span> the gate. Axes: compensated values; events beyond an axis are in its outermost bin. Below each plot: percent of the parent;
<span class="key dot"></span> a flag asks for a look. A plot opens by a click. Positions were found without knowing visit or arm.</p>
<noscript><p class="remark">The plots are drawn by the page’s own script, which does not run here. The numbers stand under Frequencies.</p></noscript>`;
}

function controls(): Html {
  const select = (id: string, label: string): Html =>
    html`<label>${label} <select id="by-${id}" data-by="${id}"><option value="">all</option></select></label>`;
  return html`<div class="controls" hidden>${select('subject', 'Patient')}${select('visit', 'Visit')}${select('batch', 'Batch')}${select('flag', 'Flag')}
<label>Order <select id="by-order" data-by="order"><option value="">patient × visit</option><option value="worst">worst first</option></select></label>
<button type="button" data-look="first">Look at plots one by one</button>
<button type="button" data-fold="open">Unfold all</button> <button type="button" data-fold="close">Fold all</button>
<span id="found" role="status"></span></div>`;
}

/** What the script draws from: inert text, `<` written as an escape, so that no name can end it. */
function dataHtml({ images, ...data }: GateData): Html {
  const json = JSON.stringify(data).replace(
    /[<\u2028\u2029]|\p{Cs}/gu,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const pngs = images.flatMap((steps, gate) =>
    steps.map((png, step) => html`<script type="text/plain" id="image-${gate}-${step}">${trusted(png)}</script>`),
  );
  return html`<script type="application/json" id="gate-data">${trusted(json)}</script>${pngs}`;
}
