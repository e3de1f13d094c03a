export { type AnalysisInput, endpointKey } from './analysisInput.ts';
export { planWarnings } from './comparison/rejectionWarnings.ts';
export * from './index.ts';
