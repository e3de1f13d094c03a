import type { FcsParameter } from '../fcs/index.ts';
import { makeScale, type ScaleSpec } from '../scale/index.ts';
import { isPlainLog, type StoredValues } from '../template/index.ts';
import { isFluorescence } from './fluorescence.ts';

type Display = Extract<StoredValues, { kind: 'display' }>;
type Channel = Pick<FcsParameter, 'name' | 'stain' | 'range' | 'isTime' | 'dataType' | 'amplification'>;

/** Ranges that are numbers of channels of a display or of an old converter; anything else says nothing of an axis. */
const CHANNELS = [256, 512, 1024, 4096];
const USUAL_CHANNELS = 1024;

/** Whether the numbers of this channel are coordinates of a display scale by what was decided of the tube. */
export function isOnDisplay(values: StoredValues, channel: Channel): values is Display {
  if (values.kind === 'linear' || channel.isTime || isLinearised(channel)) return false;
  if (values.only === undefined) return isFluorescence(channel);
  const { name, stain = '' } = channel;
  return values.only.some((one) => [name, stain].some((own) => own.toLowerCase() === one.trim().toLowerCase()));
}

/** Stored numbers of a log amplifier are made linear by the standard's own rule when they are read. */
export function isLinearised({ dataType, amplification }: Pick<Channel, 'dataType' | 'amplification'>): boolean {
  return (dataType === 'I' || dataType === 'A') && amplification.decades > 0;
}

/** Brings the numbers of a channel back to linear values, in place; NaN and infinities stay what they are. */
export function toLinear(values: StoredValues, channel: Channel, column: Float64Array): void {
  if (!isOnDisplay(values, channel)) return;
  const scale = makeScale(values.spec);
  const unit = unitOf(values, channel.range);
  // A held end (biex) has no value beyond it: the end itself is what the file says.
  const end = topCoordinate(values.spec);
  for (let i = 0; i < column.length; i++) {
    const coordinate = column[i]! / unit;
    const held = values.spec.kind === 'biex' ? Math.min(Math.max(coordinate, 0), end) : coordinate;
    column[i] = Number.isFinite(coordinate) ? scale.inverse(held) : coordinate;
  }
}

/** Top of the linear values of a channel; null where neither the scale nor $PnR states one. */
export function linearRange(values: StoredValues, channel: Channel): number | null {
  const { range } = channel;
  const stated = range !== undefined && Number.isFinite(range) && range > 0 ? range : null;
  if (!isOnDisplay(values, channel)) return stated;
  const { spec } = values;
  if (spec.kind === 'logicle') return spec.T;
  if (spec.kind === 'biex') return spec.maxValue;
  if (spec.kind === 'log' && !isPlainLog(values)) return spec.T;
  // An arcsinh and a logarithm have no top of their own; a $PnR that no display reaches is the instrument's.
  return stated !== null && stated > Math.max(...CHANNELS) ? stated : null;
}

/** What the file writes at the top of the axis; null for scales without a top. */
export function storedTop(values: StoredValues, channel: Channel): number | null {
  if (!isOnDisplay(values, channel) || values.spec.kind === 'arcsinh' || isPlainLog(values)) return null;
  return topCoordinate(values.spec) * unitOf(values, channel.range);
}

function topCoordinate(spec: ScaleSpec): number {
  return spec.kind === 'biex' ? spec.channelRange : 1;
}

function unitOf({ unit }: Display, range: number | undefined): number {
  if (unit !== 'channels') return unit;
  return range !== undefined && CHANNELS.includes(range) ? range : USUAL_CHANNELS;
}
