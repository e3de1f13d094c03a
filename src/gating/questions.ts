import type { Axis, Point } from './axis.ts';
import type { Geometry } from './geometries/registry.ts';

/** How bright a population is on a marker. */
export interface IntensityQuestion {
  readonly population: string;
  readonly marker: string;
  /** $PnN of the tube; null where the tube lacks the marker. */
  readonly channel: string | null;
}

/** Plausible places of one gate in this tube, in the order of the study's draws: draw i moved the gate in every tube. */
export interface DrawnGate {
  readonly population: string;
  readonly parent: string;
  readonly geometries: readonly Geometry[];
}

/** The line of an alignment's profile in this tube: from its own landmark along a direction. */
export interface ProfileAxis {
  readonly alignment: string;
  readonly parent: string;
  readonly dims: readonly [Axis, Axis];
  readonly origin: Point;
  readonly direction: Point;
}

/** A gate as it lies in another tube of the same subject, under an id that says nothing of its visit. */
export interface OtherGate {
  readonly other: string;
  readonly population: string;
  readonly parent: string;
  readonly geometry: Geometry;
}

/** Whether a population holds events of another one that a denominator is without. */
export interface OverlapQuestion {
  readonly population: string;
  readonly without: string;
}

/** What counting is asked beside the tree. Populations above a gate stay as the book has them in this tube. */
export interface CountQuestions {
  readonly intensities: readonly IntensityQuestion[];
  readonly draws: readonly DrawnGate[];
  readonly profiles: readonly ProfileAxis[];
  readonly others: readonly OtherGate[];
  readonly overlaps: readonly OverlapQuestion[];
}

export const NO_QUESTIONS: CountQuestions = { intensities: [], draws: [], profiles: [], others: [], overlaps: [] };
