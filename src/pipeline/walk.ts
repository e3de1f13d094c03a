import { secondsSince } from '../batch/index.ts';
import { NO_QUESTIONS, type TubeCounts, tubeBook } from '../gating/index.ts';
import type { Likeness } from '../likeness/index.ts';
import { loadPlacing, type TubeSurvey } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Tube } from '../study/index.ts';
import type { TubeLook, TubeTask } from '../tube/index.ts';
import { countQuestions, type PlacedPanel, type StudyQuestions } from './countQuestions.ts';
import { toldOnceOfEmptyTubes } from './emptyTubes.ts';
import { lookAtTubes } from './lookAtTubes.ts';
import { overlapQuestions } from './overlapQuestions.ts';
import { bySibling } from './siblings.ts';
import { type Surveyed, surveyTubes } from './surveyTubes.ts';
import { type SampledCells, sampledCells, shownPopulations } from './tubeSketch.ts';
import type { Walked, WalkedPanel, WalkedTube } from './walked.ts';
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
      const cells = cellsOf(sound, surveys, placed.panels, questions?.endpoints);
      const found = { looks: seen.looks, decisions, counts, surveyed, cells };
      return {
        tubes: given.map((tube) => walkedTube(tube, sound, found)),
        panels: panels.map((panel) => walkedPanel(panel, placed.panels)),
        likeness: seen.likeness,
        problems: [...problems, ...placed.problems],
      };
    }
    for (const tube of lost) surveys.delete(tube.file.sampleId);
  }
}

interface FoundOfTubes {
  readonly looks: ReadonlyMap<string, TubeLook>;
  readonly decisions: Likeness['decisions'];
  readonly counts: ReadonlyMap<string, TubeCounts>;
  readonly surveyed: Pick<Surveyed, 'flags' | 'traces'>;
  readonly cells: ReadonlyMap<string, readonly SampledCells[]>;
}

function walkedTube(tube: Tube, sound: readonly WalkTube[], found: FoundOfTubes): WalkedTube {
  const { sampleId } = tube;
  const [decision, counts] = [found.decisions.get(sampleId), found.counts.get(sampleId)];
  const own = found.surveyed.flags.get(sampleId);
  return {
    tube,
    look: found.looks.get(sampleId),
    decision,
    counts,
    crossed: counts === undefined ? [] : bySibling(sampleId, sound, counts.answers.others),
    trace: found.surveyed.traces.get(sampleId),
    cells: found.cells.get(sampleId) ?? [],
    flags: own === undefined ? [] : [...new Set([...own, ...(decision?.flags ?? [])])].sort(),
  };
}

/** sampleId -> cells of what is asked about, or of the ends of the tree where nothing is. */
function cellsOf(
  tubes: readonly WalkTube[],
  surveys: ReadonlyMap<string, TubeSurvey>,
  panels: ReadonlyMap<string, PlacedPanel>,
  endpoints: readonly string[] | undefined,
): ReadonlyMap<string, readonly SampledCells[]> {
  return new Map(
    tubes.flatMap((tube) => {
      const { sampleId } = tube.file;
      const [survey, placed] = [surveys.get(sampleId), panels.get(tube.panel)];
      if (survey === undefined || placed === undefined) return [];
      const book = tubeBook(placed.book, sampleId);
      const own = shownPopulations(book, endpoints);
      return [[sampleId, sampledCells(survey, book, own)] as const];
    }),
  );
}

function walkedPanel(panel: WalkPanel, placed: ReadonlyMap<string, PlacedPanel>): WalkedPanel {
  const own = placed.get(panel.panel);
  if (own === undefined) throw new Error(`panel "${panel.panel}" was not placed`);
  return { ...panel, book: own.book, stains: own.stains };
}

interface CountWishes {
  readonly membership: boolean;
  readonly questions: StudyQuestions | undefined;
  readonly decisions: Likeness['decisions'];
}

function countTasks(
  tubes: readonly WalkTube[],
  surveys: ReadonlyMap<string, TubeSurvey>,
  panels: ReadonlyMap<string, PlacedPanel>,
  { membership, questions, decisions }: CountWishes,
): readonly TubeTask[] {
  return tubes.map((tube): TubeTask => {
    const { sampleId } = tube.file;
    const placed = panels.get(tube.panel);
    const survey = surveys.get(sampleId);
    const decision = decisions.get(sampleId);
    if (placed === undefined || survey === undefined || decision === undefined) {
      throw new Error(`tube ${sampleId} was not placed`);
    }
    const { template, book } = placed;
    const own = {
      kind: 'count',
      tube: tube.file,
      template,
      decision,
      book: tubeBook(book, sampleId),
      membership,
    } as const;
    if (questions !== undefined) return { ...own, questions: countQuestions(survey, placed, tubes, questions) };
    const overlaps = overlapQuestions(placed.template, placed.template.denominators);
    return overlaps.length === 0 ? own : { ...own, questions: { ...NO_QUESTIONS, overlaps } };
  });
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
