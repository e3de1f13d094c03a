import type { Frequency } from '../../frequencies/index.ts';
import type { BookGate, BookOverride, BookTubeGate, Picture, PictureAxis } from '../../gating/index.ts';
import { signed } from '../../quality/index.ts';
import type { TemplatePopulation } from '../../template/index.ts';
import { commonFlags } from '../commonFlags.ts';
import { countText, percentWithInterval } from '../displayNumbers.ts';
import { flagWords } from '../flagWords.ts';
import type { ReportInput, ReportPanel, ReportTube } from '../reportInput.ts';
import { tubeOrder } from '../tubeOrder.ts';
import { axisTicks } from './axisTicks.ts';
import { doubtScores } from './doubtScores.ts';
import { numberedList } from './numberedList.ts';
import { outlineOf } from './outlineOf.ts';
import { type TileSheet, tileSheet } from './tileSheet.ts';
import { type TubeData, tubeData } from './tubeData.ts';

/** What a plot needs: place in the image, axes and lines by their numbers, percent that this step keeps. */
type PlotRow = readonly [tile: number, x: number, y: number, edge: number, divider: number, kept: string];

/** A gate in one tube. `says`: rule, fallback, landmarks. */
export interface GateRow {
  readonly tube: number;
  readonly percent: string;
  readonly count: string;
  readonly of: string;
  readonly flags: readonly string[];
  readonly says: readonly string[];
  /** How much it asks for a look; the greatest first in the order "worst first". */
  readonly score: number;
  readonly plots: readonly PlotRow[];
}

/** Everything about one population's gate that the page's script draws. */
export interface GateEntry {
  readonly path: string;
  readonly name: string;
  readonly panel: string;
  /** Number of the parent in the list; −1 for the root. */
  readonly parent: number;
  /** Markers of each step: `CD3 × CD19`. */
  readonly steps: readonly string[];
  readonly sheets: readonly Omit<TileSheet, 'png'>[];
  /** `all`: its number among the axes of the page. */
  readonly axes: readonly {
    readonly name: string;
    readonly all: number;
    readonly ticks: readonly (readonly [number, string])[];
  }[];
  readonly lines: readonly string[];
  readonly common: readonly string[];
  readonly rows: readonly GateRow[];
}

/** The gates of all panels in tree order, and the images of their steps. */
export interface GateData extends TubeData {
  readonly tubes: readonly (Pick<ReportTube, 'sampleId' | 'batch' | 'status'> & {
    readonly subject: string;
    readonly visit: string;
  })[];
  readonly visits: readonly string[];
  readonly flags: Readonly<Record<string, readonly [level: string, says: string]>>;
  readonly gates: readonly GateEntry[];
  /** Base64 of a PNG, by gate and step. */
  readonly images: readonly (readonly string[])[];
}

/** All that is drawn, as plain values: tubes in the order of the page. */
export function gateData(input: ReportInput): GateData {
  const order = tubeOrder(input);
  const tubes = [...input.tubes].sort((a, b) => order(a.sampleId, b.sampleId));
  const numbers = new Map(tubes.map(({ sampleId }, i) => [sampleId, i]));
  const rows = new Map(input.frequencies.map((row) => [keyOf(row.sampleId, row.population), row]));
  const axes = numberedList<PictureAxis>();
  const built = input.panels.flatMap((panel) =>
    populationsOf(panel).map(({ population, gate }) =>
      entryOf({ input, panel, population, gate, axes }, numbers, rows),
    ),
  );
  const entries = built.map(({ entry }) => entry);
  const gates = entries.map(({ panel, path, ...rest }) => ({
    ...rest,
    panel,
    path,
    parent: parentOf(entries, panel, path),
  }));
  const flags = [
    ...new Set(gates.flatMap((gate) => [...gate.common, ...gate.rows.flatMap((row) => row.flags)])),
  ].sort();
  return {
    tubes: tubes.map(({ sampleId, subject, visit, batch, status }) => {
      return { sampleId, subject: subject ?? '', visit: visit ?? '', batch, status };
    }),
    visits: input.visits.map(({ id }) => id),
    flags: Object.fromEntries(flags.map((flag) => [flag, [flagWords(flag).level, flagWords(flag).says] as const])),
    gates,
    images: built.map(({ images }) => images),
    ...tubeData(
      { sketches: input.sketches, tubes },
      gates.map((gate) => ({ ...gate, axisNumbers: gate.axes.map(({ all }) => all) })),
      axes.all(),
    ),
  };
}

/** The populations of a panel that have a gate, in tree order: their place in the list is their number on the page. */
export function populationsOf({ template, book }: ReportPanel) {
  const gates = new Map(book.gates.map((gate) => [gate.population, gate]));
  return template.populations.flatMap((population) => {
    const gate = gates.get(population.path);
    return gate === undefined ? [] : [{ population, gate }];
  });
}

interface Around {
  readonly input: ReportInput;
  readonly panel: ReportPanel;
  readonly population: TemplatePopulation;
  readonly gate: BookGate;
  /** Of the whole page. */
  readonly axes: { of(axis: PictureAxis): number };
}

type Rows = ReadonlyMap<string, Frequency>;

function entryOf(around: Around, numbers: ReadonlyMap<string, number>, rows: Rows) {
  const { input, panel, population, gate } = around;
  const { path, name } = population;
  const common = commonFlags(gate);
  const tubes = gate.tubes
    .flatMap((placed) => {
      const tube = numbers.get(placed.sample_id);
      const pictures = (input.pictures.get(placed.sample_id) ?? []).filter((one) => one.population === path);
      return tube === undefined ? [] : [{ placed, tube, pictures, row: rows.get(keyOf(placed.sample_id, path)) }];
    })
    .sort((a, b) => a.tube - b.tube);
  const steps = stepsOf(tubes.map(({ pictures }) => pictures));
  const sheets = steps.map((step) => tileSheet(tubes.flatMap(({ pictures }) => pictures[step] ?? [])));
  const [axes, lines] = [numberedList<PictureAxis>(), numberedList<string>()];
  const tiles = steps.map(() => 0);
  const scores = doubtScores(tubes, common);
  const entries = tubes.map(({ placed, tube, pictures, row }, i): GateRow => {
    const plots = pictures.map((picture, step): PlotRow => {
      const { edge, divider } = outlineOf(placed.geometry, picture, panel.book.scales);
      const tile = tiles[step]!;
      tiles[step] = tile + 1;
      return [tile, axes.of(picture.x), axes.of(picture.y), lines.of(edge), lines.of(divider), keptText(picture)];
    });
    return {
      tube,
      ...numbersOf(row),
      flags: flagsOf(placed, row, common),
      says: saysOf(placed),
      score: scores[i]!,
      plots,
    };
  });
  const entry: GateEntry = {
    path,
    name,
    panel: panel.panel,
    parent: -1,
    steps: steps.map((step) => stepName(tubes.map(({ pictures }) => pictures[step]))),
    sheets: sheets.map(({ columns, bins }) => ({ columns, bins })),
    axes: axes.all().map((axis) => ({
      name: axisName(axis),
      all: around.axes.of({ ...axis, channel: '' }),
      ticks: axisTicks(axis).map(({ at, label }) => [at, label] as const),
    })),
    lines: lines.all(),
    common: [...common].sort(),
    rows: entries,
  };
  return { entry, images: sheets.map(({ png }) => png) };
}

function keyOf(sampleId: string, population: string): string {
  return `${sampleId}\n${population}`;
}

function parentOf(entries: readonly GateEntry[], panel: string, path: string): number {
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('/')));
  return entries.findIndex((one) => one.panel === panel && one.path === parent);
}

function stepsOf(pictures: readonly (readonly Picture[])[]): number[] {
  return Array.from({ length: Math.max(0, ...pictures.map((own) => own.length)) }, (_, step) => step);
}

function stepName(pictures: readonly (Picture | undefined)[]): string {
  const first = pictures.find((picture) => picture !== undefined);
  return first === undefined ? '' : `${first.x.marker} × ${first.y.marker}`;
}

function axisName({ marker, channel }: PictureAxis): string {
  return marker === channel ? marker : `${marker} (${channel})`;
}

/** Percent of what the step looked at that it keeps. */
function keptText({ density, inside }: Picture): string {
  const sum = (grid: Uint32Array): number => grid.reduce((all, count) => all + count, 0);
  const all = sum(density);
  return all === 0 ? '' : `${((100 * sum(inside)) / all).toFixed(all > 0 && sum(inside) / all < 0.1 ? 2 : 1)} %`;
}

function numbersOf(row: Frequency | undefined): Pick<GateRow, 'percent' | 'count' | 'of'> {
  if (row === undefined || row.count === null) return { percent: '', count: '', of: '' };
  const share = row.ofParent;
  return {
    percent: share ? percentWithInterval(share.percent, share.low, share.high) : '',
    count: countText(row.count),
    of: row.parentCount === null ? '' : countText(row.parentCount),
  };
}

function flagsOf(placed: BookTubeGate, row: Frequency | undefined, common: ReadonlySet<string>): string[] {
  return [...new Set([...placed.flags, ...(row?.flags ?? [])])].filter((flag) => !common.has(flag)).sort();
}

/** How the gate came to its place in this tube, in words. */
function overrideWords({ action, axis, by, frame, author, date, reason }: BookOverride): string {
  const how =
    action === 'shift'
      ? `moved by ${by} ${frame === 'raw' ? 'linear units' : 'u'} on ${axis}`
      : action === 'exclude'
        ? 'taken out'
        : 'drawn anew';
  return `${how} by ${author} on ${date}: ${reason}`;
}

function saysOf({ geometry, rule, fallback, override, landmarks, modes }: BookTubeGate): string[] {
  const words = (text: string): string => text.replaceAll('_', ' ');
  const noPlane = geometry.kind === 'boolean' ? 'a combination of other populations' : '';
  return [
    geometry.kind === 'none' ? 'the gate could not be placed' : noPlane,
    `rule: ${words(rule)}`,
    fallback === null ? '' : `fallback: ${words(fallback)}`,
    ...(override ?? []).map(overrideWords),
    ...landmarks.map(
      ({ marker, at, shift }) => `landmark of ${marker}: ${at.toFixed(2)} u, moved by ${signed(shift)} u`,
    ),
    ...modes
      .filter(({ at }) => at.length > 0)
      .map(({ marker, at }) => `modes of ${marker}: ${at.map((u) => u.toFixed(2)).join(', ')} u`),
  ].filter((text) => text !== '');
}
