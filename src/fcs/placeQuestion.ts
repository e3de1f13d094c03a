import type { Segment } from './fcsFile.ts';
import type { OffsetPair } from './header.ts';

/** All that is known about where DATA may lie; offsets of the pairs count from `base`, all others from the file's start. */
export interface PlaceQuestion {
  readonly base: number;
  /** First byte that is not of this data set: the next HEADER, or the file's size. */
  readonly limitBytes: number;
  readonly sizeBytes: number;
  /** TEXT usually lies before DATA; Coulter writes it behind. */
  readonly textSegment: Segment;
  /** ANALYSIS and supplemental TEXT, where their offsets make sense. */
  readonly others: readonly Segment[];
  readonly header: OffsetPair;
  readonly text: OffsetPair;
  readonly version: string;
  /** $TOT; undefined where it is missing or no number. */
  readonly tot: number | undefined;
  readonly eventBits: number;
  readonly trust: 'header' | 'text' | undefined;
  readonly acceptTruncated: boolean;
}
