import type { Reading } from '../../problems/index.ts';
import { checkMatrix } from '../checkMatrix.ts';
import type { Spillover } from '../spillover.ts';
import type { ControlRow } from './measureControl.ts';

/**
 * The matrix of measured rows: row = fluorochrome, column = detector, in the order of the detectors.
 * @param rows one a detector
 * @returns undefined, with the reason, where it cannot be solved
 */
export function spilloverOfControls(
  rows: readonly ControlRow[],
  detectors: readonly string[],
  source: string,
): Reading<Spillover | null> {
  const n = detectors.length;
  const matrix = new Float64Array(n * n);
  detectors.forEach((own, i) => {
    const row = rows.find((one) => one.own === own);
    detectors.forEach((detector, j) => {
      matrix[i * n + j] = row?.coefficients.get(detector)?.value ?? (i === j ? 1 : 0);
    });
  });
  return checkMatrix(detectors, matrix, source, { file: source });
}

/** A cell of a measured matrix beside the same of another one. */
export interface CellDifference {
  readonly dye: string;
  readonly detector: string;
  readonly measured: number;
  /** 0 and 1 where the other matrix lacks the channel, as it then applies nothing. */
  readonly other: number;
}

/** Cell by cell what differs between two matrices, for the channels of the first; the diagonal is left out. */
export function cellDifferences(
  measured: Pick<Spillover, 'channels' | 'matrix'>,
  other: Pick<Spillover, 'channels' | 'matrix'>,
): readonly CellDifference[] {
  const { channels, matrix } = measured;
  const cell = (dye: string, detector: string): number => {
    const [i, j] = [other.channels.indexOf(dye), other.channels.indexOf(detector)];
    return i < 0 || j < 0 ? 0 : other.matrix[i * other.channels.length + j]!;
  };
  return channels.flatMap((dye, i) =>
    channels.flatMap((detector, j) =>
      i === j ? [] : [{ dye, detector, measured: matrix[i * channels.length + j]!, other: cell(dye, detector) }],
    ),
  );
}
