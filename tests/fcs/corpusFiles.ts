import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { truthPath } from '../truth.ts';

/** Cells of a reference table; the cells that are used hold no commas. */
function lines(...path: string[]): string[][] {
  const text = readFileSync(truthPath(...path), 'utf8').trim();
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','));
}

/** Paths of all FCS files of instruments in the reference data, in the order of its manifest; cases were made for one test. */
export function corpusPaths(): string[] {
  return lines('manifest.csv')
    .map((cells) => cells[0] ?? '')
    .filter((path) => /\.(fcs|lmd|\d{3})$/i.test(path) && !path.startsWith('cases/'));
}

/** SHA-256 of all stored values by `path#data set`, as four independent readers give it. */
export function expectedHashes(): Map<string, string> {
  const hashes = new Map<string, string>();
  for (const cells of lines('truth', 'parser_stats.csv')) {
    const hash = cells.at(-1) ?? '';
    if (/^[0-9a-f]{64}$/.test(hash)) hashes.set(`${cells[0]}#1`, hash);
  }
  for (const [path, set, , , hash] of lines('truth', 'parser_multi_dataset.csv')) {
    hashes.set(`${path}#${set}`, hash ?? '');
  }
  return hashes;
}

const blockRows = 4096;

/** SHA-256 of columns as little-endian float64, row by row. */
export function hashRows(columns: readonly Float64Array[]): string {
  const hash = createHash('sha256');
  const width = columns.length;
  const count = columns[0]?.length ?? 0;
  const block = new Float64Array(blockRows * width);
  for (let first = 0; first < count; first += blockRows) {
    const rows = Math.min(blockRows, count - first);
    for (let c = 0; c < width; c++) {
      const column = columns[c] as Float64Array;
      for (let i = 0; i < rows; i++) block[i * width + c] = column[first + i] as number;
    }
    hash.update(new Uint8Array(block.buffer, 0, rows * width * 8));
  }
  return hash.digest('hex');
}
