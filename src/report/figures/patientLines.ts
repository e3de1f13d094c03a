import type { Direction, SubjectCourse } from '../courses.ts';
import { type Html, html } from '../html.ts';
import { spreadLabels } from '../spreadLabels.ts';
import { at, fitted, ink } from './paper.ts';

/** The plane of a figure: where a visit and a value lie, in points. */
export interface Plane {
  readonly top: number;
  readonly bottom: number;
  x(visit: string): number;
  y(value: number): number;
}

/** How the patients of a figure are drawn. */
export interface PatientLook {
  readonly visits: readonly string[];
  /** A zero cannot stand on a logarithmic axis: it is drawn hollow on the floor. */
  readonly isLog: boolean;
  /** Many patients: thin lines without marks and names. */
  readonly isMany: boolean;
  /** Number of a patient over all figures of the page. */
  readonly numberOf: (subject: string) => number;
}

type Kind = Direction | 'unpaired';

/** Told apart by dashes and by the shape of the mark, not by colour alone. */
export const looks: Readonly<Record<Kind, { readonly stroke: string; readonly dash: string }>> = {
  up: { stroke: '#00677a', dash: '' },
  down: { stroke: '#d4781f', dash: '4 2' },
  level: { stroke: '#7d8590', dash: '' },
  unpaired: { stroke: '#7d8590', dash: '1 2' },
};

function kindOfLine({ direction }: Pick<SubjectCourse, 'direction'>): Kind {
  return direction ?? 'unpaired';
}

interface Place {
  readonly visit: string;
  readonly value: number;
  readonly x: number;
  readonly y: number;
}

/** One line a patient; over a visit without a usable value it goes on thin and dashed. */
export function patientLines(subjects: readonly SubjectCourse[], plane: Plane, look: PatientLook): Html {
  return html`${subjects.map((subject) => patientLine(subject, plane, look))}`;
}

function patientLine({ subject, values, direction }: SubjectCourse, plane: Plane, look: PatientLook): Html {
  const kind = kindOfLine({ direction });
  const { stroke, dash } = looks[kind];
  const places = placesOf(values, plane, look.visits);
  const pieces = places.slice(1).map((to, i) => ({ from: places[i]!, to, isBridge: isBridge(places[i]!, to, look) }));
  const whole = pathOf(pieces.filter(({ isBridge }) => !isBridge));
  const bridges = pathOf(pieces.filter(({ isBridge }) => isBridge));
  const width = look.isMany ? 0.5 : 1.1;
  const dashes = dash === '' ? null : html` stroke-dasharray="${dash}"`;
  const marks = look.isMany ? null : places.map((place) => mark(place, kind, look.isLog));
  return html`<g class="who ${kind}" data-s="${look.numberOf(subject)}" stroke="${stroke}" fill="none"${look.isMany ? html` stroke-opacity=".6"` : null}><title>${subject}</title>
${whole + bridges === '' ? null : html`<path class="hit" d="${whole}${bridges}" stroke-opacity="0" stroke-width="8"/>`}${whole === '' ? null : html`<path class="line" d="${whole}" stroke-width="${width}"${dashes}/>`}${bridges === '' ? null : html`<path class="bridge" d="${bridges}" stroke-width=".7" stroke-dasharray=".8 2.4"/>`}${marks}</g>`;
}

/** A chain of pieces; the pen is lifted only where one does not begin at the end of the last. */
function pathOf(pieces: readonly { readonly from: Place; readonly to: Place }[]): string {
  return pieces.map(({ from, to }, i) => `${pieces[i - 1]?.to === from ? '' : `M${xy(from)}`}L${xy(to)}`).join('');
}

function placesOf(values: ReadonlyMap<string, number>, plane: Plane, visits: readonly string[]): Place[] {
  return visits.flatMap((visit) => {
    const value = values.get(visit);
    return value === undefined ? [] : [{ visit, value, x: plane.x(visit), y: plane.y(value) }];
  });
}

function isBridge(from: Place, to: Place, { visits }: PatientLook): boolean {
  return visits.indexOf(to.visit) - visits.indexOf(from.visit) > 1;
}

function xy({ x, y }: Place): string {
  return `${at(x)} ${at(y)}`;
}

function mark({ x, y, value }: Place, kind: Kind, isLog: boolean): Html {
  const fill = isLog && value === 0 ? '#fff' : looks[kind].stroke;
  const hollow = isLog && value === 0 ? ' zero' : '';
  if (kind === 'down')
    return html`<path class="dot${hollow}" d="M${at(x - 2.2)} ${at(y - 1.6)}h4.4l-2.2 3.8z" fill="${fill}" stroke-width=".7"/>`;
  if (kind === 'level')
    return html`<path class="dot${hollow}" d="M${at(x - 1.7)} ${at(y - 1.7)}h3.4v3.4h-3.4z" fill="${fill}" stroke-width=".7"/>`;
  return html`<circle class="dot${hollow}" cx="${at(x)}" cy="${at(y)}" r="${kind === 'up' ? 1.9 : 1.3}" fill="${fill}" stroke-width=".7"/>`;
}

const labelGap = 7.6;

/** The name of each patient at the end of its line, moved apart where names would touch. */
export function patientNames(subjects: readonly SubjectCourse[], plane: Plane, look: PatientLook, right: number): Html {
  const ends = subjects.flatMap((one) => {
    const last = placesOf(one.values, plane, look.visits).at(-1);
    return last === undefined ? [] : [{ ...last, subject: one.subject, kind: kindOfLine(one) }];
  });
  const labels = look.visits.flatMap((visit) => {
    const own = ends.filter((end) => end.visit === visit);
    const wanted = own.map(({ y }) => y);
    const placed = spreadLabels(wanted, { gap: labelGap, from: plane.top, to: plane.bottom });
    return own.map((end, i) => nameOf(end, placed[i]!, { look, room: right - end.x - 6 }));
  });
  return html`${labels}`;
}

interface NameRoom {
  readonly look: PatientLook;
  readonly room: number;
}

function nameOf(
  end: Place & { readonly subject: string; readonly kind: Kind },
  y: number,
  { look, room }: NameRoom,
): Html {
  const isMoved = Math.abs(y - end.y) > 2.5;
  const leader = isMoved
    ? html`<path d="M${at(end.x + 2.4)} ${at(end.y)}L${at(end.x + 5)} ${at(y)}" stroke="${ink.quiet}" stroke-width=".4" fill="none"/>`
    : null;
  return html`<g class="f-name ${end.kind}" data-s="${look.numberOf(end.subject)}">${leader}<text x="${at(end.x + 6)}" y="${at(y + 2.4)}" fill="${ink.text}" stroke="#fff" stroke-width="1.6" paint-order="stroke">${fitted(end.subject, room)}</text></g>`;
}
