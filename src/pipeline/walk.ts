import { secondsSince } from '../batch/index.ts';
import type { Tube } from '../study/index.ts';
import type { StudyQuestions } from './countQuestions.ts';
import { countTasks } from './countTasks.ts';
import { lookAtTubes } from './lookAtTubes.ts';
import { placePanels } from './placePanels.ts';
import { surveyTubes } from './surveyTubes.ts';
import { cellsOfTubes } from './tubeSketch.ts';
import type { Walked } from './walked.ts';
import { walkedBy } from './walkedBy.ts';
import { step, type WalkOptions } from './walkStep.ts';
import { type WalkPanel, walkTube } from './walkTube.ts';

/**
 * Look, survey, place, count. Tubes meet where their looks are compared and where gates are placed; a tube that fails, at
 * any step, takes no part in the pool: where one fails only when it is counted, the study is placed again without it.
 * @param panels in the order of study.yaml
 * @param given in any order: placing sees them by sampleId
 * @param questions what is wanted beside the trees; nothing where left out
 */
export async function walk(
  panels: readonly WalkPanel[],
  given: readonly Tube[],
  options: WalkOptions,
  questions?: StudyQuestions,
): Promise<Walked> {
  const tubes = given.map(walkTube);
  const seen = await lookAtTubes(panels, tubes, options, questions?.sameEvents ?? 'warned');
  const { decisions } = seen.likeness;
  const surveyed = await surveyTubes(panels, tubes, decisions, options);
  const { surveys } = surveyed;
  const problems = [...seen.problems, ...surveyed.problems];
  for (let round = 1; ; round += 1) {
    const sound = tubes.filter((tube) => surveys.has(tube.file.sampleId));
    options.progress.start('place', 0);
    const startMs = performance.now();
    const placing = { panels, tubes: sound, surveys, surveyKeys: surveyed.keys, questions };
    const placed = await placePanels(placing, options);
    const how = placed.isKept ? { kept: true } : { seconds: secondsSince(startMs) };
    options.log.write(round === 1 ? 'placed' : 'placed_again', { tubes: sound.length, ...how });
    const wishes = { membership: options.membership, questions, decisions };
    const counted = await step('count', countTasks(sound, surveys, placed.panels, wishes), options);
    const counts = new Map(
      counted.results.flatMap((one) =>
        one.status === 'ok' && one.kind === 'count' ? [[one.counts.sampleId, one.counts] as const] : [],
      ),
    );
    const lost = sound.filter((tube) => !counts.has(tube.file.sampleId));
    problems.push(...counted.results.flatMap((result) => result.problems));
    if (lost.length === 0) {
      options.store.keepOnly(new Set([...seen.keys, ...surveyed.keys, placed.key, ...counted.keys]));
      const basis = {
        tubes: sound,
        surveys,
        placed: placed.panels,
        decisions,
        looks: seen.looks,
        counts,
        flags: surveyed.flags,
        traces: surveyed.traces,
        cells: cellsOfTubes(sound, surveys, placed.panels, questions?.endpoints),
      };
      return walkedBy(given, panels, basis, { likeness: seen.likeness, problems: [...problems, ...placed.problems] });
    }
    for (const tube of lost) surveys.delete(tube.file.sampleId);
  }
}
