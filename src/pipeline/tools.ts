export { countQuestions } from './countQuestions.ts';
export * from './index.ts';
export type { WalkTube } from './walkTube.ts';
