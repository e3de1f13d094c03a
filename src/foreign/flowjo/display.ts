import type { ScaleSpec } from '../../scale/index.ts';
import type { ForeignDisplay, ForeignScale } from '../model.ts';

/** How a channel is shown, which makes its edges straight. */
export interface ChannelDisplay {
  /** null: linear. */
  readonly scale: ForeignScale | null;
  /** Where the axis has a rule for FlowJo's grid. */
  readonly grid: ForeignDisplay | undefined;
  readonly gain: number;
  /** Coordinate on `scale` (linear units where there is none) of a channel of 256. */
  readonly ofChannel256: { readonly offset: number; readonly perChannel: number };
  /** Why the scale cannot be used, so that only gates with straight sides can; undefined where it can. */
  readonly fault: string | undefined;
}

const CHANNELS = 256;
/** Channels of the biex table. */
export const BIEX_CHANNELS = 4096;

export function linearDisplay(min: number, max: number, gain: number): ChannelDisplay {
  return {
    scale: null,
    grid: { kind: 'linear', min, max },
    gain,
    ofChannel256: { offset: min, perChannel: (max - min) / CHANNELS },
    fault: max > min ? undefined : `its axis runs from ${min} to ${max}`,
  };
}

export function logDisplay(offset: number, decades: number): ChannelDisplay {
  if (!(offset > 0) || !(decades > 0)) return faulty(`its axis has ${decades} decades from ${offset}`);
  return {
    ...ofUnit({ kind: 'flowjo-log', offset, decades }),
    grid: { kind: 'log', offset, decades },
  };
}

/** A scale whose coordinates run from 0 to 1. */
export function ofUnit(spec: ScaleSpec): ChannelDisplay {
  const scale = { spec, boundMin: null, boundMax: null };
  return { scale, grid: undefined, gain: 1, ofChannel256: { offset: 0, perChannel: 1 / CHANNELS }, fault: undefined };
}

export function biexDisplay(spec: ScaleSpec): ChannelDisplay {
  return {
    scale: { spec, boundMin: null, boundMax: null },
    grid: { kind: 'biex', spec },
    gain: 1,
    ofChannel256: { offset: 0, perChannel: BIEX_CHANNELS / CHANNELS },
    fault: undefined,
  };
}

/** A channel whose values are known and whose display is not. */
export function faulty(fault: string): ChannelDisplay {
  return { scale: null, grid: undefined, gain: 1, ofChannel256: { offset: 0, perChannel: 1 }, fault };
}
