import { type Problem, problem, type Reading, systemRefusal } from '../problems/index.ts';
import { type ByteSource, bytesSource, openFile } from './byteSource.ts';
import type { FcsFile, FcsReadingOptions } from './fcsFile.ts';
import { type ColumnsOptions, readColumns } from './readColumns.ts';
import { readFcs } from './readFcs.ts';

/** A file read to its end. */
export interface FcsContents {
  /** Version, keywords, parameters, layout. */
  readonly file: FcsFile;
  /** $PnN -> the values of all events, in the order of the parameters; NaN and infinities of the file stay. */
  readonly columns: ReadonlyMap<string, Float64Array>;
}

/**
 * Reads a whole FCS file, 2.0 to 3.2: all departures from the standard are told, each with the rule that was used.
 * @param input a path, or the bytes of a file
 * @param options choices that the file leaves open; `amplification` as for templates: linear (default), stored, gating-ml
 * @returns undefined, with the reasons, where the file cannot be read as FCS
 */
export function readFcsFile(
  input: string | Uint8Array,
  options: FcsReadingOptions & ColumnsOptions = {},
): Reading<FcsContents> {
  if (typeof input !== 'string') return contentsOf(bytesSource('bytes', input), options);
  const name = input.split(/[/\\]/).at(-1) ?? input;
  try {
    const source = openFile(input, name);
    try {
      return contentsOf(source, options);
    } finally {
      source.close();
    }
  } catch (fault) {
    const refusal = systemRefusal(fault);
    if (refusal === undefined) throw fault;
    const message = `the file cannot be opened: ${refusal}`;
    return { value: undefined, problems: [problem('error', 'fcs.unreadable-file', message, { file: name })] };
  }
}

function contentsOf(source: ByteSource, { amplification = 'linear', ...reading }: FcsReadingOptions & ColumnsOptions) {
  const { value: file, problems } = readFcs(source, reading);
  if (file === undefined) return { value: undefined, problems };
  const read = readColumns(
    source,
    file,
    file.parameters.map(({ index }) => index),
    { amplification },
  );
  const columns = new Map(file.parameters.map(({ name }, i) => [name, read.columns[i]!]));
  const found: readonly Problem[] = [...problems, ...read.problems];
  return { value: { file, columns }, problems: found };
}
