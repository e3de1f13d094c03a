import { streamFor } from '../../samples/random.ts';
import type { BookTubeGate, PlacementBook } from '../../src/gating/index.ts';
import type { PlacedStudy, PlaceWishes } from '../../src/placement/tools.ts';
import {
  type PlacementTube,
  placementRegistry,
  placeStudy,
  surveyTube,
  type TubeSurvey,
} from '../../src/placement/tools.ts';
import { printProblem } from '../../src/problems/index.ts';
import { readTemplate, type Template } from '../../src/template/index.ts';
import { memoryEvents } from '../gating/memoryEvents.ts';

/** A tube as placing sees it: its survey, and its place in the study. */
export interface StudyTube {
  readonly survey: TubeSurvey;
  readonly tube: PlacementTube;
}

/** Values by marker: linear, or in u where made by `fromU`. */
export type MarkerValues = Readonly<Record<string, readonly number[]>>;

/** A template of some markers and the given lines under `populations:`, each an entry of the list. */
export function templateWith(markers: readonly string[], populations: readonly string[], more = ''): Template {
  const text = [
    'cytopair: 1',
    'template: test',
    'version: 1.0.0',
    'about: made for a test',
    `markers: { ${markers.map((marker) => `${marker}: { optional: true }`).join(', ')} }`,
    'compensation: none',
    more,
    'populations:',
    ...populations.map((line) => `  - ${line}`),
    '',
  ].join('\n');
  const reading = readTemplate({ file: 'test.yaml', text }, placementRegistry, () => undefined);
  if (!reading.value) throw new Error(reading.problems.map(printProblem).join('\n'));
  return reading.value;
}

/** Linear values of coordinates in u = arcsinh(x / 150), the frame of placement at an 18-bit range. */
export function fromU(values: readonly number[]): number[] {
  return values.map((u) => 150 * Math.sinh(u));
}

/** Normal numbers, the same for the same key. */
export function normals(key: number, count: number, mean: number, sd: number): number[] {
  const stream = streamFor(key, count);
  return Array.from({ length: count }, () => mean + sd * stream.normal());
}

/** Two modes of equal size on one marker; the lowest density lies midway. */
export function twoModes(key: number, count: number, low: number, high: number, sd = 0.4): number[] {
  const half = Math.floor(count / 2);
  return [...normals(key, half, low, sd), ...normals(key + 1000, count - half, high, sd)];
}

/** A tube of these linear values; its sample in order of a seed made from the id. */
export function studyTube(
  template: Template,
  sampleId: string,
  values: MarkerValues,
  place: Partial<PlacementTube> = {},
): StudyTube {
  const markers = Object.keys(values);
  const channel = (marker: string) => `${marker}-A`;
  const events = memoryEvents(Object.fromEntries(markers.map((marker) => [channel(marker), values[marker] ?? []])));
  const survey = surveyTube(events, template, {
    sampleId,
    fileSha256: Buffer.from(sampleId.padEnd(4, '0')).toString('hex'),
    channels: Object.fromEntries(markers.map((marker) => [marker, channel(marker)])),
    absent: template.markers.map(({ name }) => name).filter((name) => !markers.includes(name)),
    ranges: Object.fromEntries(markers.map((marker) => [marker, 262144])),
  });
  return { survey, tube: inStudy(sampleId, place) };
}

function inStudy(sampleId: string, place: Partial<PlacementTube> = {}): PlacementTube {
  return { sampleId, isInPool: true, role: 'sample', batch: '', subjectKey: sampleId, ...place };
}

export function placeAll(template: Template, tubes: readonly StudyTube[], wishes: PlaceWishes = {}): PlacedStudy {
  return placeStudy(
    template,
    'hash',
    tubes.map(({ survey }) => survey),
    tubes.map(({ tube }) => tube),
    wishes,
  );
}

/** What the book says of one gate in one tube. */
export function entryOf(book: PlacementBook, population: string, sampleId: string): BookTubeGate {
  const gate = book.gates.find((one) => one.population === population);
  const entry = gate?.tubes.find((one) => one.sample_id === sampleId);
  if (!entry) throw new Error(`no "${population}" of "${sampleId}" in the book`);
  return entry;
}

/** Every number of a value, wherever it stands in it. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}
