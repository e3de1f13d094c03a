import type { FcsReadingOptions } from '../fcs/index.ts';
import type { CountQuestions, TubeBook, TubeCounts } from '../gating/index.ts';
import type { TubeSurvey } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Template } from '../template/index.ts';

/** What opening a tube needs. */
export interface TubeFile {
  readonly sampleId: string;
  /** Absolute path. */
  readonly path: string;
  /** How the file is called in messages and outputs. */
  readonly displayPath: string;
  readonly reading: FcsReadingOptions;
}

/** A unit of work for a thread: plain data. */
export type TubeTask =
  | { readonly kind: 'survey'; readonly tube: TubeFile; readonly template: Template }
  | {
      readonly kind: 'count';
      readonly tube: TubeFile;
      readonly template: Template;
      readonly book: TubeBook;
      readonly membership: boolean;
      /** What is asked beside the tree; nothing where left out. */
      readonly questions?: CountQuestions;
    };

/** Facts of a file that the record keeps. */
export interface TubeFacts {
  readonly bytes: number;
  readonly sha256: string;
  readonly cytometer: string;
  readonly eventCount: number;
  /** $VOL, what was drawn, in nL (FCS 3.1, 3.2.20); null where it is absent or no number above 0. */
  readonly volumeNl: number | null;
  /** What was done to the numbers: matrix and its source, amplification, partial reading. */
  readonly compensation: string;
  readonly flags: readonly string[];
}

export type TubeResult =
  | {
      readonly status: 'ok';
      readonly kind: 'survey';
      readonly survey: TubeSurvey;
      readonly facts: TubeFacts;
      readonly problems: readonly Problem[];
    }
  | {
      readonly status: 'ok';
      readonly kind: 'count';
      readonly counts: TubeCounts;
      readonly facts: TubeFacts;
      readonly problems: readonly Problem[];
    }
  | { readonly status: 'failed'; readonly problems: readonly Problem[] };
