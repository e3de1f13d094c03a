/** A seeded sample of some of a tube's events, in random order: any prefix is itself a uniform sample. */
export interface Reservoir {
  /** `root` for all events, else the name of the template's stratum. */
  readonly name: string;
  /** Full path of the population that is placed from it; empty for all events. */
  readonly for: string;
  /** Marker -> linear edge of the stratum. */
  readonly above: Readonly<Record<string, number>>;
  readonly below: Readonly<Record<string, number>>;
  /** Events of the tube in this stratum, of which the rows are a sample. */
  readonly eventCount: number;
  readonly rowCount: number;
  /** Marker -> linear, compensated values, one a row. */
  readonly columns: Readonly<Record<string, Float32Array>>;
}

/** What placing may know of one tube: bounded, no verdict, nothing of visit, arm or date. */
export interface TubeSurvey {
  readonly sampleId: string;
  readonly eventCount: number;
  /** Marker -> $PnN. */
  readonly channels: Readonly<Record<string, string>>;
  /** Optional markers that this tube does not have. */
  readonly absent: readonly string[];
  /** Marker -> range of its channel ($PnR); null where the file states none that can be used. */
  readonly ranges: Readonly<Record<string, number | null>>;
  /** Marker -> number of negative values and their 5 % quantile, for widths of scales; 0 and null where none is estimated. */
  readonly negatives: Readonly<Record<string, { readonly count: number; readonly quantile: number | null }>>;
  /** Marker -> 99.99 % quantile of its values. */
  readonly tops: Readonly<Record<string, number>>;
  readonly reservoirs: readonly Reservoir[];
  readonly flags: readonly string[];
}

/** What placing may know of a tube's place in the study. */
export interface PlacementTube {
  readonly sampleId: string;
  /** True for samples that are neither excluded nor controls: they form the pool. */
  readonly isInPool: boolean;
  readonly role: string;
  /** True: a person took it out, so that as a control it tells nothing of its batch. */
  readonly isExcluded?: boolean;
  readonly batch: string;
  /** Opaque: equal for tubes of one subject. */
  readonly subjectKey: string;
}
