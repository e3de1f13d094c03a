import { makeScale, type ScaleSpec } from '../scale/index.ts';
import type { Axis } from './axis.ts';
import type { BookScale, TubeBook } from './book.ts';
import type { Picture, PictureAxis } from './counts.ts';
import { cutSteps } from './cutSteps.ts';
import type { EventIndex, Events } from './events.ts';
import type { GateContext } from './gateContext.ts';
import { type Geometry, kindOf } from './geometries/registry.ts';
import { members } from './members.ts';
import { scaleSpecOf, uScale } from './scales.ts';

/** Bins along each side of a picture: fine enough to see a ridge, small enough for a report of a study. */
export const BINS = 64;

/**
 * Densities of every gate that looks at markers, one for each step of it; boolean gates have none. A later step shows what
 * the ones before it kept, as on a row of plots.
 */
export function drawPictures(book: TubeBook, context: GateContext): readonly Picture[] {
  return book.gates.flatMap((gate) => gatePictures(gate, book, context));
}

function gatePictures(gate: TubeBook['gates'][number], book: TubeBook, context: GateContext): Picture[] {
  const pictures: Picture[] = [];
  let before = context.population(gate.parent);
  for (const step of cutSteps(gate.geometry)) {
    const axes = planeOf(step, book);
    const after = before === null ? null : members(step, context, before);
    if (before === null || after === null || axes === undefined) break;
    const [x, y] = axes;
    const { population, parent } = gate;
    const grid = (index: EventIndex) => density(context.events, x, y, index);
    pictures.push({ population, parent, x, y, bins: BINS, density: grid(before), inside: grid(after) });
    before = after;
  }
  return pictures;
}

/** The axes that a geometry looks at, each once, in order. */
export function axesOf(geometry: Geometry): readonly Axis[] {
  return kindOf(geometry).axes(geometry);
}

/** Where a gate is drawn; undefined for one without axes of its own. */
export function planeOf(geometry: Geometry, book: TubeBook): readonly [PictureAxis, PictureAxis] | undefined {
  const axes = axesOf(geometry);
  const [first, second] = axes;
  if (!first) return undefined;
  const x = pictureAxis(first, geometry, book.scales);
  if (second) return [x, pictureAxis(second, geometry, book.scales)];
  const partner = partnerOf(first, book);
  return partner ? [x, partner] : [x, x];
}

/** A gate on one marker is drawn against side scatter, which every tube has, or against the first other marker. */
function partnerOf(axis: Axis, book: TubeBook): PictureAxis | undefined {
  const entry =
    book.scales.find((s) => s.marker === 'SSC-A' && s.marker !== axis.marker) ??
    book.scales.find((s) => s.marker !== axis.marker);
  if (!entry) return undefined;
  const channel = channelIn(book, entry.marker) ?? entry.channel;
  return axisOn(entry, channel, isLinear(entry) ? scaleSpecOf(entry) : uScale(entry.u_cofactor));
}

function channelIn(book: TubeBook, marker: string): string | undefined {
  for (const gate of book.gates) {
    const axis = axesOf(gate.geometry).find((a) => a.marker === marker);
    if (axis) return axis.channel;
  }
  return undefined;
}

/** Gates with raw edges may be drawn on any scale; the others only where their edges are straight. */
function pictureAxis(axis: Axis, geometry: Geometry, scales: readonly BookScale[]): PictureAxis {
  const entry = scales.find((s) => s.marker === axis.marker);
  if (!entry) throw new Error(`the book holds no scale for marker "${axis.marker}"`);
  const onRawEdges = !kindOf(geometry).needsOwnFrame(geometry, axis.marker);
  if (isLinear(entry) && (onRawEdges || axis.frame !== 'u')) return axisOn(entry, axis.channel, scaleSpecOf(entry));
  if (axis.frame === 'scale') return axisOn(entry, axis.channel, scaleSpecOf(entry));
  if (axis.frame === 'raw' && !onRawEdges)
    return axisOn(entry, axis.channel, { kind: 'linear', T: rangeOf(entry), A: 0 });
  return axisOn(entry, axis.channel, uScale(entry.u_cofactor));
}

function isLinear(entry: BookScale): boolean {
  return entry.kind === 'linear';
}

/** Range of the marker's channel, from the cofactor of u, which is 150 at a range of 262144. */
function rangeOf(entry: BookScale): number {
  return (entry.u_cofactor * 262144) / 150;
}

function axisOn(entry: BookScale, channel: string, spec: ScaleSpec): PictureAxis {
  const scale = makeScale(spec);
  // Below zero as far as noise usually reaches: a hundredth of the range on arcsinh and logicle, nothing on linear axes.
  const range = rangeOf(entry);
  const from = spec.kind === 'linear' ? 0 : scale.forward(spec.kind === 'log' ? range / 1e5 : -range / 250);
  return { marker: entry.marker, channel, scale: spec, from, to: scale.forward(range) };
}

function density(events: Events, x: PictureAxis, y: PictureAxis, index: EventIndex): Uint32Array {
  const columns = bins(events, x, index);
  const rows = bins(events, y, index);
  const grid = new Uint32Array(BINS * BINS);
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i]!;
    const row = rows[i]!;
    if (column < BINS && row < BINS) grid[row * BINS + column]!++;
  }
  return grid;
}

/** Bin of each event; 255 for a value that is no number. */
function bins(events: Events, axis: PictureAxis, index: EventIndex): Uint8Array {
  const values = events.values({ name: axis.channel, scale: makeScale(axis.scale) }, index);
  const out = new Uint8Array(values.length);
  const perUnit = BINS / (axis.to - axis.from);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor((values[i]! - axis.from) * perUnit);
    out[i] = Number.isNaN(bin) ? 255 : Math.min(BINS - 1, Math.max(0, bin));
  }
  return out;
}
