import type { FcsFile } from '../fcs/index.ts';
import { countPass } from '../gating/index.ts';
import { hasErrors, type Problem, problem, type Where } from '../problems/index.ts';
import { sampleTube } from '../review/index.ts';
import { hashedFile } from './hashedFile.ts';
import type { TubeDecision } from './look.ts';
import { lookAtTube } from './lookAtTube.ts';
import { type OpenedTube, withTube } from './openTube.ts';
import { linearRange } from './storedValues.ts';
import { surveyOpened } from './surveyOpened.ts';
import type { CountTask, ReviewTask, SurveyTask, TubeResult, TubeTask } from './task.ts';
import { tubeBlocks } from './tubeBlocks.ts';
import { openEvents } from './tubeEvents.ts';

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
    case 'review':
      return review(task);
    default: {
      const unknown: never = task;
      throw new Error(`unknown task ${JSON.stringify(unknown)}`);
    }
  }
}

function survey({ tube, template, decision }: SurveyTask): TubeResult {
  const { value, problems } = withTube(tube, template, (opened) => {
    const { file, channels } = opened;
    return surveyOpened(opened, template, decision, {
      sampleId: tube.sampleId,
      fileSha256: decision.sha256,
      channels: Object.fromEntries(channels.channels),
      absent: channels.absent,
      ranges: rangesOf(opened, decision),
      time: timeOf(file),
    });
  });
  if (value === undefined) return { status: 'failed', problems };
  return { status: 'ok', kind: 'survey', ...value, flags: flagsOf(problems), problems };
}

function count({ tube, template, decision, book, membership, questions }: CountTask): TubeResult {
  const { value, problems } = withTube(tube, template, (opened) => {
    const wanted = [...opened.channels.channels.values()];
    const pass = countPass(book, { membership, pictures: true, questions, eventCount: opened.file.eventCount });
    const hashed = hashedFile(opened.source, opened.file);
    tubeBlocks(opened, { template, decision, wanted, onBytes: hashed.add }, pass.add);
    // Its gates were placed on other events.
    if (hashed.sha256() !== decision.sha256) return { value: undefined, problems: [changed(opened.where)] };
    return { value: pass.counts(), problems: [] };
  });
  if (value === undefined) return { status: 'failed', problems };
  return { status: 'ok', kind: 'count', counts: value, problems: [] };
}

function changed(where: Where): Problem {
  const message = 'the file is not the one that was looked at: it changed while the study ran';
  return problem('error', 'fcs.changed-meanwhile', message, where);
}

function review({ tube, template, decision, book, request }: ReviewTask): TubeResult {
  const { value, problems } = withTube(tube, template, (opened) => {
    const { events } = openEvents(opened, template, decision, [...opened.channels.channels.values()]);
    return { value: sampleTube(events, book, request), problems: [] };
  });
  if (value === undefined) return { status: 'failed', problems };
  return { status: 'ok', kind: 'review', review: value, problems: [] };
}

/** The channel of time. The lower word of a time kept in two begins anew every moment. */
function timeOf(file: FcsFile): string | undefined {
  return file.parameters.find((parameter) => parameter.isTime && !/_[lm]sw$/i.test(parameter.name))?.name;
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
