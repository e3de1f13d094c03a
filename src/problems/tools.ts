// For tests and benchmarks: what of this room no other room asks for.
export * from './index.ts';
export { inOptions } from './readingHint.ts';
