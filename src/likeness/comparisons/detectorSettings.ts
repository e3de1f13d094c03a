import { median } from 'd3-array';
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
import { channelOf } from '../valueRatio.ts';
import { instrumentOf } from './instruments.ts';

/** Daily setups (CS&T) move a voltage by less; light goes with about its seventh power, so that this is a factor of 1.4. */
const VOLTAGE_PART = 0.05;
/** Values go with the gain itself where it is an instrument's setting. */
const GAIN_PART = 0.1;

/** Voltage and gain of each detector, within one instrument. */
export const detectorSettings: Comparison = {
  name: 'voltage and gain',
  summary: 'voltages and gains ($PnV, $PnG) of tubes of one instrument: another setting moves all cells of a channel',
  compare(tubes): Compared {
    const findings = sistersByPanel(tubes).flatMap((panel) =>
      [...grouped(panel, instrumentOf).values()].flatMap(findingsOf),
    );
    return { findings, decisions: new Map(flagged(findings)) };
  },
};

interface Setting {
  readonly tube: ComparedTube;
  readonly channel: string;
  readonly what: string;
  readonly value: number;
  readonly usual: number;
}

function findingsOf(tubes: readonly ComparedTube[]): Finding[] {
  const found = [
    ...otherSettings(tubes, 'voltage', VOLTAGE_PART, ({ voltage }) => Number(voltage ?? 0)),
    ...otherSettings(tubes, 'gain', GAIN_PART, ({ gain }) => gain ?? 0),
  ];
  const byTube = grouped(found, (one) => one.tube);
  const alike = grouped([...byTube], ([, own]) => JSON.stringify(own.map(({ tube, ...rest }) => rest)));
  return [...alike.values()].map((group) => {
    const unlike = group.map(([tube]) => tube);
    const settings = group[0]![1].map(
      ({ channel, what, value, usual }) => `${what} of ${channel} ${value} for ${usual}`,
    );
    const words = someOf(settings, 3);
    const message = `${someOf(settings, 6)} in ${othersWords(unlike.length, tubes.length)}${confoundedWords(unlike, tubes)}`;
    return {
      sampleIds: idsOf(unlike),
      words,
      problem: problem('warning', 'study.unlike-setting', message, {}),
      isRefused: false,
    };
  });
}

function otherSettings(
  tubes: readonly ComparedTube[],
  what: string,
  tolerance: number,
  settingOf: (channel: { readonly voltage: string | null; readonly gain: number | null }) => number,
): Setting[] {
  const used = new Set(tubes.flatMap((tube) => [...usedChannels(tube)]));
  return [...used].flatMap((channel) => {
    const stated = tubes.flatMap((tube) => {
      const found = channelOf(tube, channel);
      const value = found === undefined ? 0 : settingOf(found);
      // 0 stands where a detector has no such setting.
      return Number.isFinite(value) && value > 0 ? [{ tube, value }] : [];
    });
    // A gain that is not stated is 1, by the standard: one of 4 in the only tube that states any is another one.
    const silent = what === 'gain' ? tubes.length - stated.length : 0;
    const usual = middleOf([...stated.map((one) => one.value), ...Array.from({ length: silent }, () => 1)]);
    if (usual === undefined) return [];
    const other = stated.filter(({ value }) => Math.abs(value - usual) > tolerance * usual);
    return other.map(({ tube, value }) => ({ tube, channel, what, value, usual }));
  });
}

/** The lower middle value, which some tube has: of two halves it is that of one of them. */
function middleOf(numbers: readonly number[]): number | undefined {
  const middle = median(numbers);
  return middle === undefined ? undefined : Math.max(...numbers.filter((value) => value <= middle));
}
