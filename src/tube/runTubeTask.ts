import { createHash } from 'node:crypto';
import { type FcsFile, type OpenSource, openFile, readFcs } from '../fcs/index.ts';
import { countPopulations } from '../gating/index.ts';
import { surveyTube } from '../placement/index.ts';
import { hasErrors, type Problem, problem, systemRefusal, type Where } from '../problems/index.ts';
import type { Template } from '../template/index.ts';
import type { TubeFacts, TubeResult, TubeTask } from './task.ts';
import { tubeChannels } from './tubeChannels.ts';
import { openEvents } from './tubeEvents.ts';
import { unstableTimeProblems } from './unstableTime.ts';

/**
 * Surveys or counts one tube. What is wrong with the file is in the result: a tube fails alone, and says why.
 * Synchronous, so that a thread and the main thread run the same code.
 */
export function runTubeTask(task: TubeTask): TubeResult {
  const { sampleId, path, displayPath } = task.tube;
  const where: Where = { file: displayPath, sampleId };
  const opened = open(path, displayPath);
  if (typeof opened === 'string') return failed([problem('error', 'fcs.unreadable-file', opened, where)]);
  try {
    return withSource(task, opened, where);
  } finally {
    opened.close();
  }
}

function open(path: string, displayPath: string): OpenSource | string {
  try {
    return openFile(path, displayPath);
  } catch (error) {
    const refusal = systemRefusal(error);
    if (refusal === undefined) throw error;
    return `the file cannot be opened: ${refusal}`;
  }
}

function withSource(task: TubeTask, source: OpenSource, where: Where): TubeResult {
  const reading = readFcs(source, task.tube.reading);
  const file = reading.value;
  const found = named(reading.problems, where);
  if (!file) return failed(found);
  const channels = tubeChannels(task.template, file, where);
  found.push(...channels.problems);
  if (!channels.value) return failed(found);
  const used = [...channels.value.channels.values()];
  const time = task.kind === 'survey' ? watchedTime(file, task.template, used) : undefined;
  const wanted = time === undefined ? used : [...used, time];
  const opened = openEvents(source, file, task.template, wanted, where);
  found.push(...named(opened.problems, where));
  if (!opened.value) return failed(found);
  const { events, compensation } = opened.value;
  if (time !== undefined) found.push(...unstableTimeProblems(events, file, time, used, where));
  const sha256 = hashOf(source);
  const facts: TubeFacts = {
    bytes: source.sizeBytes,
    sha256,
    cytometer: file.keywords.get('$CYT') ?? '',
    eventCount: file.eventCount,
    volumeNl: volumeOf(file),
    compensation,
    flags: flagsOf(file, found),
  };
  if (task.kind === 'count') {
    const { book, membership, questions } = task;
    const counts = countPopulations(events, book, { membership, pictures: true, questions });
    return { status: 'ok', kind: 'count', counts, facts, problems: found };
  }
  const survey = surveyTube(events, task.template, {
    sampleId: task.tube.sampleId,
    fileSha256: sha256,
    channels: Object.fromEntries(channels.value.channels),
    absent: channels.value.absent,
    ranges: rangesOf(file, channels.value.channels),
  });
  return { status: 'ok', kind: 'survey', survey, facts, problems: found };
}

/** The channel of time, where no gate of the template looks at it already. */
function watchedTime(file: FcsFile, template: Template, used: readonly string[]): string | undefined {
  if (used.length === 0 || template.populations.some(({ gate }) => gate.method === 'time')) return undefined;
  // The lower word of a time kept in two begins anew every moment.
  const name = file.parameters.find((parameter) => parameter.isTime && !/_[lm]sw$/i.test(parameter.name))?.name;
  return name === undefined || used.includes(name) ? undefined : name;
}

function volumeOf(file: FcsFile): number | null {
  const text = (file.keywords.get('$VOL') ?? '').trim();
  const volume = /^\d*\.?\d+(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : 0;
  return Number.isFinite(volume) && volume > 0 ? volume : null;
}

function failed(problems: readonly Problem[]): TubeResult {
  return { status: 'failed', problems };
}

/** Every finding names its tube, wherever it was made. */
function named(problems: readonly Problem[], where: Where): Problem[] {
  return problems.map((one) => ({ ...one, where: { ...where, ...one.where } }));
}

function flagsOf(file: FcsFile, problems: readonly Problem[]): readonly string[] {
  const flags = file.partial ? ['truncated'] : [];
  if (problems.some((one) => one.code === 'fcs.already-compensated')) flags.push('already_compensated');
  if (problems.some((one) => one.code === 'quality.saturated')) flags.push('saturated');
  if (problems.some((one) => one.code === 'quality.unstable-time')) flags.push('unstable_time');
  if (hasErrors(problems)) flags.push('reading_errors');
  return flags.sort();
}

/** $PnR of each marker's channel; null where it is no positive number. */
function rangesOf(file: FcsFile, channels: ReadonlyMap<string, string>): Record<string, number | null> {
  const ranges: Record<string, number | null> = {};
  for (const [marker, channel] of channels) {
    const range = file.parameters.find((parameter) => parameter.name === channel)?.range;
    ranges[marker] = range !== undefined && Number.isFinite(range) && range > 0 ? range : null;
  }
  return ranges;
}

const HASH_BLOCK = 1 << 20;

function hashOf(source: OpenSource): string {
  const hash = createHash('sha256');
  for (let offset = 0; offset < source.sizeBytes; offset += HASH_BLOCK) {
    hash.update(source.read(offset, Math.min(HASH_BLOCK, source.sizeBytes - offset)));
  }
  return hash.digest('hex');
}
