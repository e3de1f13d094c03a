import type { Markish } from '@observablehq/plot';
import { ticks } from 'd3-array';
import { type Course, courses, type Direction, type SubjectCourse } from './courses.ts';
import { drawing } from './drawing.ts';
import { lastName, measureText } from './populationName.ts';
import type { ReportInput } from './reportInput.ts';
import { spreadLabels } from './spreadLabels.ts';
import { tidySvg } from './tidySvg.ts';

/** A figure as a file of its own. */
interface Figure {
  /** Name under figures/: its number in the order of the comparisons, population and measure. */
  readonly fileName: string;
  readonly endpoint: string;
  readonly panel: string | null;
  readonly svg: string;
}

/** The page shows the figures that lie beside it as files: they are drawn once for both. */
const drawn = new WeakMap<ReportInput, readonly Figure[]>();

/** The paired-line figures of a run, one an endpoint, in the order of the comparisons. */
export function pairedFigures(input: ReportInput): readonly Figure[] {
  const figures = drawn.get(input) ?? drawFigures(input);
  drawn.set(input, figures);
  return figures;
}

function drawFigures(input: ReportInput): readonly Figure[] {
  const visits = input.visits.map((visit) => visit.id);
  return courses(input).map((course, i) => {
    const panel = course.panel === null ? '' : `${course.panel}-`;
    const name = `${panel}${lastName(course.population)}-${course.measure}`.replace(/[^A-Za-z0-9._+-]/g, '_');
    const fileName = `course-${String(i + 1).padStart(2, '0')}-${name}.svg`;
    return { fileName, endpoint: course.endpoint, panel: course.panel, svg: pairedLines(course, visits) };
  });
}

interface Mark {
  readonly subject: string;
  readonly visit: string;
  /** null: no usable value at this visit, so the line has a gap. */
  readonly shown: number | null;
  readonly isZero: boolean;
  readonly direction: Direction | 'unpaired';
}

const size = { width: 380, height: 250, marginTop: 26, marginBottom: 30, marginLeft: 46, marginRight: 64 } as const;
// Readable on white and on black, told apart without colour vision by lightness, and by dashes besides.
const looks = {
  up: { stroke: '#0e8a99', dash: 'none' },
  down: { stroke: '#c2581a', dash: '5 3' },
  level: { stroke: '#7d8590', dash: 'none' },
  unpaired: { stroke: '#7d8590', dash: '1 3' },
} as const;
const medianColour = '#7d8590';
// A short bar at the height of the median: a symbol that Plot's dots do not bring along.
const bar = {
  draw(context: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void }): void {
    context.moveTo(-11, 0);
    context.lineTo(11, 0);
  },
};

/**
 * One endpoint, one line a subject over all visits. A line's colour is the direction of the subject's pair; a visit without
 * a usable value is a gap. A zero cannot stand on a logarithmic axis: it is drawn hollow on the floor.
 */
function pairedLines(course: Course, visits: readonly string[]): string {
  const { Plot, parseHTML } = drawing();
  const isLog = course.scale === 'log-ratio';
  const domain = domainOf(course, isLog);
  const marks = course.subjects.flatMap((subject) => marksOf(subject, visits, isLog ? domain[0] : undefined));
  const lines = (['unpaired', 'level', 'down', 'up'] as const).flatMap((direction) => linesOf(marks, direction));
  const medians = visits.flatMap((visit) => {
    const median = course.medians.get(visit);
    return median === undefined || (isLog && median <= 0) ? [] : [{ visit, median }];
  });
  const svg = Plot.plot({
    ...size,
    document: parseHTML('<!doctype html><html><body></body></html>').document as never,
    className: 'course',
    x: { type: 'point', domain: visits, label: null, padding: 0.35 },
    y: {
      type: isLog ? 'log' : 'linear',
      domain,
      grid: true,
      label: `${lastName(course.population)}, ${measureText(course.measure)}`,
      labelArrow: 'none',
      ...(isLog ? { ticks: logTicks(domain), tickFormat: String } : { ticks: 5 }),
    },
    marks: [
      Plot.dot(medians, {
        x: 'visit',
        y: 'median',
        symbol: bar,
        stroke: medianColour,
        strokeWidth: 5,
        strokeOpacity: 0.55,
        className: 'median',
      }),
      ...lines,
      ...labelsOf(course, visits, marks, domain, isLog),
    ],
  });
  return tidySvg(svg, courseInWords(course));
}

function marksOf(
  { subject, values, direction }: SubjectCourse,
  visits: readonly string[],
  floor: number | undefined,
): Mark[] {
  return visits.map((visit) => {
    const value = values.get(visit) ?? null;
    const isZero = value === 0;
    const shown = isZero && floor !== undefined ? floor : value;
    return { subject, visit, shown, isZero, direction: direction ?? 'unpaired' };
  });
}

function linesOf(marks: readonly Mark[], direction: Mark['direction']): Markish[] {
  const own = marks.filter((mark) => mark.direction === direction);
  const dots = own.filter((mark) => mark.shown !== null);
  if (dots.length === 0) return [];
  const { Plot } = drawing();
  const { stroke, dash } = looks[direction];
  const place = { x: 'visit', y: 'shown', className: direction };
  const filled = dots.filter((mark) => !mark.isZero);
  const hollow = dots.filter((mark) => mark.isZero);
  return [
    Plot.line(own, { ...place, z: 'subject', stroke, strokeDasharray: dash, strokeWidth: 1.5, title: 'subject' }),
    Plot.dot(filled, { ...place, r: 2.6, fill: stroke, title: 'subject' }),
    Plot.dot(hollow, { ...place, r: 3, stroke, fill: 'none', title: 'subject' }),
  ];
}

/** The name of each subject beside its last value, moved apart where they would touch. */
function labelsOf(
  course: Course,
  visits: readonly string[],
  marks: readonly Mark[],
  domain: readonly [number, number],
  isLog: boolean,
): Markish[] {
  const last = course.subjects.flatMap(({ subject }) =>
    marks.filter((mark) => mark.subject === subject && mark.shown !== null).slice(-1),
  );
  const { Plot } = drawing();
  const step = (size.width - size.marginLeft - size.marginRight) / (visits.length - 1 + 0.7);
  return visits.flatMap((visit) => {
    const own = last.filter((mark) => mark.visit === visit);
    const wanted = own.map((mark) => heightOf(mark.shown ?? 0, domain, isLog));
    const placed = spreadLabels(wanted, { gap: 10, from: size.marginTop, to: size.height - size.marginBottom });
    // Beside a last visit there is room for a name; before another visit only as much as lies between two.
    const longest = visit === visits.at(-1) ? 11 : Math.max(3, Math.floor((step - 14) / 5.5));
    return own.map((mark, i) =>
      Plot.text([mark], {
        x: 'visit',
        y: 'shown',
        text: () => short(mark.subject, longest),
        dx: 7,
        dy: placed[i]! - wanted[i]!,
        textAnchor: 'start',
        fontSize: 9,
        className: 'who',
      }),
    );
  });
}

function heightOf(value: number, [low, high]: readonly [number, number], isLog: boolean): number {
  const share = isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return size.height - size.marginBottom - share * (size.height - size.marginTop - size.marginBottom);
}

function domainOf(course: Course, isLog: boolean): readonly [number, number] {
  const values = course.subjects.flatMap((subject) => [...subject.values.values()]);
  const most = Math.max(...values);
  if (!isLog) return most === 0 ? [0, 1] : [0, most * 1.05];
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return [0.01, 1];
  // Room below for the zeros, a half of the least value; never less than a factor of two in all, so small moves look small.
  const floor = Math.min(...positive) / (values.includes(0) ? 2 : 1.12);
  const wanting = Math.max(1, 2 / (most / floor));
  return [floor / Math.sqrt(wanting), most * 1.12 * Math.sqrt(wanting)];
}

/** Round values: 1, 2, 5 of each decade, only the decades where those would be too many, and steps within one decade. */
function logTicks([low, high]: readonly [number, number]): number[] {
  const decades = Math.log10(high / low);
  // Within one decade too few of them fall inside, and evenly spaced values read as well.
  if (decades < 1.1) return ticks(low, high, 4);
  const factors = decades > 2.5 ? [1] : [1, 2, 5];
  const all: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); exponent <= Math.ceil(Math.log10(high)); exponent++) {
    for (const factor of factors) all.push(Number(`${factor}e${exponent}`));
  }
  return all.filter((value) => value >= low && value <= high);
}

function courseInWords(course: Course): string {
  const count = (direction: Direction): number => course.subjects.filter((one) => one.direction === direction).length;
  const moves = `${count('up')} up, ${count('down')} down from ${course.visitFrom} to ${course.visitTo}`;
  return `${lastName(course.population)}, ${measureText(course.measure)}, by visit, one line a patient: ${moves}`;
}

function short(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
