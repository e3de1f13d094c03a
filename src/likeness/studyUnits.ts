import { median } from 'd3-array';
import type { ChannelLook } from '../tube/index.ts';
import type { ComparedTube } from './comparison.ts';
import { grouped, mostCommon } from './sisters.ts';
import { channelOf, logLevels, logRatios, TELLING_EVENTS, typicalLevels } from './valueRatio.ts';

/** Ranges this near are one range written twice: 262143 and 262144, 1023 and 1024. */
const SAME_RANGE = Math.log(1.01);
/** Single values lie above the range of an instrument that subtracts or corrects; a hundredth of them by a tenth do not. */
const ABOVE_RANGE = 1.1;
/** Ranges that instruments have lie a factor of four or more apart; below this a keyword is odd, and no unit changes. */
const OTHER_UNIT = Math.log(1.5);
/**
 * By which part of the log of the ratio of ranges values may miss it, or miss no ratio at all, and still be said to follow:
 * for a factor of 4 these are 2.3 to 9.2 and 0.57 to 1.74. Staining and cells of patients move a median over channels less.
 */
const FOLLOWS = { from: 0.6, to: 1.6 };
const STAYS = 0.4;

/** Channels of one tube whose $PnR is another one than most tubes of its panel have. */
export interface OtherRange {
  readonly tube: ComparedTube;
  readonly channels: readonly string[];
  readonly range: number;
  readonly usualRange: number;
  /** What the tube's range is a multiple of the usual. */
  readonly ratio: number;
  /** How many times as large the values are, by the middle of their upper quantiles; undefined where nothing tells. */
  readonly valueRatio: number | undefined;
  /** follows: a change of unit; stays: the keyword alone differs; unclear: the values follow neither. */
  readonly verdict: 'follows' | 'stays' | 'unclear' | 'slight';
}

/** Every deviation of $PnR in a panel, with what the values say of it. @param panel the tubes to be compared */
export function studyUnits(panel: readonly ComparedTube[]): readonly OtherRange[] {
  const usual = usualRanges(panel);
  const found = panel.flatMap((tube) => otherRangesOf(tube, usual));
  const judged = [...grouped(found, patternOf).values()].flatMap((alike) => {
    const together = judge(
      alike[0]!.ratio,
      median(alike.flatMap(({ tube, logRatio }) => (isTelling(tube) ? (logRatio ?? []) : []))),
    );
    return alike.map((one) => {
      const alone = isTelling(one.tube) ? judge(one.ratio, one.logRatio) : 'unclear';
      return { ...one, verdict: alone === 'unclear' ? together : alone };
    });
  });
  return judged.map(({ logRatio, ...one }) => ({
    ...one,
    valueRatio: logRatio === undefined ? undefined : Math.exp(logRatio),
  }));
}

/** What the values of each channel of a tube are multiplied by to be in the unit of the panel. */
export function factorsOf(units: readonly OtherRange[], tube: ComparedTube): ReadonlyMap<string, number> {
  const own = units.filter((one) => one.tube === tube && one.verdict === 'follows');
  return new Map(own.flatMap(({ channels, ratio }) => channels.map((channel) => [channel, 1 / ratio])));
}

type Undecided = Omit<OtherRange, 'verdict' | 'valueRatio'> & { readonly logRatio: number | undefined };

interface UsualRange {
  readonly range: number;
  readonly levels: readonly (number | undefined)[];
}

function usualRanges(panel: readonly ComparedTube[]): ReadonlyMap<string, UsualRange> {
  const names = new Set(
    panel.flatMap((tube) => tube.look.channels.filter((one) => !one.isTime).map((one) => one.name)),
  );
  return new Map(
    [...names].flatMap((name) => {
      const own = panel.flatMap((tube) => channelOf(tube, name) ?? []).filter(isBounded);
      const stated = own.flatMap((channel) => channel.range ?? []);
      // One less than a power of two is that power, said as the highest value.
      const range = mostCommon(stated.map((one) => (Math.log2(one + 1) % 1 === 0 ? one + 1 : one)));
      if (range === undefined) return [];
      const usual = own.filter((channel) => channel.range !== null && isSame(channel.range, range));
      return [[name, { range, levels: typicalLevels(usual.map((channel) => logLevels(channel))) }] as const];
    }),
  );
}

/** False where values lie above the range: it counts the steps of a log amplifier, not the light that they stand for. */
function isBounded({ range, quantiles }: ChannelLook): boolean {
  return range === null || (quantiles?.at(-1) ?? 0) <= ABOVE_RANGE * range;
}

function isSame(a: number, b: number): boolean {
  return Math.abs(Math.log(a / b)) <= SAME_RANGE;
}

function otherRangesOf(tube: ComparedTube, usual: ReadonlyMap<string, UsualRange>): Undecided[] {
  const other = tube.look.channels.flatMap((channel) => {
    const common = usual.get(channel.name);
    if (!isBounded(channel)) return [];
    if (channel.isTime || channel.range === null || common === undefined || isSame(channel.range, common.range))
      return [];
    const ratios = logRatios(logLevels(channel), common.levels);
    return [{ name: channel.name, range: channel.range, usualRange: common.range, ratios }];
  });
  return [...grouped(other, ({ range, usualRange }) => `${range}/${usualRange}`).values()].map((alike) => {
    const { range, usualRange } = alike[0]!;
    const logRatio = median(alike.flatMap((one) => median(one.ratios) ?? []));
    const channels = alike.map((one) => one.name);
    return { tube, channels, range, usualRange, ratio: range / usualRange, logRatio };
  });
}

function patternOf({ range, usualRange, channels }: Undecided): string {
  return JSON.stringify([range, usualRange, channels]);
}

function isTelling({ look }: ComparedTube): boolean {
  return look.eventCount >= TELLING_EVENTS;
}

function judge(ratio: number, logRatio: number | undefined): OtherRange['verdict'] {
  const asked = Math.log(ratio);
  if (Math.abs(asked) < OTHER_UNIT) return 'slight';
  if (logRatio === undefined) return 'unclear';
  const part = logRatio / asked;
  if (part >= FOLLOWS.from && part <= FOLLOWS.to) return 'follows';
  return Math.abs(part) <= STAYS ? 'stays' : 'unclear';
}
