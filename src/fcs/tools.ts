// For tests and benchmarks: what of this room no other room asks for.

export { bytesSource } from './byteSource.ts';
export * from './index.ts';
export { readBlocks } from './readBlocks.ts';
export { type FcsToWrite, writeFcs } from './writeFcs.ts';
