import type { BookAlignment } from '../../gating/index.ts';
import type { Problem } from '../../problems/index.ts';
import type { Cut } from '../cuts/cut.ts';

/** Tubes of a study brought to one stain, once; coordinates in u. What only one method knows stands in that method's own fit. */
export interface Alignment {
  /** Name of the method in the registry of alignments: a gate that stands on one method alone asks for it. */
  readonly method: string;
  readonly flags: readonly string[];
  /** What a reader of the study must be told of this fit. */
  readonly problems: readonly Problem[];
  /** Markers on which it holds a cut for each tube, so that all gates on them stand on the same one. */
  readonly cutMarkers: readonly string[];
  /** Where a coordinate of a tube lies in the study; the inverse of `inTube`. */
  toStudy(sampleId: string, marker: string, u: number): number;
  /** Where a coordinate of the study lies in a tube. */
  inTube(sampleId: string, marker: string, u: number): number;
  /** Cut of one of `cutMarkers` in a tube; undefined for other markers, and where the tube has none. */
  cut(sampleId: string, marker: string): Cut | undefined;
  /** Why the tube's place is doubtful. */
  tubeFlags(sampleId: string): readonly string[];
  readonly book: BookAlignment;
  /**
   * The alignment as it might have come out, for one draw after another; what draws share is made once.
   * @param pool sample_ids of the aligned tubes of the pool, ascending
   * @returns by the key of a draw: the study's seed, the alignment, a number
   */
  redrawn(pool: readonly string[]): (key: string) => DrawnAlignment;
}

export interface DrawnAlignment {
  readonly fit: Alignment;
  /** The settings of a gate on this alignment, with what is moved in this draw. */
  settings(own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}
