import type { Scale } from '../scale/index.ts';

/** One column that a gate may ask for. */
export interface Channel {
  /** $PnN as the FCS room made it unique. */
  readonly name: string;
  /** undefined: linear units as compensated; else coordinates on the scale. */
  readonly scale: Scale | undefined;
}

/** Which events: all of the tube, or the ascending indices of some. */
export type EventIndex = 'all' | Uint32Array;

/** The seam between gating and files: gating asks for values of a channel for some events. */
export interface Events {
  readonly count: number;
  /**
   * Values of one channel for some events, in their order; compensated where the template says so.
   * @returns a fresh or shared array of length count, or of the index list; not to be written to
   */
  values(channel: Channel, events: EventIndex): Float64Array;
}
