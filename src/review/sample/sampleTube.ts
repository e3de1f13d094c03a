import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import {
  type EventIndex,
  type Events,
  handlesOf,
  kindOf,
  members,
  type TubeBook,
  treeContext,
  uScale,
} from '../../gating/index.ts';
import { makeScale } from '../../scale/index.ts';
import { sha256 } from '../../tables/index.ts';
import { gateDoubt } from './gateDoubt.ts';
import { type PageEdge, type PageGate, pageGate } from './pageGate.ts';
import { type GateSample, type ReviewRequest, STEP, type TubeReview, type TubeSight } from './tubeReview.ts';

/** Events of a parent that the page holds: with so many a share is known within a percent or two. */
const MOST_EVENTS = 4000;
/** Events on which doubt and leverage are reckoned: more of them change no rank. */
const DOUBT_EVENTS = 8000;
const SMALLEST = -32768;
const LARGEST = 32767;

/**
 * Of every gate of one tube the events of its parent in the gate's axes: all of them where they are few, else a seeded
 * sample. Gates without a place, and combinations, whose operands are looked at instead, are left out.
 */
export function sampleTube(events: Events, book: TubeBook, request: ReviewRequest): TubeReview {
  const context = treeContext(events, book);
  const gates = book.gates.flatMap((gate): GateSample[] => {
    const parent = context.population(gate.parent);
    const { kind } = gate.geometry;
    if (parent === null || kind === 'none' || kind === 'boolean') return [];
    const index = indicesOf(parent, events.count);
    const name = `${book.sampleId}\n${gate.population}`;
    const shown = sampleOf(index, MOST_EVENTS, name);
    const doubt = gateDoubt(gate, sampleOf(index, DOUBT_EVENTS, name), { context, book, request });
    return [{ ...gateSample(gate, shown, { context, book, request }), parentCount: index.length, ...doubt }];
  });
  return { sampleId: book.sampleId, gates };
}

function gateSample(
  { population, parent, geometry }: TubeBook['gates'][number],
  shown: Uint32Array,
  { context, book, request }: TubeSight,
) {
  const { edges, shaped, fixed, outlines } = pageGate(geometry, book.scales);
  const valuesOf = (marker: string, frame: 'u' | 'raw') => {
    const entry = book.scales.find((scale) => scale.marker === marker);
    const scale = frame === 'raw' || entry === undefined ? undefined : makeScale(uScale(entry.u_cofactor));
    return context.events.values({ name: request.channels[marker] ?? '', scale }, shown);
  };
  const cut = edges.map((edge) => ({ ...edge, column: edgeColumn(edge, valuesOf) }));
  const marked = new Set(cut.flatMap(({ markers, line }) => (line === undefined ? markers : [])));
  const looked = kindOf(geometry)
    .axes(geometry)
    .map(({ marker }) => marker);
  const uncut = [...new Set([...looked, ...partnerOf(looked, book, request)])].filter((marker) => !marked.has(marker));
  return {
    population,
    parent,
    edges: cut,
    axes: uncut.map((marker) => ({ marker, column: stepsOf(valuesOf(marker, 'u'), 0) })),
    outlines,
    marks: marksOf({ shaped, fixed }, population, shown, { context, book, request }),
    handles: handlesOf(geometry),
  };
}

/** A gate that looks at an odd number of markers is drawn against side scatter, or against the first other marker. */
function partnerOf(looked: readonly string[], { scales }: TubeBook, { channels }: ReviewRequest): readonly string[] {
  if (looked.length % 2 === 0) return [];
  const others = scales
    .map(({ marker }) => marker)
    .filter((marker) => channels[marker] !== undefined && !looked.includes(marker));
  const found = others.find((marker) => marker === 'SSC-A') ?? others[0];
  return found === undefined ? [] : [found];
}

function edgeColumn(edge: PageEdge, valuesOf: (marker: string, frame: 'u' | 'raw') => Float64Array): Int16Array {
  const [first = '', second = ''] = edge.markers;
  if (edge.line === undefined) {
    const column = stepsOf(valuesOf(first, 'u'), edge.at);
    const raw = valuesOf(first, 'raw');
    // Which side of the edge as placed is decided in linear units, as in counting: a last bit of u decides nothing.
    for (let i = 0; i < column.length; i++) {
      column[i] = raw[i]! >= edge.raw! ? Math.max(0, column[i]!) : Math.min(-1, column[i]!);
    }
    return column;
  }
  const { origin, direction } = edge.line;
  const [x, y] = [valuesOf(first, 'u'), valuesOf(second, 'u')];
  const along = Float64Array.from(x, (at, i) => (at - origin[0]) * direction[0] + (y[i]! - origin[1]) * direction[1]);
  return stepsOf(along, edge.at);
}

/** Whole steps from a coordinate, rounded down; a value that is no number lies below everything. */
function stepsOf(values: Float64Array, from: number): Int16Array {
  const column = new Int16Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const steps = Math.floor((values[i]! - from) / STEP);
    column[i] = Number.isNaN(steps) ? SMALLEST : Math.min(LARGEST, Math.max(SMALLEST, steps));
  }
  return column;
}

function marksOf(
  { shaped, fixed }: Pick<PageGate, 'shaped' | 'fixed'>,
  population: string,
  shown: Uint32Array,
  { context, request }: TubeSight,
): Uint8Array {
  const marks = new Uint8Array(shown.length);
  const still = members({ kind: 'all', of: fixed }, context, shown);
  mark(marks, shown, still, 4);
  mark(marks, shown, still === null ? null : members({ kind: 'all', of: shaped }, context, still), 1);
  for (const target of request.targets) {
    if (target.population !== population && !target.population.startsWith(`${population}/`)) continue;
    mark(marks, shown, context.population(target.population), 2);
  }
  return marks;
}

/** Sets a bit of those events that are also in the other list; both ascend. */
function mark(marks: Uint8Array, shown: Uint32Array, inside: EventIndex | null, bit: number): void {
  if (inside === null) return;
  if (inside === 'all') {
    for (let i = 0; i < marks.length; i++) marks[i]! |= bit;
    return;
  }
  let next = 0;
  for (let i = 0; i < shown.length; i++) {
    while (next < inside.length && inside[next]! < shown[i]!) next++;
    if (inside[next] === shown[i]) marks[i]! |= bit;
  }
}

function indicesOf(parent: EventIndex, eventCount: number): Uint32Array {
  return parent === 'all' ? Uint32Array.from({ length: eventCount }, (_, i) => i) : parent;
}

/** So many of the events, each as likely as the others, ascending; decided by a name alone (Knuth, algorithm S). */
function sampleOf(index: Uint32Array, most: number, name: string): Uint32Array {
  if (index.length <= most) return index;
  const hash = sha256(name);
  const words = [0, 8, 16, 24].map((at) => Number.parseInt(hash.slice(at, at + 8), 16) | 0);
  const generator = xoroshiro128plusFromState(words);
  const kept = new Uint32Array(most);
  let taken = 0;
  for (let i = 0; i < index.length && taken < most; i++) {
    const uniform = ((generator.next() >>> 0) + 0.5) / 4294967296;
    if (uniform * (index.length - i) < most - taken) kept[taken++] = index[i]!;
  }
  return kept;
}
