import { median } from 'd3-array';
import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import { largestGroup, levelGroups } from '../levelGroups.ts';
import { confoundedWords, flagged, idsOf, othersWords, sistersByPanel } from '../sisters.ts';
import { factorsOf, studyUnits } from '../studyUnits.ts';
import { channelOf, logLevels, logRatios, TELLING_EVENTS, typicalLevels } from '../valueRatio.ts';

/** In so many of the channels the values must lie on the same side, or cells differ and not the unit. */
const MOST_CHANNELS = 0.7;
/** A channel lies on that side from here. */
const ASIDE = Math.log(1.4);
/** Of fewer channels the middle is that of one stain. */
const MIN_CHANNELS = 3;

/** The level of all channels together: another gain or unit of the instrument that no keyword tells. */
export const values: Comparison = {
  name: 'values',
  summary:
    'whether the values of all channels together lie higher or lower than in the other tubes, whatever $PnR says',
  compare(tubes): Compared {
    const findings = sistersByPanel(tubes).flatMap(findingsOf);
    const told = findings.flatMap((one) => one.sampleIds);
    return { findings, decisions: new Map(flagged(findings)), moot: { 'values of a channel': told } };
  },
};

interface Levelled {
  readonly tube: ComparedTube;
  /** Channel -> logs of its upper quantiles, in the panel's unit. */
  readonly levels: ReadonlyMap<string, readonly (number | undefined)[]>;
}

function findingsOf(panel: readonly ComparedTube[]): Finding[] {
  const units = studyUnits(panel);
  const unclear = new Set(units.filter((one) => one.verdict === 'unclear').map((one) => one.tube));
  const telling = panel.filter((tube) => tube.look.eventCount >= TELLING_EVENTS && !unclear.has(tube));
  const tubes = telling.map((tube) => levelRanges(tube, factorsOf(units, tube)));
  const typical = typicalOf(tubes);
  // The eight real tubes of the activation assay spread from 0.93 to 1.06, the 43 of the made trial from 0.90 to 1.11.
  const groups = levelGroups(
    tubes.map((one) => ({ ...one, at: median(ratiosTo(one, typical).map((ratio) => ratio.log)) ?? 0 })),
  );
  const usual = largestGroup(groups);
  const usualLevels = typicalOf(usual);
  return groups.flatMap((group) => (group === usual ? [] : findingOf(panel, group, usualLevels)));
}

function levelRanges(tube: ComparedTube, factors: ReadonlyMap<string, number>): Levelled {
  const channels = tube.look.channels.filter((channel) => !channel.isTime);
  const levels = channels.map(({ name }) => [name, logLevels(channelOf(tube, name), factors.get(name))] as const);
  return { tube, levels: new Map(levels) };
}

function typicalOf(tubes: readonly Levelled[]): ReadonlyMap<string, readonly (number | undefined)[]> {
  const names = new Set(tubes.flatMap((one) => [...one.levels.keys()]));
  return new Map(
    [...names].map((name) => [name, typicalLevels(tubes.flatMap(({ levels }) => [levels.get(name) ?? []]))]),
  );
}

function ratiosTo(one: Levelled, typical: Levelled['levels']): readonly { name: string; log: number }[] {
  return [...one.levels].flatMap(([name, levels]) => {
    const log = median(logRatios(levels, typical.get(name) ?? []));
    return log === undefined ? [] : [{ name, log }];
  });
}

function findingOf(panel: readonly ComparedTube[], group: readonly Levelled[], usual: Levelled['levels']): Finding[] {
  const byTube = group.map((one) => ({ tube: one.tube, ratios: ratiosTo(one, usual) }));
  const all = byTube.flatMap((one) => one.ratios);
  const log = median(all.map((ratio) => ratio.log)) ?? 0;
  const aside = all.filter((ratio) => ratio.log * Math.sign(log) > ASIDE).length;
  const channelCount = Math.min(...byTube.map((one) => one.ratios.length));
  if (channelCount < MIN_CHANNELS || aside < MOST_CHANNELS * all.length) return [];
  const times = log > 0 ? `${factorText(log)} times higher` : `${factorText(-log)} times lower`;
  const tubes = group.map((one) => one.tube);
  const channels = aside === all.length ? 'all channels' : 'nearly all channels';
  const others = othersWords(tubes.length, panel.length);
  const message = `the values lie ${times} than in ${others}, in ${channels}, and $PnR does not say so${confoundedWords(tubes, panel)}`;
  const words = `values ${times} in ${channels}`;
  return [
    {
      sampleIds: idsOf(tubes),
      words,
      problem: problem('warning', 'study.unlike-values', message, {}),
      isRefused: false,
    },
  ];
}

function factorText(log: number): string {
  return Math.exp(log).toPrecision(2);
}
