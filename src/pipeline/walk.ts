import { secondsSince } from '../batch/index.ts';
import { loadPlacing, type TubeSurvey } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Tube } from '../study/index.ts';
import type { StudyQuestions } from './countQuestions.ts';
import { countTasks } from './countTasks.ts';
import { toldOnceOfEmptyTubes } from './emptyTubes.ts';
import { lookAtTubes } from './lookAtTubes.ts';
import type { PlacedPanel } from './placedPanel.ts';
import { surveyTubes } from './surveyTubes.ts';
import type { Walked } from './walked.ts';
import { walkedBy } from './walkedBy.ts';
import { step, type WalkOptions } from './walkStep.ts';
import { type WalkPanel, type WalkTube, walkTube } from './walkTube.ts';

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
  const placeStudy = await loadPlacing();
  for (let round = 1; ; round += 1) {
    const sound = tubes.filter((tube) => surveys.has(tube.file.sampleId));
    options.progress.start('place', 0);
    const startMs = performance.now();
    const placed = place({ placeStudy, panels, tubes: sound, surveys, questions });
    const seconds = secondsSince(startMs);
    options.log.write(round === 1 ? 'placed' : 'placed_again', { tubes: sound.length, seconds });
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
      options.store.keepOnly(new Set([...seen.keys, ...surveyed.keys, ...counted.keys]));
      const basis = {
        tubes: sound,
        surveys,
        placed: placed.panels,
        decisions,
        looks: seen.looks,
        counts,
        flags: surveyed.flags,
      };
      return walkedBy(given, panels, basis, { likeness: seen.likeness, problems: [...problems, ...placed.problems] });
    }
    for (const tube of lost) surveys.delete(tube.file.sampleId);
  }
}

interface Placing {
  readonly placeStudy: Awaited<ReturnType<typeof loadPlacing>>;
  readonly panels: readonly WalkPanel[];
  readonly tubes: readonly WalkTube[];
  readonly surveys: ReadonlyMap<string, TubeSurvey>;
  readonly questions: StudyQuestions | undefined;
}

function place({ placeStudy, panels, tubes, surveys, questions }: Placing): {
  panels: ReadonlyMap<string, PlacedPanel>;
  problems: readonly Problem[];
} {
  const placedPanels = new Map<string, PlacedPanel>();
  const problems: Problem[] = [];
  const draws = questions && { populations: questions.endpoints, count: questions.drawCount, seed: questions.seed };
  for (const { panel, template, templateSha256 } of panels) {
    const own = tubes.filter((tube) => tube.panel === panel).map((tube) => tube.placement);
    const byId = [...own].sort((a, b) => (a.sampleId < b.sampleId ? -1 : 1));
    const ownSurveys = byId.flatMap((tube) => surveys.get(tube.sampleId) ?? []);
    const wishes = { draws, bridge: questions?.bridge ?? 'off' } as const;
    const placed = placeStudy(template, templateSha256, ownSurveys, byId, wishes);
    placedPanels.set(panel, { template, book: placed.book, draws: placed.draws, stains: placed.stains });
    const empty = new Set(ownSurveys.filter((one) => one.eventCount === 0).map((one) => one.sampleId));
    problems.push(...toldOnceOfEmptyTubes(placed.problems, placed.book, empty));
  }
  return { panels: placedPanels, problems };
}
