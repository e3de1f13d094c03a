// For tests and benchmarks: what of this room no other room asks for.

export { compensatedTwins } from './detectCompensated.ts';
export * from './index.ts';
export type { ValuesVerdict } from './judgePairs.ts';
export type { ParameterName } from './spillover.ts';
