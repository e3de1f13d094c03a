// For tests and benchmarks: what of this room no other room asks for.

export { unsheeted } from './decideAlone.ts';
export * from './index.ts';
