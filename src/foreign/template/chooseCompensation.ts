import { Matrix, solve } from 'ml-matrix';
import { axesOfGate } from '../evaluate/foreignBook.ts';
import type { CompensationRef, ForeignAxis, ForeignMatrix, ForeignPopulation, ForeignSample } from '../model.ts';

/** n × n, row = fluorochrome. */
export interface TemplateMatrix {
  readonly channels: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

/** The one compensation of a template, and which axes go with it. */
export interface ChosenCompensation {
  /** undefined: none; `file`: the file's own; else a matrix, spillover, row = fluorochrome. */
  readonly matrix: 'file' | TemplateMatrix | undefined;
  /** $PnN of an axis. */
  channelOf(axis: ForeignAxis): string;
  /** Why an axis is compensated otherwise than the template; undefined where it is not. */
  faultOf(axis: ForeignAxis): string | undefined;
}

/** Light and time are in no matrix, so that it makes no difference to them. */
const BESIDE = /^(?:FSC|SSC|FS|SS|ForSc|OrthSc|Time|HDR-T)\b/i;

/**
 * The compensation that most axes of a sample ask for; a template has one for all.
 * @param wanted populations that have a say
 */
export function chooseCompensation(
  sample: ForeignSample,
  wanted: readonly ForeignPopulation[] = sample.populations,
): ChosenCompensation {
  const counts = new Map<string, { ref: CompensationRef; count: number }>();
  for (const axis of wanted.flatMap(({ gate }) => axesOfGate(gate))) {
    if (axis.compensation.kind === 'none') continue;
    const key = JSON.stringify(axis.compensation);
    counts.set(key, { ref: axis.compensation, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const matrices = new Map(sample.matrices.map((matrix) => [matrix.id, matrix]));
  const usable = [...counts.values()].flatMap(({ ref, count }) => {
    const spillover = ref.kind === 'matrix' ? spilloverOf(matrices.get(ref.id)) : ('file' as const);
    return spillover === undefined ? [] : [{ ref, count, spillover }];
  });
  const [most] = usable.sort((a, b) => b.count - a.count);
  const channelOf = (axis: ForeignAxis): string => detectorOf(axis, matrices);
  if (most === undefined)
    return { matrix: undefined, channelOf, faultOf: (axis) => unlike(axis.compensation, { kind: 'none' }) };
  const { ref, spillover } = most;
  const isBeside = (channel: string): boolean =>
    spillover === 'file' ? BESIDE.test(channel) : !spillover.channels.includes(channel);
  return {
    matrix: spillover,
    channelOf,
    faultOf: (axis) =>
      isBeside(channelOf(axis)) && axis.compensation.kind === 'none' ? undefined : unlike(axis.compensation, ref),
  };
}

function unlike(own: CompensationRef, chosen: CompensationRef): string | undefined {
  if (JSON.stringify(own) === JSON.stringify(chosen)) return undefined;
  const words = {
    none: 'not compensated',
    file: 'compensated by the file’s matrix',
    matrix: 'compensated by a matrix of its own',
  };
  return `an axis is ${words[own.kind]}, where the template is ${words[chosen.kind]}`;
}

/** The detector of a fluorochrome; a channel is its own. */
function detectorOf({ source, compensation }: ForeignAxis, matrices: ReadonlyMap<string, ForeignMatrix>): string {
  if (source.kind !== 'channel') return '';
  const matrix = compensation.kind === 'matrix' ? matrices.get(compensation.id) : undefined;
  const place = matrix?.fluorochromes.indexOf(source.name) ?? -1;
  return matrix?.detectors[place] ?? source.name;
}

/** A matrix as spillover; undefined where it has more detectors than dyes, or no inverse. */
function spilloverOf(matrix: ForeignMatrix | undefined): TemplateMatrix | undefined {
  if (matrix === undefined || matrix.fluorochromes.length !== matrix.detectors.length) return undefined;
  const { detectors: channels, rows, isInverted } = matrix;
  if (!isInverted) return { channels, rows };
  try {
    return { channels, rows: solve(new Matrix(rows.map((row) => [...row])), Matrix.eye(rows.length)).to2DArray() };
  } catch (error) {
    if (error instanceof Error && /singular/i.test(error.message)) return undefined;
    throw error;
  }
}
