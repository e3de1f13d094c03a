import type { PictureAxis } from '../../gating/index.ts';
import { makeScale } from '../../scale/index.ts';
import type { ReportInput, TubeSketch } from '../reportInput.ts';
import { numberedList } from './numberedList.ts';

/** A matrix as percent of light that a dye leaves in each detector. */
interface MatrixTable {
  readonly channels: readonly string[];
  readonly percent: readonly number[];
}

/** What the page of a tube shows beside its gates. */
export interface TubeExtra {
  readonly compensation: string;
  /** Number of its matrix in the list; −1: none. */
  readonly matrix: number;
  readonly trace:
    | {
        readonly channel: string;
        readonly counts: readonly number[];
        /** Empty text: no event came. */
        readonly light: readonly (number | '')[];
      }
    | false;
  /** Number of a population's gate, and its cells: a byte a cell and axis, axis after axis, in base64. */
  readonly cells: readonly (readonly [gate: number, bytes: string])[];
}

export interface TubeData {
  /** In the order of the tubes; false: nothing is known beside the gates. */
  readonly extras: readonly (TubeExtra | false)[];
  readonly matrices: readonly MatrixTable[];
  /** Number of a gate -> numbers of the axes on which its cells have a place, in the order of their bytes. */
  readonly cellAxes: Readonly<Record<string, readonly number[]>>;
}

/** A gate as far as cells are to be found in it. */
export interface CellGate {
  readonly panel: string;
  readonly path: string;
  readonly parent: number;
  /** Numbers of its axes among all axes of the page. */
  readonly axisNumbers: readonly number[];
}

/** In a study of hundreds of tubes every cell is a page of bytes: fewer are shown of each. */
const MANY_TUBES = 60;
const CELLS_OF_MANY = 12;

/**
 * Sketches of the tubes as plain values; matrices that are alike once.
 * @param axes all axes of the page by their numbers
 */
export function tubeData(
  { sketches, tubes }: { readonly sketches: ReportInput['sketches'] | undefined; readonly tubes: ReportInput['tubes'] },
  gates: readonly CellGate[],
  axes: readonly PictureAxis[],
): TubeData {
  const matrices = numberedList<MatrixTable>();
  const cellAxes: Record<string, readonly number[]> = {};
  const most = tubes.length > MANY_TUBES ? CELLS_OF_MANY : Number.POSITIVE_INFINITY;
  const extras = tubes.map(({ sampleId, panel }): TubeExtra | false => {
    const sketch = sketches?.get(sampleId);
    if (sketch === undefined) return false;
    const cells = sketch.cells.flatMap(({ population, columns }) => {
      const gate = gates.findIndex((one) => one.panel === panel && one.path === population);
      if (gate < 0) return [];
      const own = cellAxes[gate] ?? axesAbove(gates, gate);
      cellAxes[gate] = own;
      return [
        [
          gate,
          cellBytes(
            columns,
            own.map((number) => axes[number]!),
            most,
          ),
        ] as const,
      ];
    });
    return { compensation: sketch.compensation, matrix: matrixNumber(sketch, matrices), trace: traceOf(sketch), cells };
  });
  return { extras, matrices: matrices.all(), cellAxes };
}

/** Axes of a gate and of all above it, each once. */
function axesAbove(gates: readonly CellGate[], gate: number): readonly number[] {
  const found = new Set<number>();
  for (let at = gate; at >= 0; at = gates[at]?.parent ?? -1) {
    for (const number of gates[at]?.axisNumbers ?? []) found.add(number);
  }
  return [...found];
}

function matrixNumber({ matrix }: TubeSketch, matrices: { of(value: MatrixTable): number }): number {
  if (matrix === null) return -1;
  // A tenth of a percent: finer than any map shows, and the same matrix in other words is one.
  return matrices.of({
    channels: matrix.channels,
    percent: matrix.values.map((value) => Math.round(value * 1000) / 10),
  });
}

function traceOf({ trace }: TubeSketch): TubeExtra['trace'] {
  if (trace === undefined) return false;
  const light = trace.light.map((value) => (value === null ? '' : Math.round(value * 100) / 100));
  return { channel: trace.channel, counts: trace.counts, light };
}

/** Last byte: the value is no number, or the sample does not have the marker. */
const NO_PLACE = 255;

function cellBytes(
  columns: TubeSketch['cells'][number]['columns'],
  axes: readonly PictureAxis[],
  most: number,
): string {
  const bytes = axes.flatMap(({ marker, scale, from, to }) => {
    const column = columns[marker];
    if (column === undefined) return Array.from({ length: cellCount(columns, most) }, () => NO_PLACE);
    const own = makeScale(scale);
    return Array.from(column.subarray(0, most), (value) => {
      const place = (own.forward(value) - from) / (to - from);
      return Number.isFinite(place) ? Math.round(Math.min(1, Math.max(0, place)) * (NO_PLACE - 1)) : NO_PLACE;
    });
  });
  return Buffer.from(bytes).toString('base64');
}

function cellCount(columns: TubeSketch['cells'][number]['columns'], most: number): number {
  return Math.min(most, Object.values(columns)[0]?.length ?? 0);
}
