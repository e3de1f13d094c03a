import { eventPicker } from '../gating/index.ts';
import { type SurveyInput, surveyPass, type TubeSurvey } from '../placement/index.ts';
import type { Reading } from '../problems/index.ts';
import type { Template } from '../template/index.ts';
import { detectorLimitProblems, limitWatch } from './detectorLimit.ts';
import type { TubeDecision } from './look.ts';
import type { OpenedTube } from './openTube.ts';
import { type TimeTrace, timeTrace } from './timeTrace.ts';
import { tubeBlocks } from './tubeBlocks.ts';
import { parameterOf } from './tubeEvents.ts';
import { unstableTimeProblems, watchedEvents } from './unstableTime.ts';

/** What a survey is made for. */
export interface OpenedSurvey extends SurveyInput {
  /** The channel of time; undefined where the file keeps none. */
  readonly time: string | undefined;
}

/**
 * Surveys a tube block by block: what is there for placing, and what all values show to be doubtful. Where a stratum is
 * sampled the events are read a second time, since its edges are known only when all have gone by.
 */
export function surveyOpened(
  opened: OpenedTube,
  template: Template,
  decision: TubeDecision,
  { time, ...input }: OpenedSurvey,
): Reading<{ readonly survey: TubeSurvey; readonly trace: TimeTrace | undefined }> {
  const { file, where } = opened;
  const used = Object.values(input.channels);
  const light = used.filter((name) => name !== time);
  const wanted = time === undefined || light.length === 0 ? used : [...light, time];
  const pass = surveyPass(template, input, file.eventCount);
  const run =
    time === undefined || light.length === 0 ? undefined : eventPicker(watchedEvents(file.eventCount), wanted, doubles);
  const limits = new Map(wanted.map((name) => [name, limitWatch(parameterOf(file, name).range)]));
  const reading = { template, decision, wanted };
  const found = tubeBlocks(
    opened,
    { ...reading, onStored: (name, values, stretch) => limits.get(name)?.add(values, stretch) },
    (block) => {
      pass.add(block);
      run?.add(block);
    },
  );
  const valuesOf = (name: string): Float64Array => run?.columns.get(name) ?? new Float64Array();
  // A gate that looks at the time judges it itself.
  const isWatched = !used.includes(time ?? '') && template.populations.every(({ gate }) => gate.method !== 'time');
  const unstable =
    run && time !== undefined && isWatched ? unstableTimeProblems(valuesOf, file, time, used, where) : [];
  const trace = run && time !== undefined ? timeTrace(valuesOf, file, time, light) : undefined;
  return {
    value: { survey: pass.survey((use) => tubeBlocks(opened, reading, use)), trace },
    problems: [...found, ...detectorLimitProblems(limits, file, where), ...unstable],
  };
}

function doubles(length: number): Float64Array {
  return new Float64Array(length);
}
