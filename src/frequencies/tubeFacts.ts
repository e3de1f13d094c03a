import type { Endpoint } from '../analysis/index.ts';

/** One population of one sample tube, whatever it was read from: the tubes of a run, or a table. */
export interface TubeValues {
  readonly sampleId: string;
  readonly subject: string;
  readonly visit: string;
  /** `sample`, or that of a control. */
  readonly role: string;
  /** Of a control: the tubes that it is the background of, by sampleId; empty: those of its subject and visit. */
  readonly controlOf: readonly string[];
  /** Empty where one template serves all tubes. */
  readonly panel: string;
  readonly population: string;
  readonly status: 'ok' | 'not_evaluable' | 'failed' | 'excluded';
  /** Why the status is not ok; empty otherwise. */
  readonly reason: string;
  readonly flags: readonly string[];
  readonly arm: string;
  readonly count: number | null;
  /** Measure -> percent of 0…100, or cells per µL; null where there is none. */
  readonly values: Readonly<Record<string, number | null>>;
  /** Measure -> events of its denominator. */
  readonly denominatorCounts: Readonly<Record<string, number | null>>;
}

/** What the sheet and the counting know of a tube beside its shares. */
export interface TubeFacts {
  /** The row of the sheet; undefined where there is none. */
  readonly tubeOf: (row: TubeValues) => { readonly date: string | null; readonly arm: string } | undefined;
  /** A tube's events in an endpoint's gate as it lies in the subject's other tubes, by their sampleId. */
  readonly crossed?: (sampleId: string, endpoint: Endpoint) => Readonly<Record<string, number>>;
  /** Median staining of a marker in a population of a tube; null where there is none. */
  readonly medianOf?: (sampleId: string, population: string, marker: string) => number | null;
}
