import { NO_QUESTIONS, tubeBook } from '../gating/index.ts';
import type { Likeness } from '../likeness/index.ts';
import type { TubeSurvey } from '../placement/index.ts';
import type { CountTask } from '../tube/index.ts';
import { countQuestions, type StudyQuestions } from './countQuestions.ts';
import { overlapQuestions } from './overlapQuestions.ts';
import type { PlacedPanel } from './placedPanel.ts';
import type { WalkTube } from './walkTube.ts';

/** What is wanted of counting. */
export interface CountWishes {
  readonly membership: boolean;
  readonly questions: StudyQuestions | undefined;
  readonly decisions: Likeness['decisions'];
}

/** The tasks of counting every tube that was placed, in their order. */
export function countTasks(
  tubes: readonly WalkTube[],
  surveys: ReadonlyMap<string, TubeSurvey>,
  panels: ReadonlyMap<string, PlacedPanel>,
  { membership, questions, decisions }: CountWishes,
): readonly CountTask[] {
  return tubes.map((tube): CountTask => {
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
