import {
  type Arrival,
  type Progress,
  type RunLog,
  runTasks,
  secondsSince,
  type TaskStore,
  taskKey,
} from '../batch/index.ts';
import { type OtherCount, type PlacementBook, type TubeCounts, tubeBook } from '../gating/index.ts';
import { type BatchStain, placeStudy, type TubeSurvey } from '../placement/index.ts';
import { type Problem, printProblem } from '../problems/index.ts';
import type { Template } from '../template/index.ts';
import type { TubeFacts, TubeResult, TubeTask } from '../tube/index.ts';
import { countQuestions, type PlacedPanel, type StudyQuestions } from './countQuestions.ts';
import { toldOnceOfEmptyTubes } from './emptyTubes.ts';
import { bySibling } from './siblings.ts';
import type { WalkTube } from './walkTube.ts';

/** A template and the name of its panel; the name is empty where there is one template. */
export interface WalkPanel {
  readonly panel: string;
  readonly template: Template;
  readonly templateSha256: string;
}

export interface WalkOptions {
  readonly threads: number;
  readonly membership: boolean;
  readonly store: TaskStore;
  readonly progress: Progress;
  readonly log: RunLog;
  readonly signal: AbortSignal;
}

export interface Walked {
  /** Panel -> where every gate lies. */
  readonly books: ReadonlyMap<string, PlacementBook>;
  /** sampleId -> its counts; tubes that failed are not in it. */
  readonly counts: ReadonlyMap<string, TubeCounts>;
  /** sampleId -> what its file is; of failed tubes only where the survey succeeded. */
  readonly facts: ReadonlyMap<string, TubeFacts>;
  /** sampleId -> its events inside the endpoints' gates as they lie in the subject's other tubes. */
  readonly crossed: ReadonlyMap<string, readonly OtherCount[]>;
  /** sampleId -> the flags of file and survey. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** Panel -> what bridging controls say of each batch. */
  readonly stains: ReadonlyMap<string, readonly BatchStain[]>;
  /** Each finding once, though survey and count both open the file. */
  readonly problems: readonly Problem[];
}

/**
 * Survey, place, count. Tubes meet in placing alone; a tube that fails, at either step, takes no part in the pool: where
 * one fails only when it is counted, the study is placed again without it.
 * @param panels in the order of study.yaml
 * @param tubes in any order: placing sees them by sampleId
 * @param questions what is wanted beside the trees; nothing where left out
 */
export async function walk(
  panels: readonly WalkPanel[],
  tubes: readonly WalkTube[],
  options: WalkOptions,
  questions?: StudyQuestions,
): Promise<Walked> {
  const templates = new Map(panels.map((one) => [one.panel, one.template]));
  const surveyed = await surveyTubes(tubes, templates, options);
  const facts = new Map<string, TubeFacts>();
  const surveys = new Map<string, TubeSurvey>();
  for (const result of surveyed.results) {
    if (result.status === 'failed' || result.kind !== 'survey') continue;
    facts.set(result.survey.sampleId, result.facts);
    surveys.set(result.survey.sampleId, result.survey);
  }
  for (let round = 1; ; round += 1) {
    const sound = tubes.filter((tube) => surveys.has(tube.file.sampleId));
    const startMs = performance.now();
    const placed = place(panels, sound, surveys, questions);
    const seconds = secondsSince(startMs);
    options.log.write(round === 1 ? 'placed' : 'placed_again', { tubes: sound.length, seconds });
    const tasks = countTasks(sound, surveys, placed.panels, { membership: options.membership, questions });
    const counted = await step('count', tasks, options);
    const counts = new Map<string, TubeCounts>();
    for (const result of counted.results) {
      if (result.status === 'ok' && result.kind === 'count') counts.set(result.counts.sampleId, result.counts);
    }
    const lost = sound.filter((tube) => !counts.has(tube.file.sampleId));
    surveyed.problems.push(...counted.results.flatMap((result) => result.problems));
    if (lost.length === 0) {
      options.store.keepOnly(new Set([...surveyed.keys, ...counted.keys]));
      const flags = new Map([...surveys].map(([id, survey]) => [id, flagsOf(survey, facts.get(id))]));
      const problems = eachOnce([...surveyed.problems, ...placed.problems]);
      const books = new Map([...placed.panels].map(([panel, { book }]) => [panel, book]));
      const crossed = new Map([...counts].map(([id, { answers }]) => [id, bySibling(id, sound, answers.others)]));
      const stains = new Map([...placed.panels].map(([panel, one]) => [panel, one.stains]));
      return { books, counts, crossed, facts, flags, problems, stains };
    }
    for (const tube of lost) surveys.delete(tube.file.sampleId);
  }
}

interface Step {
  readonly results: readonly TubeResult[];
  readonly keys: readonly string[];
  readonly problems: Problem[];
}

function surveyTubes(
  tubes: readonly WalkTube[],
  templates: ReadonlyMap<string, Template>,
  options: WalkOptions,
): Promise<Step> {
  const tasks = tubes.map((tube): TubeTask => {
    return { kind: 'survey', tube: tube.file, template: templateOf(tube, templates) };
  });
  return step('survey', tasks, options);
}

function countTasks(
  tubes: readonly WalkTube[],
  surveys: ReadonlyMap<string, TubeSurvey>,
  panels: ReadonlyMap<string, PlacedPanel>,
  { membership, questions }: { readonly membership: boolean; readonly questions: StudyQuestions | undefined },
): readonly TubeTask[] {
  return tubes.map((tube): TubeTask => {
    const { sampleId } = tube.file;
    const placed = panels.get(tube.panel);
    const survey = surveys.get(sampleId);
    if (placed === undefined || survey === undefined) throw new Error(`tube ${sampleId} was not placed`);
    const { template, book } = placed;
    const own = { kind: 'count', tube: tube.file, template, book: tubeBook(book, sampleId), membership } as const;
    return questions === undefined ? own : { ...own, questions: countQuestions(survey, placed, tubes, questions) };
  });
}

async function step(name: string, tasks: readonly TubeTask[], options: WalkOptions): Promise<Step> {
  const { threads, store, signal, progress, log } = options;
  const onDone = (task: TubeTask, result: TubeResult, arrival: Arrival) => {
    progress.tick(task.tube.sampleId, result.status);
    logTube(log, task, result, arrival);
  };
  progress.start(name, tasks.length);
  const keys = tasks.flatMap((task) => taskKey(task) ?? []);
  const results = await runTasks(tasks, { threads, store, signal, onDone });
  return { results, keys, problems: results.flatMap((result) => result.problems) };
}

function logTube(log: RunLog, { kind, tube }: TubeTask, { status, problems }: TubeResult, arrival: Arrival): void {
  const how = arrival.kind === 'kept' ? { kept: true } : { seconds: arrival.seconds };
  const { sampleId: sample_id } = tube;
  if (status === 'ok') {
    log.write(kind === 'survey' ? 'surveyed' : 'counted', { sample_id, ...how });
    return;
  }
  const codes = problems.filter((found) => found.severity === 'error').map((found) => found.code);
  log.write('tube_failed', { sample_id, step: kind, codes: [...new Set(codes)].sort(), ...how });
}

function place(
  panels: readonly WalkPanel[],
  tubes: readonly WalkTube[],
  surveys: ReadonlyMap<string, TubeSurvey>,
  questions: StudyQuestions | undefined,
): { panels: ReadonlyMap<string, PlacedPanel>; problems: readonly Problem[] } {
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

function templateOf(tube: WalkTube, templates: ReadonlyMap<string, Template>): Template {
  const template = templates.get(tube.panel);
  if (template === undefined) throw new Error(`tube ${tube.file.sampleId} is of no panel of this study`);
  return template;
}

function flagsOf(survey: TubeSurvey, facts: TubeFacts | undefined): readonly string[] {
  return [...new Set([...survey.flags, ...(facts?.flags ?? [])])].sort();
}

function eachOnce(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((one) => [`${printProblem(one)}\0${one.where.sampleId ?? ''}`, one])).values()];
}
