export { countQuestions } from './countQuestions.ts';
export * from './index.ts';
export { sampledCells, shownPopulations } from './tubeSketch.ts';
export type { WalkTube } from './walkTube.ts';
