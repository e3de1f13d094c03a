import { stepKey } from '../batch/index.ts';
import { loadPlacing, type TubeSurvey } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { StudyQuestions } from './countQuestions.ts';
import { toldOnceOfEmptyTubes } from './emptyTubes.ts';
import type { PlacedPanel } from './placedPanel.ts';
import type { WalkOptions } from './walkStep.ts';
import type { WalkPanel, WalkTube } from './walkTube.ts';

/** What is placed: the sound tubes of a study by their surveys. */
interface Placing {
  readonly panels: readonly WalkPanel[];
  readonly tubes: readonly WalkTube[];
  readonly surveys: ReadonlyMap<string, TubeSurvey>;
  /** Names of the surveys, in the order of their tasks. */
  readonly surveyKeys: readonly string[];
  readonly questions: StudyQuestions | undefined;
}

interface Placed {
  readonly panels: ReadonlyMap<string, PlacedPanel>;
  readonly problems: readonly Problem[];
  /** Under which the places are kept, and whether they were there already. */
  readonly key: string;
  readonly isKept: boolean;
}

/** What is kept of a placing: a template is at hand whenever it is asked for. */
interface KeptPlaces {
  readonly panels: ReadonlyMap<string, Omit<PlacedPanel, 'template'>>;
  readonly problems: readonly Problem[];
}

/**
 * Places every panel's gates over its tubes, or takes the places that the same surveys, templates and questions led to in an
 * earlier run: a run that goes on, or is looked at in a review, does not pay for them again.
 */
export async function placePanels(placing: Placing, { store }: Pick<WalkOptions, 'store'>): Promise<Placed> {
  const { panels, tubes, surveyKeys, questions } = placing;
  const key = stepKey('place', {
    surveyKeys,
    questions: questions ?? null,
    tubes: tubes.map(({ panel, placement }) => ({ panel, placement })),
    panels: panels.map(({ panel, template, templateSha256 }) => ({ panel, template, templateSha256 })),
  });
  const kept = store.read<KeptPlaces>(key);
  const found = kept ?? (await place(placing));
  if (kept === undefined) store.write(key, found);
  const withTemplates = panels.flatMap(({ panel, template }) => {
    const own = found.panels.get(panel);
    return own === undefined ? [] : [[panel, { ...own, template }] as const];
  });
  return { panels: new Map(withTemplates), problems: found.problems, key, isKept: kept !== undefined };
}

/** Tubes are given to a method in the order of their ids. */
async function place({ panels, tubes, surveys, questions }: Placing): Promise<KeptPlaces> {
  const placeStudy = await loadPlacing();
  const placedPanels = new Map<string, Omit<PlacedPanel, 'template'>>();
  const problems: Problem[] = [];
  const draws = questions && { populations: questions.endpoints, count: questions.drawCount, seed: questions.seed };
  for (const { panel, template, templateSha256 } of panels) {
    const own = tubes.filter((tube) => tube.panel === panel).map((tube) => tube.placement);
    const byId = [...own].sort((a, b) => (a.sampleId < b.sampleId ? -1 : 1));
    const ownSurveys = byId.flatMap((tube) => surveys.get(tube.sampleId) ?? []);
    const wishes = { draws, bridge: questions?.bridge ?? 'off' } as const;
    const placed = placeStudy(template, templateSha256, ownSurveys, byId, wishes);
    placedPanels.set(panel, { book: placed.book, draws: placed.draws, stains: placed.stains });
    const empty = new Set(ownSurveys.filter((one) => one.eventCount === 0).map((one) => one.sampleId));
    problems.push(...toldOnceOfEmptyTubes(placed.problems, placed.book, empty));
  }
  return { panels: placedPanels, problems };
}
