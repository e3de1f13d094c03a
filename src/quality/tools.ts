// For tests and benchmarks: what of this room no other room asks for.

export { batchVisits } from './batchVisits.ts';
export * from './index.ts';
export { likelySwaps } from './likelySwaps.ts';
