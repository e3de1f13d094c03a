/** What the bridging controls of one batch say of the stain of one marker. */
export type BatchStain = MeasuredStain | UnknownStain;

export interface MeasuredStain {
  readonly status: 'measured';
  readonly batch: string;
  readonly marker: string;
  readonly controlCount: number;
  /** Where the landmark lies in the study, in u: the median over batches. */
  readonly study: number;
  /** Distance of the batch's landmark from it, in u. */
  readonly shift: number;
  /** The part of the shift by which cuts are carried. */
  readonly carried: number;
  /** What is left of the shift where the batch is aligned. */
  readonly left: number;
  /** Of the controls, each aligned by the others of its batch: the largest shift that is left; null for one alone. */
  readonly leftOut: number | null;
}

export interface UnknownStain {
  readonly status: 'unknown';
  readonly batch: string;
  readonly marker: string;
  /** `no_control`, `no_mode` (nothing bright and well filled), `other_mode`, or `one_batch`: no other to compare with. */
  readonly reason: 'no_control' | 'no_mode' | 'other_mode' | 'one_batch';
}
