import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';

/** Whether the values of each tube were compensated before the file was written. */
export const compensationState: Comparison = {
  name: 'compensation',
  summary: 'whether values were compensated before: twice compensated, or not at all, moves every population',
  compare(tubes): Compared {
    const findings = tubes.flatMap(findingsOf);
    const done = tubes.filter(
      ({ look }) => look.matrix.kind === 'matrix' && look.matrix.state.verdict === 'compensated',
    );
    const says = 'none, the file is compensated already';
    const decisions = new Map(
      done.map(({ sampleId }) => [
        sampleId,
        { compensation: { isApplied: false, says }, flags: ['already_compensated'] },
      ]),
    );
    return { findings, decisions };
  },
};

function findingsOf({ sampleId, look }: ComparedTube): Finding[] {
  const { kind, state } = look.matrix;
  if (kind === 'unwanted') return [];
  const where = { file: look.displayPath, sampleId };
  const missing = problem('warning', 'compensation.no-matrix', 'the file holds no spillover matrix', where);
  const isMissing = kind === 'none' && state.verdict !== 'compensated';
  return [...state.problems, ...(isMissing ? [missing] : [])].map((found) => {
    const isRefused = kind === 'matrix' && state.verdict === 'contradiction';
    return { sampleIds: [sampleId], words: found.message, problem: { ...found, where }, isRefused };
  });
}
