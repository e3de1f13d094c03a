/** Some events of a tube in a row, at most `BLOCK_EVENTS`; they may lie elsewhere as soon as the next block comes. */
export interface EventBlock {
  /** Of the tube. */
  readonly firstEvent: number;
  readonly eventCount: number;
  /**
   * Linear values of a channel, compensated where the template says so.
   * @param rows which events, by their place in the block; the first `count` are asked for
   * @param out its first `count` are filled
   */
  fill(channel: string, rows: Uint32Array, count: number, out: Float64Array): void;
}

/** What a core's caches hold with all that is made of it. */
export const BLOCK_EVENTS = 4096;
