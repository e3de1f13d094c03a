import { type Axis, type Geometry, namedOperands, scaleSpecOf, type TubeBook } from '../../gating/index.ts';
import type {
  CompensationRef,
  ForeignAxis,
  ForeignBoolean,
  ForeignGate,
  ForeignMatrix,
  ForeignOperand,
  ForeignPopulation,
  ForeignSample,
} from '../model.ts';
import { type BookAxes, geometryParts, type Parts } from './geometryParts.ts';

/** A tube whose gates are to be given to another program. */
export interface BookTube {
  readonly fileName: string;
  readonly eventCount: number;
  readonly keywords: ReadonlyMap<string, string>;
  readonly book: TubeBook;
  /** The matrix that was applied; undefined where none was. */
  readonly matrix:
    | {
        readonly channels: readonly string[];
        readonly rows: readonly (readonly number[])[];
        readonly isFilesOwn: boolean;
      }
    | undefined;
  /** $PnN -> what its values were multiplied by before the gates saw them. */
  readonly unitFactors: Readonly<Record<string, number>>;
  /** Path -> count of the run. */
  readonly counts: ReadonlyMap<string, number | null>;
  /** A channel without gaps, for gates that hold the whole parent. */
  readonly anyChannel: string;
}

/** The gates of one tube in the common model, and what of them has no place there. */
export interface BookSample {
  readonly sample: ForeignSample;
  readonly left: ReadonlyMap<string, string>;
}

export const MATRIX_ID = 'cytopair';
/** Decades of the asinh that stands for a plain arcsinh: any would do, its coordinates are u divided by M·ln 10. */
const DECADES = 4.5;

/** Placed gates of one tube, each exactly as it was counted; ids are paths. */
export function bookSample(tube: BookTube): BookSample {
  const axes = bookAxes(tube);
  const left = new Map<string, string>();
  const populations: ForeignPopulation[] = [];
  for (const { population: path, parent, geometry } of tube.book.gates) {
    const base = {
      name: path.split('/').at(-1) ?? path,
      parent: parent === 'root' ? null : parent,
      isComplement: false,
      storedCount: tube.counts.get(path) ?? null,
    };
    const why = left.has(parent) ? `it stands on "${parent}", which is left out` : undefined;
    const made = why ?? gatesOf(path, geometry, axes, { left, tube });
    if (typeof made === 'string') left.set(path, made);
    else
      populations.push(...made.beside.map((one) => ({ ...base, ...one, storedCount: null })), {
        ...base,
        id: path,
        gate: made.gate,
      });
  }
  const matrices = tube.matrix === undefined || tube.matrix.isFilesOwn ? [] : [matrixOf(tube.matrix)];
  const { fileName, eventCount, keywords } = tube;
  const sample = { name: fileName, fileNames: [fileName], eventCount, keywords, groups: [], matrices, populations };
  return { sample, left };
}

export function matrixOf({ channels, rows }: NonNullable<BookTube['matrix']>): ForeignMatrix {
  return { id: MATRIX_ID, name: MATRIX_ID, fluorochromes: channels, detectors: channels, rows, isInverted: false };
}

interface Made {
  readonly gate: ForeignPopulation['gate'];
  /** Populations beside, of which the gate is a combination. */
  readonly beside: readonly Pick<ForeignPopulation, 'id' | 'name' | 'gate'>[];
}

interface Around {
  readonly left: ReadonlyMap<string, string>;
  readonly tube: BookTube;
}

function gatesOf(path: string, geometry: Geometry, axes: BookAxes, { left, tube }: Around): Made | string {
  if (geometry.kind === 'boolean') {
    const lost = namedOperands(geometry.of).find(({ population }) => left.has(population));
    if (lost !== undefined) return `it names "${lost.population}", which is left out`;
    return bracketed(path, geometry);
  }
  const parts = geometryParts(geometry, axes);
  return typeof parts === 'string' ? parts : combined(path, parts, everyone(tube.anyChannel));
}

/** A combination; what stands in brackets becomes a population beside, since other programs combine populations alone. */
function bracketed(path: string, geometry: Combination): Made {
  const { beside, add } = besideOf(path);
  const write = ({ op, of }: Pick<Combination, 'op' | 'of'>): ForeignBoolean => ({
    kind: 'boolean',
    op,
    of: of.map((operand): ForeignOperand => {
      const { complement: isComplement } = operand;
      if ('population' in operand) return { id: operand.population, isComplement };
      return { ...add(write(operand)), isComplement };
    }),
  });
  return { gate: write(geometry), beside };
}

type Combination = Extract<Geometry, { kind: 'boolean' }>;

/** A box that holds every event with a number on a channel. */
function everyone(channel: string): ForeignGate {
  const axis: ForeignAxis = {
    source: { kind: 'channel', name: channel },
    compensation: { kind: 'none' },
    scale: null,
    gain: 1,
  };
  return { kind: 'rectangle', dims: [{ axis, min: -Number.MAX_VALUE, max: null }] };
}

/** One gate as it is; several become populations beside the one that combines them. */
function combined(path: string, parts: Parts, everyone: ForeignGate): Made {
  const { beside, add } = besideOf(path);
  const write = (part: Parts): ForeignPopulation['gate'] => {
    if (part.kind === 'gate') return part.gate;
    const [only] = part.of;
    if (only === undefined) return everyone;
    if (part.of.length === 1) return write(only);
    const of = part.of.map((one) => ({ ...add(write(one)), isComplement: false }));
    return { kind: 'boolean', op: part.kind === 'all' ? 'and' : 'or', of };
  };
  return { gate: write(parts), beside };
}

/** Populations that come to stand beside the one at a path. */
function besideOf(path: string) {
  const beside: { id: string; name: string; gate: ForeignPopulation['gate'] }[] = [];
  const add = (gate: ForeignPopulation['gate']): { readonly id: string } => {
    const name = `${path.split('/').at(-1)} part ${beside.length + 1}`;
    const id = path.split('/').slice(0, -1).concat(name).join('/');
    beside.push({ id, name, gate });
    return { id };
  };
  return { beside, add };
}

function bookAxes({ book, matrix, unitFactors }: BookTube): BookAxes {
  const compensationOf = (channel: string): CompensationRef => {
    if (matrix === undefined || !matrix.channels.includes(channel)) return { kind: 'none' };
    return matrix.isFilesOwn ? { kind: 'file' } : { kind: 'matrix', id: MATRIX_ID };
  };
  const linear = ({ channel }: Axis): ForeignAxis => ({
    source: { kind: 'channel', name: channel },
    compensation: compensationOf(channel),
    scale: null,
    gain: unitFactors[channel] ?? 1,
  });
  return {
    linear,
    framed(axis) {
      const plain = linear(axis);
      if (axis.frame === 'raw') return { axis: plain, factor: 1 };
      const entry = book.scales.find(({ marker }) => marker === axis.marker);
      if (entry === undefined) throw new Error(`the book holds no scale for marker "${axis.marker}"`);
      const spec = axis.frame === 'u' ? ({ kind: 'arcsinh', cofactor: entry.u_cofactor } as const) : scaleSpecOf(entry);
      if (spec.kind !== 'arcsinh')
        return { axis: { ...plain, scale: { spec, boundMin: null, boundMax: null } }, factor: 1 };
      const T = spec.cofactor * Math.sinh(DECADES * Math.LN10);
      const scale = { spec: { kind: 'asinh', T, M: DECADES, A: 0 } as const, boundMin: null, boundMax: null };
      return { axis: { ...plain, scale }, factor: 1 / (DECADES * Math.LN10) };
    },
  };
}
