import type { Likeness } from '../likeness/index.ts';
import type { TubeSurvey } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { TimeTrace, TubeTask } from '../tube/index.ts';
import { step, type WalkOptions } from './walkStep.ts';
import { templateOf, type WalkPanel, type WalkTube } from './walkTube.ts';

export interface Surveyed {
  /** sampleId -> its survey; not of tubes that failed or were refused. */
  readonly surveys: Map<string, TubeSurvey>;
  /** sampleId -> what all its values showed. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** sampleId -> how it ran; not of files without a time. */
  readonly traces: ReadonlyMap<string, TimeTrace>;
  readonly keys: readonly string[];
  readonly problems: readonly Problem[];
}

/** Surveys every tube for which it is decided how its values are to be read. */
export async function surveyTubes(
  panels: readonly WalkPanel[],
  tubes: readonly WalkTube[],
  decisions: Likeness['decisions'],
  options: WalkOptions,
): Promise<Surveyed> {
  const tasks = tubes.flatMap((tube): TubeTask[] => {
    const decision = decisions.get(tube.file.sampleId);
    if (decision === undefined) return [];
    return [{ kind: 'survey', tube: tube.file, template: templateOf(tube, panels), decision }];
  });
  const { results, keys } = await step('survey', tasks, options);
  const surveys = new Map<string, TubeSurvey>();
  const flags = new Map<string, readonly string[]>();
  const traces = new Map<string, TimeTrace>();
  for (const one of results) {
    if (one.status === 'failed' || one.kind !== 'survey') continue;
    surveys.set(one.survey.sampleId, one.survey);
    if (one.trace !== undefined) traces.set(one.survey.sampleId, one.trace);
    flags.set(one.survey.sampleId, [...one.survey.flags, ...one.flags]);
  }
  return { surveys, flags, traces, keys, problems: results.flatMap((one) => one.problems) };
}
