import type { VisitRow } from '../../analysis/index.ts';
import type { Course, Direction } from '../courses.ts';
import { type Html, html } from '../html.ts';
import { lastName, measureText } from '../populationName.ts';
import type { ReportEvent, ReportInput } from '../reportInput.ts';
import { type DayPlace, type EventGround, eventLines, patientEventMarks, studyEventLines } from './eventMarks.ts';
import { at, fitted, ink, paper, textLines } from './paper.ts';
import { looks, type PatientLook, type Plane, patientLines, patientNames } from './patientLines.ts';
import { type Area, valueAxis, visitAxis } from './plotFrame.ts';
import { type ValueScale, valueScale } from './valueScale.ts';
import { visitScale } from './visitScale.ts';

/** What a figure of an endpoint is drawn from. */
export interface FigureFacts {
  readonly course: Course;
  /** n, effect, interval and p in words; empty where nothing was tested. */
  readonly words: string;
  readonly visits: ReportInput['visits'];
  readonly events: readonly ReportEvent[];
  /** Rows of visits.csv of this endpoint. */
  readonly visitRows: readonly VisitRow[];
  readonly numberOf: (subject: string) => number;
}

/** Beyond so many patients names would fill the figure: lines become thin, median and quartiles carry it. */
const MOST_NAMED = 15;

const size = { width: 241, height: 184 } as const;
const pairSize = { width: 150, height: 184 } as const;

/** One endpoint over all visits, one line a patient, visits to scale of time where the study gives their days. */
export function courseFigure(facts: FigureFacts): string {
  const { course, visits, events } = facts;
  const area: Area = { left: 30, right: 196, top: 48, bottom: 150 };
  const scale = scaleOf(course);
  const time = visitScale(visits);
  const ids = visits.map(({ id }) => id);
  const plane = planeOf(area, scale, time.place, 5);
  const isMany = course.subjects.length > MOST_NAMED;
  const look: PatientLook = { visits: ids, isLog: scale.isLog, isMany, numberOf: facts.numberOf };
  const placeOf: DayPlace = (day) => {
    const place = time.placeOfDay(day);
    return place === undefined ? undefined : area.left + 5 + place * (area.right - area.left - 10);
  };
  const ground: EventGround = { area, plane, look, placeOf };
  const told = eventLines(events, course.subjects, { placeOf, width: size.width - 8 });
  const body = html`${heading(facts, size.width)}${compared(course, plane, area)}${valueAxis(area, scale, axisName(course, scale))}
${visitAxis(area, plane, ids, time.isTime ? 'days to scale' : '')}${studyEventLines(events, ground)}${isMany ? null : medianBars(facts, plane)}${patientLines(course.subjects, plane, look)}
${isMany ? quartiles(facts, plane) : patientNames(course.subjects, plane, look, size.width)}${patientEventMarks(events, course.subjects, ground)}${legend(course, isMany ? manyWords : fewWords)}${told.map(
  (line, i) => html`<text class="f-told" x="4" y="${at(186.5 + 8 * i)}" fill="${ink.soft}">${line}</text>`,
)}`;
  return paper({ ...size, height: size.height + 8 * told.length }, courseInWords(course), body, 'fig course');
}

/** The two visits that were compared, one line a patient. */
export function pairFigure(facts: FigureFacts): string {
  const { course } = facts;
  const area: Area = { left: 30, right: 108, top: 48, bottom: 150 };
  const scale = scaleOf(course);
  const ids = [course.visitFrom, course.visitTo];
  const plane = planeOf(area, scale, (visit) => (visit === course.visitFrom ? 0 : 1), 12);
  const isMany = course.subjects.length > MOST_NAMED;
  const look: PatientLook = { visits: ids, isLog: scale.isLog, isMany, numberOf: facts.numberOf };
  const subjects = course.subjects.map((one) => ({ ...one, values: only(one.values, ids) }));
  const two = { ...facts, visits: ids.map((id) => ({ id, label: id })) };
  const body = html`${heading(facts, pairSize.width)}${valueAxis(area, scale, axisName(course, scale))}${visitAxis(area, plane, ids, '')}
${isMany ? null : medianBars(two, plane)}${patientLines(subjects, plane, look)}${isMany ? quartiles(two, plane) : patientNames(subjects, plane, look, pairSize.width)}${legend(course, '')}`;
  return paper(pairSize, `${courseInWords(course)}; these two visits`, body, 'fig pair');
}

function only(values: ReadonlyMap<string, number>, ids: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...values].filter(([visit]) => ids.includes(visit)));
}

function scaleOf(course: Course): ValueScale {
  const values = course.subjects.flatMap((subject) => [...subject.values.values()]);
  return valueScale(values, course.scale === 'log-ratio');
}

function planeOf(area: Area, scale: ValueScale, place: (visit: string) => number, margin: number): Plane {
  const width = area.right - area.left - 2 * margin;
  return {
    top: area.top,
    bottom: area.bottom,
    x: (visit) => area.left + margin + place(visit) * width,
    y: (value) => area.bottom - scale.place(value) * (area.bottom - area.top),
  };
}

function axisName({ measure }: Course, { isLog }: ValueScale): string {
  return `${measureText(measure)}, ${isLog ? 'logarithmic' : 'linear'}`;
}

function heading({ course, words }: FigureFacts, width: number): Html {
  const title = fitted(lastName(course.population), width - 12, 8.5);
  const lines = textLines(words, width - 8).slice(0, 3);
  return html`<text class="f-title" x="4" y="9.5" font-size="8.5" font-weight="bold" fill="${ink.text}">${title}</text>${lines.map(
    (line, i) => html`<text class="f-facts" x="4" y="${at(18 + i * 7.6)}" fill="${ink.soft}">${line}</text>`,
  )}`;
}

/** A band behind the two visits that were compared. */
function compared(course: Course, plane: Plane, { top, bottom }: Area): Html {
  const [from, to] = [plane.x(course.visitFrom), plane.x(course.visitTo)];
  return html`<path class="f-band" d="M${at(from)} ${top}H${at(to)}V${bottom}H${at(from)}z" fill="${ink.band}"/>`;
}

function medianBars({ course, visits }: FigureFacts, plane: Plane): Html {
  const bars = visits.flatMap(({ id }) => {
    const median = course.medians.get(id);
    return median === undefined ? [] : [html`<path d="M${at(plane.x(id) - 5)} ${at(plane.y(median))}h10"/>`];
  });
  return html`<g class="f-median" stroke="${ink.quiet}" stroke-width="2.4" stroke-opacity=".55">${bars}</g>`;
}

/** Median and quartiles of every visit, as visits.csv has them. */
function quartiles({ visits, visitRows }: FigureFacts, plane: Plane): Html | null {
  const rows = visits.flatMap(({ id }) => {
    const row = visitRows.find((one) => one.visit === id);
    if (row === undefined || row.median_pct === null || row.q1_pct === null || row.q3_pct === null) return [];
    return [{ x: at(plane.x(id)), middle: row.median_pct, low: row.q1_pct, high: row.q3_pct }];
  });
  if (rows.length === 0) return null;
  const bars = rows.map(({ x, low, high }) => html`<path d="M${x} ${at(plane.y(low))}V${at(plane.y(high))}"/>`);
  const line = rows.map(({ x, middle }, i) => `${i === 0 ? 'M' : 'L'}${x} ${at(plane.y(middle))}`).join('');
  return html`<g class="quartiles" stroke="${ink.text}" fill="none"><g stroke-width="3.4" stroke-opacity=".55">${bars}</g><path d="${line}" stroke-width="1.6"/></g>`;
}

const kinds: readonly (readonly [Direction | 'unpaired', string])[] = [
  ['up', 'up'],
  ['down', 'down'],
  ['level', 'level'],
  ['unpaired', 'no pair'],
];

// Below the figure, behind the lines that it holds.
const fewWords = 'bars: medians; thin dots: missed visit';
const manyWords = 'dark: median, quartiles';

function legend({ subjects }: Course, more: string): Html {
  let x = 4;
  const parts = kinds.flatMap(([kind, word]) => {
    const count = subjects.filter((one) => (one.direction ?? 'unpaired') === kind).length;
    if (count === 0) return [];
    const { stroke, dash } = looks[kind];
    const from = x;
    const text = `${word} ${count}`;
    x += 19 + text.length * 3.9;
    return [
      html`<g class="${kind}" stroke="${stroke}"><path d="M${at(from)} 176h12" stroke-width="1.4"${dash === '' ? null : html` stroke-dasharray="${dash}"`}/></g><text x="${at(from + 15)}" y="178.4" fill="${ink.soft}">${text}</text>`,
    ];
  });
  return html`<g class="f-legend">${parts}<text x="${at(x)}" y="178.4" fill="${ink.soft}">${more}</text></g>`;
}

function courseInWords(course: Course): string {
  const count = (direction: Direction): number => course.subjects.filter((one) => one.direction === direction).length;
  const moves = `${count('up')} up, ${count('down')} down from ${course.visitFrom} to ${course.visitTo}`;
  return `${lastName(course.population)}, ${measureText(course.measure)}, by visit, one line a patient: ${moves}`;
}
