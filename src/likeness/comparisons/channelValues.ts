import { median } from 'd3-array';
import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import { LEVEL_GAP, largestGroup, levelGroups } from '../levelGroups.ts';
import {
  confoundedWords,
  flagged,
  grouped,
  idsOf,
  mostCommon,
  othersWords,
  sistersByPanel,
  someOf,
  usedChannels,
} from '../sisters.ts';
import { factorsOf, studyUnits } from '../studyUnits.ts';
import { channelOf, logLevels, logRatios, TELLING_EVENTS, typicalLevels } from '../valueRatio.ts';

/** Of fewer tubes nobody can say which channel is the odd one. */
const FEWEST_TUBES = 3;
/** Quantiles that must be there to say that dim and bright cells moved alike. */
const FEWEST_QUANTILES = 3;

/**
 * The level of each channel by itself: a detector, a filter or a stain that changed in one tube. Every upper quantile must
 * have moved, not the bright cells alone, of which there may be more or fewer: in the 43 tubes of the made trial no channel
 * does by more than 1.43, in the 8 real ones of the activation assay by no more than 1.34, and 1.6 is asked.
 */
export const channelValues: Comparison = {
  name: 'values of a channel',
  summary:
    'whether the values of one channel lie higher or lower than in the other tubes, dim cells and bright ones alike',
  compare(tubes): Compared {
    const findings = sistersByPanel(tubes).flatMap(findingsOf);
    return { findings, decisions: new Map(flagged(findings)) };
  },
};

type Levels = readonly (number | undefined)[];

interface Level {
  readonly tube: ComparedTube;
  readonly levels: Levels;
}

interface Odd {
  readonly tubes: readonly ComparedTube[];
  readonly channel: string;
  /** Log of the factor; undefined where no value lies above 0. */
  readonly log: number | undefined;
}

function findingsOf(panel: readonly ComparedTube[]): Finding[] {
  const channels = new Set(panel.flatMap((tube) => [...usedChannels(tube)]));
  const units = studyUnits(panel);
  const unclear = new Set(units.filter((one) => one.verdict === 'unclear').map((one) => one.tube));
  const odd = [...channels].sort().flatMap((channel) => {
    const own = comparableOn(panel, channel).filter((tube) => !unclear.has(tube));
    const levels = own.map((tube) => ({
      tube,
      levels: logLevels(channelOf(tube, channel), factorsOf(units, tube).get(channel)),
    }));
    return oddOf(channel, levels);
  });
  const alike = grouped(odd, ({ tubes, log }) =>
    JSON.stringify([idsOf(tubes), log === undefined ? 0 : Math.sign(log)]),
  );
  return [...alike.values()].map((group) => findingOf(panel, group));
}

/** Tubes that tell of a channel, with the marker on it that most have there. */
function comparableOn(panel: readonly ComparedTube[], channel: string): readonly ComparedTube[] {
  const markerOf = ({ look }: ComparedTube) =>
    Object.entries(look.markers).find(([, name]) => name === channel)?.[0] ?? '';
  const telling = panel.filter((tube) => {
    const look = channelOf(tube, channel);
    return look !== undefined && !look.isTime && look.quantiles !== null && tube.look.eventCount >= TELLING_EVENTS;
  });
  const usual = mostCommon(telling.map(markerOf));
  return telling.filter((tube) => markerOf(tube) === usual);
}

function oddOf(channel: string, all: readonly Level[]): Odd[] {
  const lit = all.filter(({ levels }) => levels.at(-1) !== undefined);
  const dark = all.filter((one) => !lit.includes(one)).map((one) => one.tube);
  if (all.length < FEWEST_TUBES || lit.length <= dark.length) return [];
  const typical = typicalLevels(lit.map((one) => one.levels));
  const groups = levelGroups(lit.map((one) => ({ ...one, at: median(logRatios(one.levels, typical)) ?? 0 })));
  const usual = largestGroup(groups);
  const usualLevels = typicalLevels(usual.map((one) => one.levels));
  const moved = groups.flatMap((group): Odd[] => {
    const own = group === usual ? [] : group.filter((one) => hasMoved(one.levels, usualLevels));
    if (own.length === 0) return [];
    const log = median(own.flatMap((one) => logRatios(one.levels, usualLevels)));
    return [{ tubes: own.map((one) => one.tube), channel, log }];
  });
  return dark.length === 0 ? moved : [...moved, { tubes: dark, channel, log: undefined }];
}

function hasMoved(own: Levels, usual: Levels): boolean {
  const logs = logRatios(own, usual);
  const side = Math.sign(median(logs) ?? 0);
  return logs.length >= FEWEST_QUANTILES && logs.every((log) => log * side > LEVEL_GAP);
}

function findingOf(panel: readonly ComparedTube[], group: readonly Odd[]): Finding {
  const { tubes } = group[0]!;
  const channels = group.map((one) => one.channel);
  const factors = group.flatMap(({ log }) => (log === undefined ? [] : [Math.exp(Math.abs(log))]));
  const isHigher = (group[0]!.log ?? 0) > 0;
  const what = `the values of ${someOf(channels, 6)} lie ${factorText(factors)} times ${isHigher ? 'higher' : 'lower'}`;
  const others = othersWords(tubes.length, panel.length);
  const isDark = factors.length === 0;
  const state = isDark
    ? `no value of ${someOf(channels, 6)} lies above 0, as they do in ${others}`
    : `${what} than in ${others}`;
  const few = isDark ? `no value of ${someOf(channels, 3)} above 0` : what.replace('the ', '').replace(' lie', '');
  const message = `${state}${confoundedWords(tubes, panel)}`;
  const found = problem('warning', 'study.unlike-channel-values', message, {});
  return { sampleIds: idsOf(tubes), words: few, problem: found, isRefused: false };
}

function factorText(factors: readonly number[]): string {
  const texts = [Math.min(...factors), Math.max(...factors)].map((factor) => factor.toPrecision(2));
  return [...new Set(texts)].join(' to ');
}
