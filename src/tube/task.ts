import type { FcsReadingOptions } from '../fcs/index.ts';
import type { CountQuestions, TubeBook, TubeCounts } from '../gating/index.ts';
import type { TubeSurvey } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { ReviewRequest, TubeReview } from '../review/index.ts';
import type { Compensation, Template, ValuesRule } from '../template/index.ts';
import type { TubeDecision, TubeLook } from './look.ts';
import type { TimeTrace } from './timeTrace.ts';

/** What opening a tube needs. */
export interface TubeFile {
  readonly sampleId: string;
  /** Absolute path. */
  readonly path: string;
  /** How the file is called in messages and outputs. */
  readonly displayPath: string;
  readonly reading: FcsReadingOptions;
  /** Of this tube alone; undefined: as the template says. */
  readonly compensation?: Compensation | undefined;
  /** On what scale the file keeps its values, where it is said of this tube; else as the template says. */
  readonly values?: ValuesRule | undefined;
}

/** A unit of work for a thread: plain data. */
export type TubeTask = LookTask | SurveyTask | CountTask | ReviewTask;

interface TaskOnTube {
  readonly tube: TubeFile;
  readonly template: Template;
}

/** What the file says of itself and a sample of its events shows: before tubes are compared. */
interface LookTask extends TaskOnTube {
  readonly kind: 'look';
}

/** What is there of each marker, for placing. */
export interface SurveyTask extends TaskOnTube {
  readonly kind: 'survey';
  readonly decision: TubeDecision;
}

/** Who is in which gate. */
export interface CountTask extends TaskOnTube {
  readonly kind: 'count';
  readonly decision: TubeDecision;
  readonly book: TubeBook;
  readonly membership: boolean;
  /** What is asked beside the tree; nothing where left out. */
  readonly questions?: CountQuestions;
}

/** What a person is shown of its gates. */
export interface ReviewTask extends TaskOnTube {
  readonly kind: 'review';
  readonly decision: TubeDecision;
  readonly book: TubeBook;
  readonly request: ReviewRequest;
}

export type TubeResult = TubeDone | { readonly status: 'failed'; readonly problems: readonly Problem[] };

/**
 * Findings are told once: a look tells what is wrong with the file, its names and its matrix, a survey what all its values
 * show, a count nothing but why it failed.
 */
type TubeDone = { readonly status: 'ok'; readonly problems: readonly Problem[] } & (
  | { readonly kind: 'look'; readonly look: TubeLook }
  | {
      readonly kind: 'survey';
      readonly survey: TubeSurvey;
      /** undefined where the file keeps no time. */
      readonly trace: TimeTrace | undefined;
      readonly flags: readonly string[];
    }
  | { readonly kind: 'count'; readonly counts: TubeCounts }
  | { readonly kind: 'review'; readonly review: TubeReview }
);
