import { problem } from '../../problems/index.ts';
import type { Compared, ComparedTube, Comparison, Finding } from '../comparison.ts';
import {
  confoundedWords,
  flagged,
  grouped,
  idsOf,
  othersWords,
  sistersByPanel,
  someOf,
  usedChannels,
} from '../sisters.ts';
import { factorsOf, type OtherRange, studyUnits } from '../studyUnits.ts';

/** $PnR of each channel: on another instrument the same cell may have four times the number. */
export const ranges: Comparison = {
  name: 'range',
  summary:
    'the range of each channel ($PnR): where the values follow it, the tube is brought to the unit of the others; where ' +
    'they do not, gates would lie elsewhere in it',
  compare(tubes): Compared {
    const panels = sistersByPanel(tubes).map((panel) => ({ panel, units: studyUnits(panel) }));
    const findings = panels.flatMap(({ panel, units }) => findingsOf(panel, units));
    const decided = panels.flatMap(({ panel, units }) => panel.flatMap((tube) => decisionOf(tube, units)));
    const flags = new Map(flagged(findings));
    return { findings, decisions: new Map(decided.map(([id, part]) => [id, { ...part, ...flags.get(id) }])) };
  },
};

/** The factors, and the range that the panel has where a keyword alone says otherwise. */
function decisionOf(tube: ComparedTube, units: readonly OtherRange[]) {
  const own = units.filter((one) => one.tube === tube);
  if (own.length === 0) return [];
  const unitFactors = Object.fromEntries(factorsOf(units, tube));
  const stated = own.flatMap(({ channels, usualRange }) => channels.map((name) => [name, usualRange] as const));
  return [[tube.sampleId, { unitFactors, ranges: Object.fromEntries(stated) }] as const];
}

function findingsOf(panel: readonly ComparedTube[], units: readonly OtherRange[]): Finding[] {
  const told = units.flatMap((one) => {
    const used = usedChannels(one.tube);
    const channels = one.channels.filter((name) => used.has(name));
    return channels.length === 0 || one.verdict === 'slight'
      ? []
      : [{ ...one, channels, isAll: channels.length === used.size }];
  });
  const kinds = grouped(told, ({ range, usualRange, channels, verdict }) =>
    JSON.stringify([range, usualRange, channels, verdict]),
  );
  return [...kinds.values()].map((alike) => findingOf(panel, alike));
}

function findingOf(
  panel: readonly ComparedTube[],
  alike: readonly (OtherRange & { readonly isAll: boolean })[],
): Finding {
  const first = alike[0]!;
  const { range, usualRange, ratio, verdict, channels } = first;
  const tubes = alike.map((one) => one.tube);
  const where = first.isAll ? '' : ` in ${someOf(channels)}`;
  const others = othersWords(tubes.length, panel.length);
  const state = `$PnR is ${range}${where}, and ${usualRange} in ${others}`;
  const sampleIds = idsOf(tubes);
  switch (verdict) {
    case 'follows': {
      const message = `${state}; the values follow, and are multiplied by ${1 / ratio} to have one unit${confoundedWords(tubes, panel)}`;
      const words = `range ${range} for ${usualRange}${where}: values brought to one unit`;
      return { sampleIds, words, problem: problem('warning', 'study.unlike-range', message, {}), isRefused: false };
    }
    case 'stays': {
      const message = `${state}; the values are alike, so that ${usualRange} is taken for all`;
      const words = `range ${range} for ${usualRange}${where}, though the values are alike`;
      return { sampleIds, words, problem: problem('warning', 'study.unlike-range', message, {}), isRefused: false };
    }
    default: {
      const message = `${state}; the values follow neither, so that nobody can say in which unit they are`;
      const words = `range ${range} for ${usualRange}${where}, and the values follow neither`;
      return { sampleIds, words, problem: problem('error', 'study.other-range', message, {}), isRefused: true };
    }
  }
}
