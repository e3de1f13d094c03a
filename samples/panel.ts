import type { Stream } from './random.ts';

/** The fluorescence markers in detector order; spillover is strongest between neighbours in this list. */
export const markers = [
  'Viability',
  'CD45',
  'CD3',
  'CD4',
  'CD8',
  'CD19',
  'CD20',
  'CD14',
  'CD16',
  'CD56',
  'CD24',
  'CD38',
  'CD27',
  'IgD',
] as const;
export type Marker = (typeof markers)[number];

/** Place of every marker in `markers`. */
export const markerIndex = Object.fromEntries(markers.map((marker, index) => [marker, index])) as Record<
  Marker,
  number
>;

/** Upper end of every channel's scale: an 18-bit instrument. */
export const channelRange = 262144;

const detectors = [
  'BV421-A',
  'BV510-A',
  'BV605-A',
  'BV650-A',
  'BV711-A',
  'BV786-A',
  'FITC-A',
  'PerCP-Cy5-5-A',
  'PE-A',
  'PE-CF594-A',
  'PE-Cy7-A',
  'APC-A',
  'APC-R700-A',
  'APC-H7-A',
] as const;

/** Detector names ($PnN) of the markers, in the order of `markers`. */
export const fluorescenceDetectors: readonly string[] = detectors;

/** All parameters of a tube in file order: detector name, and stain for the fluorescence channels. */
export const tubeParameters: readonly { readonly name: string; readonly stain: string }[] = [
  { name: 'FSC-A', stain: '' },
  { name: 'FSC-H', stain: '' },
  { name: 'SSC-A', stain: '' },
  ...detectors.map((name, index) => ({ name, stain: `${markers[index]} ${dyeOf(name)}` })),
  { name: 'Time', stain: '' },
];

/**
 * A spillover matrix, row = fluorochrome, diagonal 1, row by row: neighbours U(.02, .12), next U(0, .04), 30 % of the
 * rest U(0, .015), to four digits.
 */
export function drawSpillover(stream: Stream): Float64Array {
  const size = markers.length;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const share = stream.uniform();
      const isPresent = stream.uniform() < 0.3;
      matrix[row * size + column] = round4(spilloverAt(Math.abs(row - column), share, isPresent));
    }
  }
  return matrix;
}

/** The matrix as written by a lab that measured it with errors: off the diagonal × (1 ± U(.05, .10)), four digits. */
export function misjudgeSpillover(matrix: Float64Array, stream: Stream): Float64Array {
  return matrix.map((value, index) => {
    const error = (0.05 + 0.05 * stream.uniform()) * (stream.uniform() < 0.5 ? -1 : 1);
    return index % (markers.length + 1) === 0 ? value : round4(value * (1 + error));
  });
}

function spilloverAt(distance: number, share: number, isPresent: boolean): number {
  if (distance === 0) return 1;
  if (distance === 1) return 0.02 + 0.1 * share;
  if (distance === 2) return 0.04 * share;
  return isPresent ? 0.015 * share : 0;
}

function round4(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function dyeOf(detector: string): string {
  return detector.replace(/-A$/, '');
}
