import { readColumns, readFcs } from '../../../src/fcs/index.ts';
import { bytesSource } from '../../../src/fcs/tools.ts';
import type { Rows } from '../soundFiles.ts';
import type { Mutant } from './mutate.ts';
import type { Original } from './originals.ts';

interface Read {
  /** Stored values by column; undefined where the file is refused. */
  readonly columns: readonly Float64Array[] | undefined;
  /** Warnings and errors, each with its words. */
  readonly said: ReadonlySet<string>;
  /** Bytes that were asked of the file, and how often: the work it made, whatever else the machine does. */
  readonly work: Work;
}

export interface Work {
  readonly readBytes: number;
  readonly readCount: number;
}

/** What became of one mutant; `silent`: other numbers than the original's, and nothing new said. */
export type Verdict = 'same' | 'said' | 'refused' | 'silent';

/** Reads a file as every command does; throws what the reader throws. */
function readAll(bytes: Uint8Array): Read {
  const inner = bytesSource('mutant.fcs', bytes);
  const work = { readBytes: 0, readCount: 0 };
  const source = {
    ...inner,
    read: (offsetBytes: number, lengthBytes: number) => {
      const read = inner.read(offsetBytes, lengthBytes);
      work.readBytes += read.length;
      work.readCount++;
      return read;
    },
  };
  const { value: file, problems } = readFcs(source);
  const indices = file?.parameters.map((parameter) => parameter.index) ?? [];
  const read = file && readColumns(source, file, indices, { amplification: 'stored' });
  const all = [...problems, ...(read?.problems ?? [])].filter((problem) => problem.severity !== 'note');
  return { columns: read?.columns, said: new Set(all.map((problem) => `${problem.code} ${problem.message}`)), work };
}

/** A judge that knows how each original reads; it also tells the work that a mutant made. */
export function judge(pool: readonly Original[]): (mutant: Mutant) => { verdict: Verdict; work: Work } {
  const sound = new Map(pool.map((original) => [original, readAll(original.bytes)]));
  return (mutant) => {
    const read = readAll(mutant.bytes);
    return { verdict: verdictOf(mutant, read, sound.get(mutant.original)), work: read.work };
  };
}

function verdictOf(mutant: Mutant, read: Read, before: Read | undefined): Verdict {
  if (read.columns === undefined) return read.said.size > 0 ? 'refused' : 'silent';
  if (before?.columns !== undefined && areEqual(before.columns, read.columns)) return 'same';
  // A change that mends a refused file gives the numbers that were meant.
  if (before?.columns === undefined && mutant.original.meant.some((rows) => areRows(read.columns ?? [], rows)))
    return 'same';
  return [...read.said].some((words) => !before?.said.has(words)) ? 'said' : 'silent';
}

function areEqual(one: readonly Float64Array[], other: readonly Float64Array[]): boolean {
  return one.length === other.length && one.every((column, c) => areSame(column, other[c] as Float64Array));
}

function areRows(columns: readonly Float64Array[], rows: Rows): boolean {
  return areEqual(
    columns,
    (rows[0] ?? []).map((_, c) => Float64Array.from(rows, (row) => row[c] ?? Number.NaN)),
  );
}

function areSame(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, i) => Object.is(value, other[i]));
}
