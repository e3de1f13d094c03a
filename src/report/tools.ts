// For tests and benchmarks: what of this room no other room asks for.
export { type GateData, gateData } from './gates/gateData.ts';
export * from './index.ts';
export type { ReportTube } from './reportInput.ts';
