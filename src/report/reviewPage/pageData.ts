import type { BookScale, BookTubeGate, PlacementBook } from '../../gating/index.ts';
import { byText, flags as known } from '../../problems/index.ts';
import { type GateSample, placedHash, type ReviewTube, STEP, type TubeReview } from '../../review/index.ts';
import { eventsToShow } from './eventsToShow.ts';
import { packSample } from './packSample.ts';
import { rangesOf } from './rangesOf.ts';

/** What one panel gives to the page. */
export interface PagePanel {
  readonly book: PlacementBook;
  readonly tubes: readonly ReviewTube[];
  /** By sampleId. */
  readonly reviews: ReadonlyMap<string, TubeReview>;
}

export interface PageOptions {
  /** Of each gate so many tubes, the first by rank, are shown with all their events; the others with a few. */
  readonly top: number;
  /** True for the page of a second reader. */
  readonly isSecond: boolean;
  /** Sets what a browser keeps of this study apart from others. */
  readonly fingerprint: string;
}

/** All that the page holds: a header that is JSON, and the events as bytes. */
export interface PageData {
  readonly header: object;
  readonly bytes: Uint8Array;
  /** Gates of single tubes by rank, the first most worth a look. */
  readonly queue: readonly { readonly tube: string; readonly population: string }[];
}

/** One gate of one tube on its way to the page. */
interface Item {
  readonly panel: number;
  readonly tube: ReviewTube;
  readonly entry: BookTubeGate;
  readonly sample: GateSample;
  readonly score: number;
}

/**
 * Lays out the page: nothing of subject, visit, arm, batch, date, file or sample_id goes in. Tubes stand under their codes;
 * which of them share a patient or a batch is said by a number that follows the codes.
 */
export function pageData(panels: readonly PagePanel[], { top, isSecond, fingerprint }: PageOptions): PageData {
  const items = panels.flatMap(itemsOf).sort((a, b) => b.score - a.score || byText(a.tube.code, b.tube.code));
  const tubes = panels.flatMap((panel) => panel.tubes).sort((a, b) => byText(a.code, b.code));
  const gates = panels.flatMap(({ book }, panel) => gatesOf(book, panel, items));
  const counts = eventsToShow(
    items.map(({ sample }) => sample),
    topRows(items, top),
  );
  const packs: Uint8Array[] = [];
  let offset = 0;
  const rows = items.map(({ panel, tube, entry, sample }, i) => {
    const { bytes, layout, shown } = packSample(sample, counts[i]!, offset);
    packs.push(bytes);
    offset += bytes.length;
    return {
      tube: tubes.indexOf(tube),
      gate: gates.findIndex((gate) => gate.panel === panel && gate.population === sample.population),
      ...shownParent(sample, shown),
      flags: entry.flags,
      rule: entry.rule,
      lever: sample.lever,
      replaces: placedHash(entry),
      outlines: sample.outlines,
      ...layout,
    };
  });
  const bytes = new Uint8Array(offset);
  let at = 0;
  for (const pack of packs) {
    bytes.set(pack, at);
    at += pack.length;
  }
  const words = [...new Set(items.flatMap(({ entry }) => entry.flags))].sort();
  const header = {
    format: 'cytopair/review/1',
    study: fingerprint,
    second: isSecond,
    step: STEP,
    templates: panels.map(({ book }) => book.template.name),
    markers: markersOf(panels.flatMap(({ book }) => book.scales)),
    flags: Object.fromEntries(words.map((flag) => [flag, known[flag]?.says ?? flag])),
    tubes: tubes.map((tube) => ({
      code: tube.code,
      group: tube.subjectKey === '' ? null : firstWith(tubes, (other) => other.subjectKey === tube.subjectKey),
      batch: firstWith(tubes, (other) => other.batch === tube.batch),
    })),
    gates,
    items: rows,
  };
  const queue = items.map(({ tube, sample }) => ({ tube: tube.code, population: sample.population }));
  return { header, bytes, queue };
}

function itemsOf({ book, tubes, reviews }: PagePanel, panel: number): Item[] {
  return tubes.flatMap((tube) => {
    const review = reviews.get(tube.sampleId);
    return (review?.gates ?? []).flatMap((sample): Item[] => {
      const entry = book.gates
        .find(({ population }) => population === sample.population)
        ?.tubes.find(({ sample_id }) => sample_id === tube.sampleId);
      return entry === undefined ? [] : [{ panel, tube, entry, sample, score: sample.uncertainty * sample.leverage }];
    });
  });
}

/** Position of the first of those that are alike: it says that they are, and not what they are. */
function firstWith(tubes: readonly ReviewTube[], isAlike: (tube: ReviewTube) => boolean): number {
  return tubes.findIndex(isAlike);
}

/** Which items are among the first of their gate. */
function topRows(items: readonly Item[], top: number): readonly boolean[] {
  const seen = new Map<string, number>();
  return items.map(({ panel, sample }) => {
    const key = `${panel}\n${sample.population}`;
    const rank = seen.get(key) ?? 0;
    seen.set(key, rank + 1);
    return rank < top;
  });
}

/**
 * How many events stand behind a sampled one. Of all events of a file only that is said, to two digits: their number stands
 * in the file's keywords, by which somebody might know it.
 */
function shownParent({ parentCount, parent }: GateSample, shown: number): { parent: number | null; factor: number } {
  const factor = shown === 0 ? 1 : parentCount / shown;
  return parent === 'root' ? { parent: null, factor: Number(factor.toPrecision(2)) } : { parent: parentCount, factor };
}

function gatesOf(book: PlacementBook, panel: number, items: readonly Item[]) {
  return book.gates.flatMap(({ population, parent, method }) => {
    const own = items.filter((item) => item.panel === panel && item.sample.population === population);
    const [first] = own;
    if (first === undefined) return [];
    const samples = own.map(({ sample }) => sample);
    return [{ panel, population, parent, method, ranges: rangesOf(samples), ghost: ghostOf(samples) }];
  });
}

/** Where the study's tubes have each edge: the median, drawn behind the tube's own. */
function ghostOf(samples: readonly GateSample[]): Readonly<Record<string, number>> {
  const places = new Map<string, number[]>();
  for (const { edges } of samples) {
    for (const { handle, at } of edges) places.set(handle, [...(places.get(handle) ?? []), at]);
  }
  return Object.fromEntries(
    [...places].map(([handle, list]) => [handle, list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!]),
  );
}

function markersOf(scales: readonly BookScale[]): Readonly<Record<string, number>> {
  return Object.fromEntries(scales.map(({ marker, u_cofactor }) => [marker, u_cofactor]));
}
