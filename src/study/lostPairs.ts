import { counted, type Problem, problem } from '../problems/index.ts';
import { comparisonsOf } from './missingPairs.ts';
import type { Study, Tube } from './study.ts';

/**
 * A warning for each comparison that names the pairs which the sheet has and which are lost, since a tube of theirs cannot
 * be used, with the reason.
 * @param failed sampleIds of tubes that cannot be used; @param problems say of each why
 */
export function lostPairs(
  { plan, visits, tubes }: Pick<Study, 'plan' | 'visits' | 'tubes'>,
  failed: ReadonlySet<string>,
  problems: readonly Problem[],
): readonly Problem[] {
  const samples = tubes.filter((tube) => tube.role === 'sample' && !tube.excluded && tube.subject !== null);
  return comparisonsOf(plan, visits).flatMap(({ id, from, to }) => {
    const pairs = pairsOf(samples, from, to);
    const lost = pairs.flatMap((pair) => {
      const broken = pair.filter((tube) => failed.has(tube.sampleId)).map((tube) => tube.sampleId);
      return broken.length === 0 ? [] : [broken];
    });
    if (lost.length === 0) return [];
    const tubeCount = counted(new Set(lost.flat()).size, 'tube');
    const each = lost.map((ids) =>
      ids.map((sampleId) => `${sampleId} (${reasonIn(problems, sampleId)})`).join(' and '),
    );
    const pairCount = `${lost.length} of ${counted(pairs.length, 'pair')} of comparison "${id}"`;
    const message = `${tubeCount} failed, so that ${pairCount} ${lost.length === 1 ? 'is' : 'are'} lost: ${each.join(', ')}`;
    return [problem('warning', 'study.lost-pairs', message, {})];
  });
}

function reasonIn(problems: readonly Problem[], sampleId: string): string {
  const own = problems.filter((one) => one.severity === 'error' && one.where.sampleId === sampleId);
  return [...new Set(own.map((one) => one.code))].join(' ') || 'failed';
}

/** The two tubes of each subject and panel that has both visits in the sheet. */
function pairsOf(samples: readonly Tube[], from: string, to: string): readonly (readonly [Tube, Tube])[] {
  return samples.flatMap((earlier): (readonly [Tube, Tube])[] => {
    if (earlier.visit !== from) return [];
    const isOther = (tube: Tube) =>
      tube.subject === earlier.subject && tube.panel === earlier.panel && tube.visit === to;
    const later = samples.find(isOther);
    return later === undefined ? [] : [[earlier, later]];
  });
}
