import type { PlacementBook } from '../../gating/index.ts';
import type { Reading } from '../../problems/index.ts';
import { type GateQuestion, gateQuestion } from '../gate.ts';
import { lookAtTubes } from '../lookAtTubes.ts';
import { panelsOf } from '../panels.ts';
import { placePanels } from '../placePanels.ts';
import { surveyTubes } from '../surveyTubes.ts';
import type { WalkOptions } from '../walkStep.ts';
import { walkTube } from '../walkTube.ts';
import type { TubesQuestion } from './gateTubes.ts';
import { inMemory } from './inMemory.ts';

/**
 * Finds where every gate lies in every tube, as `cytopair gate` does before it counts; no event is counted. A tube that
 * cannot be used takes no part, and its problems say why.
 * @returns undefined, with the reasons, where template or files cannot be used at all
 */
export async function placeTubes(question: TubesQuestion): Promise<Reading<PlacementBook>> {
  const { value: asked, problems } = gateQuestion(question.template, question.files, question.reading ?? {});
  if (asked === undefined) return { value: undefined, problems };
  const placed = await inMemory(question, asked.tubes.length, (how) => bookOf(asked, how));
  return { value: placed.value, problems: [...problems, ...placed.problems] };
}

async function bookOf({ loaded, tubes: given }: GateQuestion, how: WalkOptions): Promise<Reading<PlacementBook>> {
  const panels = panelsOf(new Map([['', loaded.template]]), loaded.inputs);
  const tubes = given.map(walkTube);
  const seen = await lookAtTubes(panels, tubes, how, 'warned');
  const surveyed = await surveyTubes(panels, tubes, seen.likeness.decisions, how);
  const sound = tubes.filter((tube) => surveyed.surveys.has(tube.file.sampleId));
  const { surveys, keys: surveyKeys } = surveyed;
  const placed = await placePanels({ panels, tubes: sound, surveys, surveyKeys, questions: undefined }, how);
  const problems = [...seen.problems, ...surveyed.problems, ...placed.problems];
  return { value: placed.panels.get('')?.book, problems };
}
