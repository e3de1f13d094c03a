// In: the bytes of an FCS file, version 2.0 to 3.2, sound or not. Out: its keywords, parameters and columns of values; or the bytes of a new file.
// Every departure from the standard is a problem that says which rule was used.
// Never: compensates, clamps, scales, resolves markers, or chooses between two readings without evidence.
export { type ByteSource, bytesSource, type OpenSource, openFile } from './byteSource.ts';
export type {
  Amplification,
  ByteOrder,
  DataLayout,
  DataType,
  FcsFile,
  FcsParameter,
  FcsReadingOptions,
  Segment,
} from './fcsFile.ts';
export { readBlocks } from './readBlocks.ts';
export { type ColumnsOptions, type ColumnsRead, readColumns } from './readColumns.ts';
export { readFcs } from './readFcs.ts';
export { type FcsToWrite, type ParameterToWrite, writeFcs } from './writeFcs.ts';
