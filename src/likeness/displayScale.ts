import type { ValuesShape } from '../tube/index.ts';

/** Whether stored numbers are linear light, or coordinates of an axis that somebody looked at. */
export interface ScaleVerdict {
  /** `unknown`: too few events, or channels that say nothing. */
  readonly verdict: 'linear' | 'display' | 'doubtful' | 'unknown';
  /** For `display` and `doubtful`, in words: `channels 0-1023, logarithmic or biexponential`; else empty. */
  readonly scale: string;
  /** The keys that would read them so, as written in a template: `log4`. */
  readonly keys: readonly string[];
  /** $PnN of the channels that stand on it. */
  readonly channels: readonly string[];
  /** Other measured channels (scatter, stains) whose numbers are plainly linear, or plainly on the same axis. */
  readonly remark: string;
}

// What the thresholds were set on: 75 files of 25 instruments, and display copies of nine of them (docs/fcs.md).

/** Below this, pooled over a panel, the shape of a distribution is chance. */
const FEWEST_EVENTS = 100;
/** An error needs more than a doubt does. */
const FEWEST_SURE = 300;
/** An axis gives every population about the same width; the light itself has tails: 15 to 5000 in stained tubes. */
const HEAVIEST = 12;
/** asinh(2^22 / 5) is 13.6, log10 of it 6.6: no number on such an axis is larger. */
const AXIS_END = 14;
/** The logarithm to the base 2 of the 22 bits that the widest converters have. */
const LOG2_END = 22;
/** Zero light stands at a tenth of a biexponential axis or more; linear light has dim events near zero. */
const LIFTED = 0.08;
/** Share of events below the axis; measured .0001 to .002 in a published table of biex channels. */
const FEW_BELOW = 0.005;
/** All on one value, or nearly: a detector that was switched off. */
const LEAST_SPREAD = 0.05;
/** An axis of 0 to 1, with some events beyond its top. */
const UNIT_END = 1.2;
/** Width of a stained channel on an arcsinh or logicle axis; unstained cells take 1 to 1.9 on any. */
const STAINED = 2;
/** A range of the instrument that leaves no room for values of 14 and less: one noise step of it is wider. */
const DIGITAL_RANGE = 65_536;
/** Last channels of displays and of converters of 8, 9, 10, 12, 16 and 18 bits. */
const LAST_CHANNELS = [255, 511, 1023, 4095, 65_535, 262_143];

export function judgeScale(shapes: readonly ValuesShape[]): ScaleVerdict {
  const live = shapes.filter((one) => one.max - one.min > 0 && one.count >= FEWEST_EVENTS);
  const stains = live.filter((one) => one.role === 'fluorescence');
  if (stains.length === 0) return nothing(live.some((one) => one.role === 'linearised') ? 'linear' : 'unknown');
  return onDecimalAxis(stains, live) ?? onChannels(stains, live) ?? nothing('linear');
}

function nothing(verdict: 'linear' | 'unknown'): ScaleVerdict {
  return { verdict, scale: '', keys: [], channels: [], remark: '' };
}

/** Logicle 0-1 or 0-4.5, arcsinh, log10: fractions within a few units. */
function onDecimalAxis(stains: readonly ValuesShape[], live: readonly ValuesShape[]): ScaleVerdict | undefined {
  const small = stains.filter(isSmall);
  const compact = small.filter(isCompact);
  const large = stains.filter((one) => !isSmall(one) && one.max > AXIS_END);
  if (small.length === 0) return undefined;
  const isSure = isClear(compact, small, large);
  const isDoubtful = large.length === 0 && small.length === stains.length;
  if (!isSure && !isDoubtful) return undefined;
  const named = isSure ? compact : small;
  const scatter = live.filter((one) => one.role === 'other' && isSmall(one) && isCompact(one));
  return {
    verdict: isSure ? 'display' : 'doubtful',
    ...decimalScale(named),
    channels: names(named),
    remark: remarkOf(scatter, isSure ? large : []),
  };
}

function isClear(
  compact: readonly ValuesShape[],
  small: readonly ValuesShape[],
  large: readonly ValuesShape[],
): boolean {
  if (compact.length < 2 || mostEvents(compact) < FEWEST_SURE) return false;
  // A stain that is far from none is what a dim tube of a machine with small units (MACSQuant, 0-1000) does not show.
  const isStained = isUnitAxis(compact) || compact.some(({ q01, q99 }) => q99 - q01 >= STAINED);
  if (!isStained) return false;
  if (compact.length >= large.length && 2 * compact.length >= small.length) return true;
  // Some stains of one digital instrument in thousands, others below 14: those were put on an axis.
  return compact.filter((one) => (one.range ?? 0) >= DIGITAL_RANGE).length >= 2;
}

function isSmall(shape: ValuesShape): boolean {
  const { min, max, isWhole } = shape;
  const isOnAxis = min >= -AXIS_END && max <= AXIS_END;
  return !isWhole && (isOnAxis || isLog2(shape)) && max - min >= LEAST_SPREAD;
}

/** Above what any other axis writes: nothing, or hardly anything, below zero light, and no tail. */
function isLog2(shape: ValuesShape): boolean {
  return shape.max > AXIS_END && shape.max <= LOG2_END && shape.min >= -1 && isCompact(shape);
}

function isCompact({ kurtosis }: ValuesShape): boolean {
  return kurtosis > 0 && kurtosis <= HEAVIEST;
}

function isUnitAxis(channels: readonly ValuesShape[]): boolean {
  return channels.every(({ q01, max }) => q01 >= -0.4 && max <= UNIT_END);
}

function decimalScale(channels: readonly ValuesShape[]): Pick<ScaleVerdict, 'scale' | 'keys'> {
  const low = Math.min(...channels.map((one) => one.min));
  const top = Math.max(...channels.map((one) => one.max));
  const between = `numbers from ${short(low)} to ${short(top)}`;
  if (isUnitAxis(channels)) {
    return { scale: `${between}: an axis of 0 to 1, as logicle has`, keys: ['{scale: logicle, unit: 1}'] };
  }
  if (top > AXIS_END) return { scale: `${between}: a logarithm to the base 2`, keys: ['log2'] };
  // A logarithm has nothing below one; log10 of 22 bits is 6.6.
  const isLog = low >= 0 && top <= 6.7;
  const also = isLog ? ', or log10' : '';
  const log = isLog ? ['log10'] : [];
  const isNatural = low >= 0 && top > 6.7;
  if (top <= 4.8) {
    return {
      scale: `${between}: logicle of 4.5 decades, or an arcsinh${also}`,
      keys: ['logicle', 'arcsinh150', ...log],
    };
  }
  return {
    scale: `${between}: an arcsinh, of cofactor 150 for light or 5 for mass${isNatural ? ', or a natural logarithm' : also}`,
    keys: ['arcsinh150', 'arcsinh5', ...log, ...(isNatural ? ['ln'] : [])],
  };
}

/** Channels 0-1023 and their like. */
function onChannels(stains: readonly ValuesShape[], live: readonly ValuesShape[]): ScaleVerdict | undefined {
  // A file that states the amplifier of some stains states that of the others as well.
  if (live.some((one) => one.role === 'linearised')) return undefined;
  const top = Math.max(...stains.map((one) => one.max));
  // FlowJo's table has one node more than channels, and R carries a straight line a little beyond it.
  const last = LAST_CHANNELS.find((channel) => top <= 1.005 * channel + 1);
  if (last === undefined || top < 0.5 * last) return undefined;
  const spread = stains.filter((one) => isSpread(one, last));
  if (spread.length === 0 || spread.length < 0.6 * stains.length) return undefined;
  const hasRange = spread.every(({ range }) => range !== null && range >= last && range <= 2 * (last + 1));
  const hasLattice = spread.every((one) => one.isWhole);
  const verdict = channelVerdict(spread, last, { hasRange, hasLattice, top, count: stains.length });
  if (verdict === undefined) return undefined;
  return { verdict, ...channelScale(last), channels: names(spread), remark: '' };
}

/** Never below zero, and either no tail with its middle well above the axis, or all of it lifted from the axis. */
function isSpread(shape: ValuesShape, last: number): boolean {
  const { q01, q50, q99, kurtosis } = shape;
  if (!isAboveAxis(shape, last) || q99 < 0.15 * last) return false;
  const middle = Math.max(q50, 0.02 * last);
  return q01 >= LIFTED * last || (kurtosis > 0 && kurtosis <= HEAVIEST && q99 <= HEAVIEST * middle);
}

/** Nothing below zero, or single events below an axis that holds all others well above it: R's biex does not stop at zero. */
function isAboveAxis({ min, q01, negatives }: ValuesShape, last: number): boolean {
  return min >= 0 || (negatives <= FEW_BELOW && q01 >= 0.04 * last);
}

interface Signs {
  readonly hasRange: boolean;
  readonly hasLattice: boolean;
  readonly top: number;
  /** Of all stains. */
  readonly count: number;
}

function channelVerdict(
  spread: readonly ValuesShape[],
  last: number,
  { hasRange, hasLattice, top, count }: Signs,
): 'display' | 'doubtful' | undefined {
  const isEnough = mostEvents(spread) >= FEWEST_SURE;
  const isFull = top >= 0.7 * last;
  const detectors = new Set(spread.map(({ name }) => name.replace(/[-_ ]?[AHW]$/i, ''))).size;
  if (last > 4095) {
    // Linear light reaches these ends as well; only an axis holds the middle of nearly every stain that far above zero.
    const flat = spread.filter(({ q01, q50, q99 }) => q50 >= 0.07 * last && q99 <= HEAVIEST * q50 && q99 >= 1.3 * q01);
    if (detectors < 3 || flat.length < 0.6 * count) return undefined;
    return isEnough && flat.length >= 0.8 * count ? 'display' : 'doubtful';
  }
  if (spread.some((one) => one.isInteger)) {
    // An amplifier may be linear on purpose (DNA): one or two such detectors are no sign.
    if (detectors < 2 || !isFull) return undefined;
    return detectors >= 3 && isEnough ? 'display' : 'doubtful';
  }
  if (detectors >= 2 && isEnough && (hasRange || hasLattice)) return 'display';
  if (detectors >= 3 && isFull) return isEnough ? 'display' : 'doubtful';
  return hasRange || (detectors >= 2 && (hasLattice || isFull)) ? 'doubtful' : undefined;
}

function channelScale(last: number): Pick<ScaleVerdict, 'scale' | 'keys'> {
  const words = `channels 0-${last}`;
  if (last <= 1023) {
    const log = last === 1023 ? 'log4' : `{scale: log, decades: 4, channels: ${last + 1}}`;
    return { scale: `${words}, logarithmic or biexponential`, keys: [log, `{scale: biex, unit: ${last}}`] };
  }
  if (last === 4095) {
    return {
      scale: `${words}, biexponential or logarithmic`,
      keys: ['biex', '{scale: log, decades: 4, channels: 4096}'],
    };
  }
  return {
    scale: `${words}, biexponential or logicle`,
    keys: [`{scale: biex, unit: ${last}}`, `{scale: logicle, unit: ${last}}`],
  };
}

function remarkOf(scatter: readonly ValuesShape[], linear: readonly ValuesShape[]): string {
  const same = scatter.length === 0 ? [] : [`${shapesInWords(scatter)} as well`];
  const other = linear.length === 0 ? [] : [`not ${shapesInWords(linear)}, which look linear`];
  return [...same, ...other].join('; ');
}

function shapesInWords(shapes: readonly ValuesShape[]): string {
  return shapes.map(({ name }) => `"${name}"`).join(', ');
}

/** A logarithm has lost its events below zero; the fullest channel shows how many there were. */
function mostEvents(shapes: readonly ValuesShape[]): number {
  return Math.max(...shapes.map((one) => one.count));
}

function names(shapes: readonly ValuesShape[]): string[] {
  return shapes.map(({ name }) => name);
}

function short(value: number): string {
  return String(Number(value.toPrecision(2)));
}
