import type { ScaleSpec } from '../scale/index.ts';
import type { CountAnswers } from './answers.ts';

export interface PopulationCount {
  /** Full path; the first is `root`. */
  readonly population: string;
  readonly parent: string;
  /** null where the gate, or one above it, could not be placed. */
  readonly count: number | null;
  readonly parentCount: number | null;
  /** Flags of the placement, sorted. */
  readonly flags: readonly string[];
}

export interface PictureAxis {
  readonly marker: string;
  readonly channel: string;
  /** The scale on which the axis is even; bins run from `from` to `to` in its coordinates. */
  readonly scale: ScaleSpec;
  readonly from: number;
  readonly to: number;
}

/**
 * Density in the plane of one step of a gate: of the parent at the first, then of what the steps before kept. Events
 * outside the axes count into the edge bins.
 */
export interface Picture {
  readonly population: string;
  readonly parent: string;
  readonly x: PictureAxis;
  readonly y: PictureAxis;
  readonly bins: number;
  /** bins × bins, row by row from the lowest y; all events that the step looks at. */
  readonly density: Uint32Array;
  /** The same grid, events that the step keeps; after the last one those of the population. */
  readonly inside: Uint32Array;
}

export interface TubeCounts {
  readonly sampleId: string;
  readonly eventCount: number;
  /** root, then tree order. */
  readonly populations: readonly PopulationCount[];
  readonly pictures: readonly Picture[];
  /** One 0/1 column a population in tree order (without root), where asked for. */
  readonly membership: readonly Uint8Array[] | null;
  readonly answers: CountAnswers;
}
