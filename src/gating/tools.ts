// For tests and benchmarks: what of this room no other room asks for.

export type { DrawnCounts } from './answers.ts';
export type { Frame } from './axis.ts';
export { cutSteps } from './cutSteps.ts';
export type { GateContext } from './gateContext.ts';
export * from './index.ts';
export { axesOf } from './pictures.ts';
