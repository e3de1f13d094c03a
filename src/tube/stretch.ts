/** Values of one channel among others: `width` apart, the first at `offset`. */
export interface Stretch {
  readonly offset: number;
  readonly width: number;
  readonly count: number;
}
