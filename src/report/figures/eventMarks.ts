import type { SubjectCourse } from '../courses.ts';
import { type Html, html } from '../html.ts';
import type { ReportEvent } from '../reportInput.ts';
import { at, fitted, ink, textLines, textWidth } from './paper.ts';
import type { PatientLook, Plane } from './patientLines.ts';
import type { Area } from './plotFrame.ts';

/** Where a day of the study lies, in points; undefined outside the axis. */
export type DayPlace = (day: number) => number | undefined;

/** What the marks are drawn on. */
export interface EventGround {
  readonly area: Area;
  readonly plane: Plane;
  readonly look: PatientLook;
  readonly placeOf: DayPlace;
}

/** An event of all patients is a line over the whole height with its name. */
export function studyEventLines(events: readonly ReportEvent[], { area, placeOf }: EventGround): Html | null {
  let end = Number.NEGATIVE_INFINITY;
  let row = 0;
  const common = events.filter(({ subject }) => subject === null).sort((a, b) => a.day - b.day);
  const lines = common.flatMap(({ day, label }) => {
    const x = placeOf(day);
    if (x === undefined) return [];
    // Names that would touch stand below each other.
    row = x + 2 < end ? row + 1 : 0;
    end = x + 2 + textWidth(label);
    const words = html`<text x="${at(x + 2)}" y="${at(area.top + 6.5 + 7.5 * row)}" fill="${ink.soft}" stroke="#fff" stroke-width="2" paint-order="stroke">${label}</text>`;
    return [
      html`<path d="M${at(x)} ${area.top}V${area.bottom}" stroke="${ink.soft}" stroke-width=".7" stroke-dasharray="4 1.5 1 1.5"/>${words}`,
    ];
  });
  return lines.length === 0 ? null : html`<g class="f-events">${lines}</g>`;
}

/** An event of one patient is a wedge on the patient's line at its day, with a letter that stands for what happened. */
export function patientEventMarks(
  events: readonly ReportEvent[],
  subjects: readonly SubjectCourse[],
  ground: EventGround,
): Html | null {
  const letters = lettersOf(events);
  const marks = events.flatMap((event) => {
    const course = subjects.find(({ subject }) => subject === event.subject);
    const x = ground.placeOf(event.day);
    if (course === undefined || x === undefined) return [];
    const y = heightAt(x, course, ground);
    const letter = letters.get(event.label) ?? '';
    const who = `${event.subject ?? ''}, day ${event.day}: ${event.label}`;
    return [
      html`<g data-s="${ground.look.numberOf(course.subject)}"><title>${who}</title><path class="f-wedge" d="M${at(x)} ${at(y - 1)}l-2.6 -5h5.2z" fill="${ink.text}" stroke="#fff" stroke-width=".5"/><text x="${at(x)}" y="${at(y - 7.5)}" text-anchor="middle" fill="${ink.text}" stroke="#fff" stroke-width="2" paint-order="stroke">${letter}</text></g>`,
    ];
  });
  return marks.length === 0 ? null : html`<g class="f-events">${marks}</g>`;
}

/** Events of single patients that the lines below a figure have room to name one by one. */
const MOST_TOLD = 8;

/** What the letters mean, and what lies outside the axis, in lines of the figure's width. */
export function eventLines(
  events: readonly ReportEvent[],
  subjects: readonly SubjectCourse[],
  { placeOf, width }: { readonly placeOf: DayPlace; readonly width: number },
): readonly string[] {
  const drawn = new Set(subjects.map(({ subject }) => subject));
  const own = events.filter(({ subject }) => subject === null || drawn.has(subject));
  const single = own.filter(({ subject }) => subject !== null);
  const parts = [...lettersOf(own)].map(([label, letter]) => {
    const whose = single.filter((one) => one.label === label).map(({ subject, day }) => `${subject} day ${day}`);
    return `${letter} ${label}${single.length > MOST_TOLD ? '' : ` (${whose.join(', ')})`}`;
  });
  const beyond = own
    .filter(({ day }) => placeOf(day) === undefined)
    .map(({ subject, day, label }) => `${label}${subject === null ? '' : ` of ${subject}`} on day ${day}`);
  const sentences = [parts.join(', '), beyond.length === 0 ? '' : `outside the axis: ${beyond.join(', ')}`];
  return sentences
    .filter((one) => one !== '')
    .flatMap((one) => textLines(one, width).map((line) => fitted(line, width)));
}

/** A letter for each thing that happened to single patients, in the order of the study. */
function lettersOf(events: readonly ReportEvent[]): ReadonlyMap<string, string> {
  const labels = [...new Set(events.filter(({ subject }) => subject !== null).map(({ label }) => label))];
  return new Map(labels.map((label, i) => [label, i < 26 ? String.fromCharCode(97 + i) : String(i + 1)]));
}

/** On the line between the visits around it; before the first and after the last at the height of that one. */
function heightAt(x: number, { values }: SubjectCourse, { plane, look, area }: EventGround): number {
  const places = look.visits.flatMap((visit) => {
    const value = values.get(visit);
    return value === undefined ? [] : [{ x: plane.x(visit), y: plane.y(value) }];
  });
  const after = places.findIndex((place) => place.x >= x);
  const [from, to] = [places[after - 1], places[after]];
  if (from === undefined || to === undefined) return (to ?? places.at(-1))?.y ?? area.bottom;
  return from.y + ((to.y - from.y) * (x - from.x)) / (to.x - from.x || 1);
}
