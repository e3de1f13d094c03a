import type { Frequency } from '../frequencies/index.ts';
import type { BookGate, BookTubeGate } from '../gating/index.ts';
import { counted } from '../problems/index.ts';
import type { TemplatePopulation } from '../template/index.ts';
import { commonFlags } from './commonFlags.ts';
import { rampColours } from './densityImage.ts';
import { countText, percentText } from './displayNumbers.ts';
import { flagBadges } from './flagBadges.ts';
import { gatePlot } from './gatePlot.ts';
import { type Html, html, trusted } from './html.ts';
import { breakable, shortPath } from './populationName.ts';
import type { ReportInput, ReportPanel, ReportTube } from './reportInput.ts';
import type { Section } from './sections.ts';
import { tubeOrder } from './tubeOrder.ts';

// A few tubes are looked at one by one, so everything is open; of a study only the endpoints' gates are.
const fewTubes = 4;

/** Every gate in every tube: one fold a population, in it the tubes patient by patient with their density and the gate on it. */
export function gatesSection(input: ReportInput): Section | undefined {
  const panels = input.panels.filter(({ book }) => book.gates.length > 0);
  if (panels.length === 0) return undefined;
  const endpoints = new Set(input.comparisons.map((row) => row.population));
  const isOpen = (path: string): boolean => input.tubes.length <= fewTubes || endpoints.has(path);
  const rows = rowsOf(input.frequencies);
  const body = html`${legend()}${controls()}${panels.map((panel) => panelHtml(input, panel, rows, isOpen))}`;
  return { id: 'gates', title: 'Gates', body };
}

function panelHtml(input: ReportInput, panel: ReportPanel, rows: Rows, isOpen: (path: string) => boolean): Html {
  const tubes = new Map(input.tubes.filter((tube) => tube.panel === panel.panel).map((tube) => [tube.sampleId, tube]));
  const gates = new Map(panel.book.gates.map((gate) => [gate.population, gate]));
  const failed = [...tubes.values()].filter((tube) => tube.status === 'failed').map((tube) => tube.sampleId);
  const order = tubeOrder(input);
  const folds = panel.template.populations.map((population) => {
    const gate = gates.get(population.path);
    if (!gate) return null;
    const common = commonFlags(gate);
    const inOrder = [...gate.tubes].sort((a, b) => order(a.sample_id, b.sample_id));
    const cards = inOrder.map((placed) => card({ input, panel, tubes, rows, common }, population.path, placed));
    return html`<details class="gate"${isOpen(population.path) ? trusted(' open') : null}>
<summary>${summaryLine(population, gate, common)}</summary>${about(population, gate, common)}
<div class="strip">${cards}</div></details>\n`;
  });
  const name = panel.panel === '' ? null : html`<h3>Panel ${panel.panel}</h3>`;
  const without = html`<p class="note">Without pictures, because the tube failed: ${failed.sort().join(', ')}.</p>`;
  return html`${name}${failed.length === 0 ? null : without}${folds}`;
}

type Common = ReadonlySet<string>;

function summaryLine(population: TemplatePopulation, gate: BookGate, common: Common): Html {
  const flagged = gate.tubes.filter((tube) => tube.flags.some((flag) => !common.has(flag))).length;
  const label = population.label === '' || population.label === population.name ? null : population.label;
  return html`<span class="depth" aria-hidden="true">${'› '.repeat(population.depth - 1)}</span><b>${population.name}</b>
${label === null ? null : html`<span class="label">${label}</span>`}
<span class="facts">${gate.method}, ${counted(gate.tubes.length, 'tube')}${flagged === 0 ? '' : `, ${flagged} flagged`}</span>`;
}

function about(population: TemplatePopulation, gate: BookGate, common: Common): Html {
  const facts = [
    `method ${gate.method}`,
    gate.pool === null ? 'position as the template gives it' : `position found over: ${gate.pool}`,
    gate.align === null ? '' : `aligned by ${gate.align}`,
    population.gate.markers.length === 0 ? '' : `markers ${population.gate.markers.join(', ')}`,
  ].filter((fact) => fact !== '');
  const always = html`<br>in every tube:${flagBadges([...common])}`;
  return html`<p class="path">${breakable(population.path)}<br>${facts.join(' · ')}${common.size === 0 ? null : always}</p>`;
}

interface Around {
  readonly input: ReportInput;
  readonly panel: ReportPanel;
  readonly tubes: ReadonlyMap<string, ReportTube>;
  readonly rows: Rows;
  readonly common: Common;
}

function card({ input, panel, tubes, rows, common }: Around, path: string, placed: BookTubeGate): Html {
  const tube = tubes.get(placed.sample_id);
  const row = rows.get(placed.sample_id)?.get(path);
  const picture = input.pictures.get(placed.sample_id)?.find((one) => one.population === path);
  const share = shareText(row);
  const who = [tube?.subject, tube?.visit]
    .filter((part) => part !== null && part !== undefined && part !== '')
    .join(' ');
  const flags = [...placed.flags, ...(row?.flags ?? [])].filter((flag) => !common.has(flag));
  const said = `${placed.sample_id}, ${shortPath(path)}: ${share}`;
  const plot = picture ? gatePlot(placed.geometry, picture, panel.book.scales, said) : noPicture(placed);
  const excluded = tube?.status === 'excluded' ? html` <span class="flag">excluded</span>` : null;
  const moved = placed.override === null ? null : html` <span class="flag">override</span>`;
  const fallback =
    placed.fallback === null ? null : html` <span class="flag">fallback ${placed.fallback.replaceAll('_', ' ')}</span>`;
  const isFlagged = flags.length > 0 || placed.override !== null || placed.fallback !== null;
  return html`<figure class="tube" data-find="${`${placed.sample_id} ${who}`.toLowerCase()}" data-flagged="${isFlagged ? 'yes' : 'no'}">
<figcaption><b>${placed.sample_id}</b>${who === '' ? null : html` <span class="who">${who}</span>`}</figcaption>${plot}
<p class="share">${share}</p><p class="badges">${excluded}${moved}${fallback}${flagBadges(flags)}</p></figure>`;
}

function noPicture({ geometry }: BookTubeGate): Html {
  const why = geometry.kind === 'none' ? 'the gate could not be placed' : 'no plane to draw';
  const text = geometry.kind === 'boolean' ? 'combination of other populations' : why;
  return html`<p class="blank">${text}</p>`;
}

function shareText(row: Frequency | undefined): string {
  if (!row || row.count === null) return 'not counted';
  const of = row.parentCount === null ? '' : ` of ${countText(row.parentCount)}`;
  const percent = row.ofParent?.percent ?? null;
  return `${percent === null ? '' : `${percentText(percent)} % · `}${countText(row.count)}${of}`;
}

function legend(): Html {
  return html`<p class="legend">Each plot shows the events of the parent on 64 × 64 bins.
<span class="key" style="background:${rampColours.inside}"></span> bins inside the gate,
<span class="key" style="background:${rampColours.outside}"></span> outside, darker for more events (logarithmic).
<span class="key line"></span> the gate. Axes: compensated values; events beyond an axis are in its outermost bin.
Below each plot: percent of the parent, events, events of the parent. Positions were found without knowing visit or arm.</p>`;
}

function controls(): Html {
  return html`<div class="controls" hidden><label>Tubes with <input type="search" id="find" autocomplete="off"></label>
<label><input type="checkbox" id="flagged"> flagged only</label>
<button type="button" data-fold="open">Unfold all</button> <button type="button" data-fold="close">Fold all</button>
<span id="found" role="status"></span></div>`;
}

type Rows = ReadonlyMap<string, ReadonlyMap<string, Frequency>>;

function rowsOf(frequencies: readonly Frequency[]): Rows {
  const rows = new Map<string, Map<string, Frequency>>();
  for (const row of frequencies) {
    const own = rows.get(row.sampleId) ?? new Map<string, Frequency>();
    rows.set(row.sampleId, own.set(row.population, row));
  }
  return rows;
}
