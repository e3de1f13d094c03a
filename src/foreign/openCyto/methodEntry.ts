import type { GateEntry } from '../template/gateEntry.ts';
import type { Sign } from './populationsOf.ts';
import { numbersOf, type OpenCytoRow } from './row.ts';

/** A gate with what of its arguments did not come along. */
export interface MethodEntry {
  readonly gate: GateEntry;
  readonly notes: readonly string[];
}

const SCATTER = /^(?:FSC|SSC|FS|SS)\b/i;
/** Cofactor of u at an 18-bit range, on which scatter of openCyto's templates lies. */
const COFACTOR = 150;
/** Arguments with a counterpart in every method that takes them, or without meaning here. */
const SILENT = new Set(['K', 'neg', 'pos', 'target', 'quantile', 'gate_range', 'probs', 'side', 'prior', 'usePrior']);

type Writer = (row: OpenCytoRow, signs: readonly Sign[]) => GateEntry | string;

type CutWriter = (row: OpenCytoRow, dim: number, sign: Sign) => GateEntry;

const cutMethods: Readonly<Record<string, CutWriter>> = {
  mindensity: valley,
  mindensity2: valley,
  tailgate: tail,
  cytokine: tail,
  quantileGate: (row) => ({ method: 'quantile', p: numbersOf(row.args.get('probs'))?.[0] ?? 0.999 }),
  flowClust: mixture,
};

const planeMethods: Readonly<Record<string, Writer>> = {
  flowClust: ellipse,
  singletGate: singlets,
  boundary: ({ dims }) => ({ method: 'boundary', markers: dims }),
};

/** Makes a population beside that holds the cut on one dimension, once a row; its path. */
export type CutBeside = (dim: number, gate: GateEntry) => string;

/** A population's gate by one of our methods; why there is none, in words. */
export function methodEntry(row: OpenCytoRow, signs: readonly Sign[], beside: CutBeside): MethodEntry | string {
  const method = row.method.replace(/^gate_/, '').replace(/^flowClust[_.]?[12]d$/i, 'flowClust');
  const plane = planeMethods[method];
  const isPlane = plane !== undefined && (method === 'boundary' || (row.dims.length === 2 && signs.length === 1));
  const made = isPlane ? plane(row, signs) : cutEntry(method, row, signs, beside);
  if (typeof made === 'string') return made;
  if (signs[0] === '-' && isPlane) return 'what lies outside a gate in a plane is made by hand: {not: …}';
  return { gate: made, notes: notesOf(row, made) };
}

/** One cut a dimension; two of them are looked for on the parent, as openCyto does. */
function cutEntry(method: string, row: OpenCytoRow, signs: readonly Sign[], beside: CutBeside): GateEntry | string {
  const make = cutMethods[method];
  if (make === undefined) return `the method "${row.method}" has no counterpart`;
  if (row.dims.length !== signs.length) return `${signs.length} signs do not go with ${row.dims.length} dimensions`;
  const keep = signs.map((sign) => (sign === '+' ? 'above' : 'below'));
  const [only] = row.dims;
  if (row.dims.length === 1) {
    const { method: name, ...settings } = make(row, 0, signs[0]!);
    return { method: name, marker: only, keep: keep[0], ...settings };
  }
  const cuts = row.dims.map((marker, i): GateEntry => {
    const { method: name, ...settings } = make(row, i, signs[i]!);
    if (name === 'valley') return { marker, keep: keep[i], ...settings, on: 'parent' };
    return { marker, keep: keep[i], from: beside(i, { method: name, marker, keep: 'above', ...settings }) };
  });
  return { method: 'valley', cuts };
}

/** With no valley in the range openCyto cuts at its end, so that nothing more is lost; here the tube is flagged as well. */
function valley(row: OpenCytoRow, dim: number, sign: Sign): GateEntry {
  const range = numbersOf(row.args.get('gate_range'))
    ?.map(inU)
    .sort((a, b) => a - b);
  const isTold = range?.length === 2 && SCATTER.test(row.dims[dim] ?? '');
  if (!isTold) return { method: 'valley' };
  return { method: 'valley', range, fallback: { at: range[sign === '+' ? 0 : 1] } };
}

function tail({ args }: OpenCytoRow): GateEntry {
  return { method: 'tail', side: /left/.test(args.get('side') ?? '') ? 'left' : 'right' };
}

function mixture({ args }: OpenCytoRow): GateEntry {
  const components = componentsOf(args);
  return {
    method: 'mixture',
    // flowClust's components are t distributions of 4 degrees of freedom.
    family: 'student',
    components,
    border: Math.max(1, Math.min(components - 1, numbersOf(args.get('neg'))?.[0] ?? 1)),
  };
}

function componentsOf(args: OpenCytoRow['args']): number {
  const [neg, pos] = ['neg', 'pos'].map((name) => numbersOf(args.get(name))?.[0]);
  const wanted = neg !== undefined && pos !== undefined ? neg + pos : (numbersOf(args.get('K'))?.[0] ?? 2);
  return Math.max(2, Math.min(6, Math.round(wanted)));
}

function ellipse({ dims, args }: OpenCytoRow): GateEntry | string {
  const [x, y] = dims;
  if (/^T(?:RUE)?$/.test(args.get('transitional') ?? '')) {
    return 'a transitional gate of flowClust has no counterpart; see the method ridge';
  }
  const target = numbersOf(args.get('target'));
  // Without a target openCyto keeps the greatest cluster; what lies around the highest mode is the nearest to it here.
  if (target?.length !== 2) return { method: 'contour', x, y };
  if (!dims.every((dim) => SCATTER.test(dim))) return 'its target is in units of a scale that the file does not tell';
  const share = numbersOf(args.get('quantile'))?.[0] ?? 0.9;
  const radius = Math.round(Math.sqrt(-2 * Math.log(1 - share)) * 1000) / 1000;
  return { method: 'mixture', x, y, components: componentsOf(args), target: { nearest: target.map(inU) }, radius };
}

function singlets({ dims: [area, other] }: OpenCytoRow): GateEntry | string {
  if (area === undefined || other === undefined) return 'singlets need two dimensions';
  return /W$/i.test(other)
    ? { method: 'singlets', variant: 'width', area, width: other }
    : { method: 'singlets', area, height: other };
}

function inU(raw: number): number {
  return Math.round(Math.asinh(raw / COFACTOR) * 1000) / 1000;
}

function notesOf(row: OpenCytoRow, gate: GateEntry): readonly string[] {
  const dropped = [...row.args].filter(([name]) => !SILENT.has(name)).map(([name, value]) => `${name} = ${value}`);
  if (row.args.has('gate_range') && gate.range === undefined)
    dropped.push(`gate_range = ${row.args.get('gate_range')}, in units of a scale that the file does not tell`);
  const notes = dropped.length === 0 ? [] : [`without ${dropped.join(', ')}`];
  if (gate.method === 'contour')
    notes.push('the contour around the highest mode, in place of an ellipse of the greatest cluster');
  if (row.preprocessing !== '') notes.push(`without preprocessing by ${row.preprocessing}`);
  if (row.isCollapsed && /^\d+$/.test(row.groupBy)) {
    notes.push(`groups of ${row.groupBy} tubes drawn at random there, pooled over the study here`);
  }
  return notes;
}
