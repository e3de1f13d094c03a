import { median } from 'd3-array';
import { type ChannelLook, LOOK_QUANTILES } from '../tube/index.ts';
import type { ComparedTube } from './comparison.ts';

/** Quantiles that lie above the noise about zero, which does not tell a unit. */
const UPPER = LOOK_QUANTILES.flatMap((p, i) => (p >= 0.5 ? [i] : []));

/** With fewer events the upper quantiles are single cells. */
export const TELLING_EVENTS = 200;

/** A tube's channel by its $PnN. */
export function channelOf({ look }: ComparedTube, name: string): ChannelLook | undefined {
  return look.channels.find((channel) => channel.name === name);
}

/** Natural logs of the upper quantiles, each where it is positive. */
export function logLevels(channel: ChannelLook | undefined, factor = 1): readonly (number | undefined)[] {
  return UPPER.map((i) => {
    const value = (channel?.quantiles?.[i] ?? 0) * factor;
    return value > 0 ? Math.log(value) : undefined;
  });
}

/** The middle of several tubes' levels, quantile by quantile. */
export function typicalLevels(levels: readonly (readonly (number | undefined)[])[]): readonly (number | undefined)[] {
  return UPPER.map((_, i) => median(levels.flatMap((one) => one[i] ?? [])));
}

/** How far levels lie above others, as natural logs of ratios, one a quantile that both have. */
export function logRatios(
  own: readonly (number | undefined)[],
  others: readonly (number | undefined)[],
): readonly number[] {
  return own.flatMap((level, i) => {
    const other = others[i];
    return level === undefined || other === undefined ? [] : [level - other];
  });
}
