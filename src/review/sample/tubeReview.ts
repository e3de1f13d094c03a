import type { GateContext, Geometry, TubeBook } from '../../gating/index.ts';
import type { PageEdge, PageOutline } from './pageGate.ts';

/** A planned share on which a gate's place may weigh. */
export interface ReviewTarget {
  readonly population: string;
  /** Path of what it is a share of; null where that is no plain population. */
  readonly denominator: string | null;
  /** How much it counts: 1 for a primary endpoint. */
  readonly weight: number;
}

/** What is asked of one tube for a review. */
export interface ReviewRequest {
  /** Marker -> $PnN of this tube. */
  readonly channels: Readonly<Record<string, string>>;
  readonly targets: readonly ReviewTarget[];
  /** Population -> where its gate might as well lie: in other tubes, and as it was drawn; on this tube's channels. */
  readonly places: Readonly<Record<string, readonly Geometry[]>>;
}

/** What looking at one tube rests on. */
export interface TubeSight {
  readonly context: GateContext;
  readonly book: TubeBook;
  readonly request: ReviewRequest;
}

/** The parent's events as one gate of one tube sees them, at most so many that a page can hold them. */
export interface GateSample {
  readonly population: string;
  readonly parent: string;
  readonly parentCount: number;
  /** Steps of u, {@link STEP}: how far each sampled event lies from each edge; 0 is the first step at or above it. */
  readonly edges: readonly (PageEdge & { readonly column: Int16Array })[];
  /** Markers that no edge cuts, for drawing: steps from u = 0. */
  readonly axes: readonly { readonly marker: string; readonly column: Int16Array }[];
  readonly outlines: readonly PageOutline[];
  /** Bit 1: inside all but the edges; 2: in a planned endpoint at or below this gate; 4: inside what cannot be moved. */
  readonly marks: Uint8Array;
  readonly handles: readonly string[];
  /** Spread of the log share over plausible places, from the one that it has. */
  readonly uncertainty: number;
  /** How far a planned share moves, as a log, when an edge moves by 0.1 u. */
  readonly leverage: number;
  /** The handle on which most of that hangs; null where nothing can be moved. */
  readonly lever: string | null;
}

export interface TubeReview {
  readonly sampleId: string;
  readonly gates: readonly GateSample[];
}

/**
 * The lattice of the page, in u. Edges move by 0.02 u, four of these steps, and an event's distance is rounded down from
 * the edge itself, so that the page sorts every event at every place of an edge exactly as counting does.
 */
export const STEP = 0.005;
