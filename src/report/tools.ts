// For tests and benchmarks: what of this room no other room asks for. Whoever imports this file has waited for what draws.
import { loadDrawing } from './drawing.ts';

export type { GateData } from './gates/gateData.ts';
export * from './index.ts';
export type { ReportTube } from './reportInput.ts';

await loadDrawing();
