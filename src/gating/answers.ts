/** Staining of a population on a marker, in linear compensated units; quartiles of R's type 7. */
export interface Intensity {
  readonly population: string;
  readonly marker: string;
  readonly channel: string | null;
  /** Events of the population with a number on the marker; null where its gate has no place. */
  readonly n: number | null;
  readonly median: number | null;
  readonly p25: number | null;
  readonly p75: number | null;
}

/** Counts of one population under plausible places of its gate. */
export interface DrawnCounts {
  readonly population: string;
  /** The first is the book's own place, then the draws; null where the gate has no place. */
  readonly counts: readonly (number | null)[];
}

/** The parent's events along the profile of an alignment, in u from the tube's own landmark; the end bins hold what lies beyond them. */
export interface EventProfile {
  readonly alignment: string;
  readonly from: number;
  readonly binWidth: number;
  readonly counts: readonly number[];
}

/** This tube's events inside a gate as it lies in another tube. */
export interface OtherCount {
  readonly other: string;
  readonly population: string;
  /** null where the gate has no place there, or its parent none here. */
  readonly count: number | null;
}

/** How many events of a population lie in another one as well. */
export interface Overlap {
  readonly population: string;
  readonly without: string;
  /** null where a gate of either has no place. */
  readonly count: number | null;
}

/** What counting found beside the tree, in the order of the questions. */
export interface CountAnswers {
  readonly intensities: readonly Intensity[];
  readonly draws: readonly DrawnCounts[];
  readonly profiles: readonly EventProfile[];
  readonly others: readonly OtherCount[];
  readonly overlaps: readonly Overlap[];
}
