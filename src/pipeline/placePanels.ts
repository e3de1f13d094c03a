import type { loadPlacing, TubeSurvey } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { StudyQuestions } from './countQuestions.ts';
import { toldOnceOfEmptyTubes } from './emptyTubes.ts';
import type { PlacedPanel } from './placedPanel.ts';
import type { WalkPanel, WalkTube } from './walkTube.ts';

/** What is placed: the sound tubes of a study by their surveys. */
interface Placing {
  readonly placeStudy: Awaited<ReturnType<typeof loadPlacing>>;
  readonly panels: readonly WalkPanel[];
  readonly tubes: readonly WalkTube[];
  readonly surveys: ReadonlyMap<string, TubeSurvey>;
  readonly questions: StudyQuestions | undefined;
}

/** Places every panel's gates over its tubes, which are given to the method in the order of their ids. */
export function placePanels({ placeStudy, panels, tubes, surveys, questions }: Placing): {
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
