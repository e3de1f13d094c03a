export { type AnalysisInput, endpointKey } from './analysisInput.ts';
export { overVisits } from './comparison/overVisits.ts';
export { planWarnings } from './comparison/rejectionWarnings.ts';
export { jointDesign } from './design/jointDesign.ts';
export * from './index.ts';
