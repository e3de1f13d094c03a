import type { FcsFile } from '../fcs/index.ts';
import { countPopulations } from '../gating/index.ts';
import { surveyTube } from '../placement/index.ts';
import { hasErrors, type Problem } from '../problems/index.ts';
import type { Template } from '../template/index.ts';
import type { TubeDecision } from './look.ts';
import { lookAtTube } from './lookAtTube.ts';
import { type OpenedTube, withTube } from './openTube.ts';
import { linearRange } from './storedValues.ts';
import type { CountTask, SurveyTask, TubeResult, TubeTask } from './task.ts';
import { timeTrace } from './timeTrace.ts';
import { openEvents } from './tubeEvents.ts';
import { unstableTimeProblems } from './unstableTime.ts';

/**
 * Looks at, surveys or counts one tube. What is wrong with the file is in the result: a tube fails alone, and says why.
 * Synchronous, so that a thread and the main thread run the same code.
 */
export function runTubeTask(task: TubeTask): TubeResult {
  switch (task.kind) {
    case 'look': {
      const { value: look, problems } = lookAtTube(task.tube, task.template);
      return look === undefined ? { status: 'failed', problems } : { status: 'ok', kind: 'look', look, problems };
    }
    case 'survey':
      return survey(task);
    case 'count':
      return count(task);
    default: {
      const unknown: never = task;
      throw new Error(`unknown task ${JSON.stringify(unknown)}`);
    }
  }
}

function survey({ tube, template, decision }: SurveyTask): TubeResult {
  const { value, problems } = withTube(tube, template, (opened) => {
    const { file, channels, where } = opened;
    const used = [...channels.channels.values()];
    const time = timeOf(file);
    const light = used.filter((name) => name !== time);
    const read = openEvents(
      opened,
      template,
      decision,
      time === undefined || used.length === 0 || used.includes(time) ? used : [...used, time],
    );
    const isWatched = time !== undefined && isTimeWatched(template, used, time);
    const unstable = isWatched ? unstableTimeProblems(read.events, file, time, used, where) : [];
    const trace = time === undefined || light.length === 0 ? undefined : timeTrace(read.events, file, time, light);
    const result = surveyTube(read.events, template, {
      sampleId: tube.sampleId,
      fileSha256: decision.sha256,
      channels: Object.fromEntries(channels.channels),
      absent: channels.absent,
      ranges: rangesOf(opened, decision),
    });
    return { value: { survey: result, trace }, problems: [...read.problems, ...unstable] };
  });
  if (value === undefined) return { status: 'failed', problems };
  return { status: 'ok', kind: 'survey', ...value, flags: flagsOf(problems), problems };
}

function count({ tube, template, decision, book, membership, questions }: CountTask): TubeResult {
  const { value, problems } = withTube(tube, template, (opened) => {
    const { events } = openEvents(opened, template, decision, [...opened.channels.channels.values()]);
    return { value: countPopulations(events, book, { membership, pictures: true, questions }), problems: [] };
  });
  if (value === undefined) return { status: 'failed', problems };
  return { status: 'ok', kind: 'count', counts: value, problems: [] };
}

/** The channel of time. The lower word of a time kept in two begins anew every moment. */
function timeOf(file: FcsFile): string | undefined {
  return file.parameters.find((parameter) => parameter.isTime && !/_[lm]sw$/i.test(parameter.name))?.name;
}

/** Whether no gate of the template looks at the time already. */
function isTimeWatched(template: Template, used: readonly string[], time: string): boolean {
  return used.length > 0 && !used.includes(time) && template.populations.every(({ gate }) => gate.method !== 'time');
}

function flagsOf(problems: readonly Problem[]): readonly string[] {
  const flags: string[] = [];
  if (problems.some((one) => one.code === 'quality.saturated')) flags.push('saturated');
  if (problems.some((one) => one.code === 'quality.unstable-time')) flags.push('unstable_time');
  if (hasErrors(problems)) flags.push('reading_errors');
  return flags.sort();
}

/**
 * Top of each marker's linear values in the study's unit, as it was decided or as the file states it by $PnR or its
 * display scale; null where it is no positive number.
 */
function rangesOf(
  { file, channels }: OpenedTube,
  { ranges: decided, values }: TubeDecision,
): Record<string, number | null> {
  const ranges: [string, number | null][] = [...channels.channels].map(([marker, channel]) => {
    const parameter = file.parameters.find((one) => one.name === channel);
    return [marker, decided[channel] ?? (parameter === undefined ? null : linearRange(values, parameter))];
  });
  return Object.fromEntries(ranges);
}
