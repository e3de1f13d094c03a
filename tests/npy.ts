import { readFileSync } from 'node:fs';

/** An array of numpy: `shape` and its values row by row, widened to doubles. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

const readers: Readonly<Record<string, readonly [number, (view: DataView, offset: number) => number]>> = {
  '<f4': [4, (view, offset) => view.getFloat32(offset, true)],
  '<f8': [8, (view, offset) => view.getFloat64(offset, true)],
  '<i4': [4, (view, offset) => view.getInt32(offset, true)],
  '<u4': [4, (view, offset) => view.getUint32(offset, true)],
  '|u1': [1, (view, offset) => view.getUint8(offset)],
  '|b1': [1, (view, offset) => view.getUint8(offset)],
};

/** Reads a .npy file of version 1 or 2, C order, of one of the types above (NEP 1); throws on any other. */
export function readNpy(path: string): NpyArray {
  const bytes = readFileSync(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.toString('latin1', 1, 6) !== 'NUMPY') throw new Error(`${path} is not a .npy file`);
  const isFirst = view.getUint8(6) === 1;
  const start = isFirst ? 10 : 12;
  const length = isFirst ? view.getUint16(8, true) : view.getUint32(8, true);
  const header = bytes.toString('latin1', start, start + length);
  const type = /'descr': '([^']+)'/.exec(header)?.[1] ?? '';
  const reader = readers[type];
  if (!reader || !header.includes("'fortran_order': False")) throw new Error(`${path}: ${header}`);
  const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  const [size, read] = reader;
  const values = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  for (let i = 0; i < values.length; i++) values[i] = read(view, start + length + i * size);
  return { shape, values };
}

/** One column of a two-dimensional array. */
export function npyColumn({ shape, values }: NpyArray, column: number): Float64Array {
  const [rows = 0, width = 0] = shape;
  return Float64Array.from({ length: rows }, (_, row) => values[row * width + column] ?? Number.NaN);
}
