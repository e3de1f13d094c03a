// For tests and benchmarks: what of this room no other room asks for.
export * from './index.ts';
export { RatioSpec } from './ratio.ts';
export { scaleParameters } from './scaleKinds.ts';
