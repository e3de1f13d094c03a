import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Sheet } from 'hucre/xlsx';

/** One sheet of an .xlsx workbook; rows and columns from 0. */
export type WorkbookSheet = Pick<Sheet, 'name' | 'rows' | 'cells' | 'merges' | 'rowDefs' | 'hidden' | 'veryHidden'>;

/** The sheets of a workbook, or why it cannot be read, as the end of a sentence. */
export type ReadWorkbook =
  | { readonly kind: 'sheets'; readonly sheets: readonly WorkbookSheet[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Longest wait for a workbook: a sheet of 5,000 rows takes a fifth of a second; a bomb is given up. */
const longestMs = 60_000;

// Plain JavaScript, since it must run alike from sources and from the built package. The signal is set whatever comes.
const inThread = `
const { workerData: { bytes, port, signal, library } } = require('node:worker_threads');
const kept = ({ name, rows, cells, merges, rowDefs, hidden, veryHidden }) =>
  ({ name, rows, cells: plain(cells), merges, rowDefs, hidden, veryHidden });
const plain = (cells) => new Map([...(cells ?? [])].map(([at, { value, type, formula, formulaResult, style }]) =>
  [at, { value, type, formula, formulaResult, style: style && { numFmt: style.numFmt } }]));
import(library)
  .then(({ readXlsx }) => readXlsx(bytes, { readStyles: true }))
  .then((book) => port.postMessage({ kind: 'sheets', sheets: book.sheets.map(kept) }))
  .catch((fault) => port.postMessage({ kind: 'refused', reason: fault.name === 'EncryptedFileError'
    ? 'is protected by a password' : 'is damaged or no .xlsx workbook' }))
  .finally(() => { Atomics.store(signal, 0, 1); Atomics.notify(signal, 0); });
`;

/**
 * Reads a workbook while the caller waits. The library answers later (its decompression is a stream), and all of reading
 * a study is told in one breath; so a thread of its own reads, and this one sleeps until it is done.
 */
export function readWorkbook(bytes: Uint8Array): ReadWorkbook {
  const { port1: ours, port2: port } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const library = pathToFileURL(createRequire(import.meta.url).resolve('hucre/xlsx')).href;
  const workerData = { bytes, port, signal, library };
  const thread = new Worker(inThread, { eval: true, workerData, transferList: [port], execArgv: [] });
  thread.unref();
  Atomics.wait(signal, 0, 0, longestMs);
  const answer: { readonly message: ReadWorkbook } | undefined = receiveMessageOnPort(ours);
  ours.close();
  void thread.terminate();
  return answer?.message ?? { kind: 'refused', reason: `could not be read within ${longestMs / 1000} s` };
}
