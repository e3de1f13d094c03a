import type { PlacementBook } from '../gating/index.ts';

/** A file that a run read. */
export interface RunInput {
  readonly role: string;
  readonly path: string;
  readonly sampleId: string | null;
  readonly sha256: string | null;
}

/** One row of frequencies.csv, as far as runs are compared by it. */
export interface RunCount {
  readonly sampleId: string;
  readonly population: string;
  readonly count: number | null;
  readonly percentOfParent: number | null;
  readonly status: string;
}

/** One row of comparisons.csv, as far as runs are compared by it: texts as they stand there. */
export interface RunConclusion {
  /** Family, endpoint, visits, analysis and panel: what was asked. */
  readonly key: string;
  readonly family: string;
  readonly endpoint: string;
  readonly visits: string;
  readonly analysis: string;
  readonly estimate: string;
  readonly p: string;
  readonly pAdjusted: string;
  /** `reject` or `equivalent`, TRUE or FALSE. */
  readonly verdict: string;
  readonly status: string;
  readonly sentence: string;
}

/** What a folder of a run holds, read and parsed. */
export interface RunContents {
  readonly command: string;
  readonly study: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly planSha256: string | null;
  readonly overrideCount: number;
  readonly inputs: readonly RunInput[];
  readonly outputs: ReadonlyMap<string, string>;
  /** sampleId -> status. */
  readonly tubes: ReadonlyMap<string, string>;
  /** File name -> book. */
  readonly books: ReadonlyMap<string, PlacementBook>;
  readonly counts: readonly RunCount[];
  readonly conclusions: readonly RunConclusion[];
}
