import type { ForeignMatrix } from '../model.ts';
import type { NamedChannel } from './axis11.ts';
import { Spillover } from './workbench.ts';

/** A matrix with how its channels are called in gates. */
export interface Matrix11 {
  readonly matrix: ForeignMatrix;
  /** By the names of compensated parameters. */
  readonly channelOf: ReadonlyMap<string, string>;
}

/** A diagonal of 100 is percent. */
const PERCENT = 100;
const SAME = 1e-3;

/** @returns the fault in words where it cannot be used */
export function matrix11(id: string, written: unknown): Matrix11 | string {
  const { success, data } = Spillover.safeParse(written);
  const spec = (data?.compSpec ?? data?.definition.compSpec)?.CompensationSpec;
  if (!success || spec === undefined) return 'it is not written as a matrix of FlowJo 11';
  if (data.isSpectral || spec.spectral) return 'it unmixes spectra';
  const detectors = spec.detectors.map(({ name }) => name);
  const n = detectors.length;
  if (n === 0 || spec.parameters.length !== n) return `it has ${spec.parameters.length} parameters of ${n} detectors`;
  if (spec.coefficients.length !== n || spec.coefficients.some((row) => row.length !== n))
    return `it is not ${n} × ${n} numbers`;
  const isPercent = spec.coefficients.every((row, i) => Math.abs(row[i]! / PERCENT - 1) < SAME);
  const rows = spec.coefficients.map((row) => row.map((value) => (isPercent ? value / PERCENT : value)));
  const name = data.name ?? data.definition.name ?? id;
  return {
    matrix: { id, name, fluorochromes: detectors, detectors, rows, isInverted: false },
    channelOf: new Map(spec.parameters.map((parameter, i) => [parameter.name, detectors[i]!])),
  };
}

/** "Comp-" without a matrix of the workbench means the one that the file carries. */
export function namedChannel(matrix: Matrix11 | undefined): NamedChannel {
  return (name) => {
    const channel = matrix?.channelOf.get(name);
    if (matrix !== undefined && channel !== undefined)
      return { channel, compensation: { kind: 'matrix', id: matrix.matrix.id } };
    const bare = matrix === undefined ? /^Comp-(.+)$/.exec(name)?.[1] : undefined;
    return bare === undefined
      ? { channel: name, compensation: { kind: 'none' } }
      : { channel: bare, compensation: { kind: 'file' } };
  };
}
