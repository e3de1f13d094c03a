/** A share of one denominator with its exact binomial interval, in percent. */
export interface Share {
  /** Events of the denominator. */
  readonly n: number;
  readonly percent: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** One row of frequencies.csv: a tube × a population. */
export interface Frequency {
  readonly sampleId: string;
  readonly subject: string | null;
  readonly visit: string | null;
  readonly visitIndex: number | null;
  readonly panel: string;
  readonly role: string;
  readonly batch: string;
  readonly arm: string;
  readonly population: string;
  readonly parent: string;
  readonly depth: number;
  readonly count: number | null;
  readonly parentCount: number | null;
  readonly ofParent: Share | null;
  /** Denominator name -> share; only for the denominator itself and populations below it. */
  readonly of: Readonly<Record<string, Share | null>>;
  readonly cellsPerUl: number | null;
  readonly status: 'ok' | 'not_evaluable' | 'failed' | 'excluded';
  readonly flags: readonly string[];
}
