import { type Compensator, compensateColumn } from '../compensation/index.ts';
import { type ByteSource, type FcsFile, readColumns } from '../fcs/index.ts';
import type { Events } from '../gating/index.ts';
import type { Problem, Reading, Where } from '../problems/index.ts';
import type { Template } from '../template/index.ts';
import { detectorLimitProblems } from './detectorLimit.ts';
import { tubeCompensation } from './tubeCompensation.ts';

export interface OpenedEvents {
  readonly events: Events;
  /** What was done to the numbers, in words for the record. */
  readonly compensation: string;
}

/**
 * Reads the columns that a template needs, and those its matrix needs, and gives them out compensated through the seam.
 * Problems with severity error leave no events.
 */
export function openEvents(
  source: ByteSource,
  file: FcsFile,
  template: Template,
  wanted: readonly string[],
  where: Where,
): Reading<OpenedEvents> {
  const solve = tubeCompensation(file, template, where);
  const problems: Problem[] = [...solve.problems];
  if (!solve.value) return { value: undefined, problems };
  const matrix = solve.value.spillover?.channels ?? [];
  const names = [...new Set([...wanted, ...matrix])];
  const indices = names.map((name) => parameterIndex(file, name));
  const read = readColumns(source, file, indices, { amplification: template.amplification });
  problems.push(...read.problems);
  const columns = new Map(names.map((name, i) => [name, read.columns[i]!]));
  const used = new Map(wanted.map((name) => [name, columns.get(name)!]));
  problems.push(...detectorLimitProblems(used, file, where));
  const applied = solve.value.decide(matrix.map((name) => thinned(columns.get(name)!)));
  problems.push(...applied.problems);
  if (!applied.value) return { value: undefined, problems };
  const { compensator, says } = applied.value;
  return { value: { events: columnEvents(columns, file.eventCount, compensator), compensation: says }, problems };
}

/** Events that show whether values are compensated: more would not tell it better. */
const SIGN_EVENTS = 10_000;

/** Every n-th value, so that the whole of a run is seen. */
function thinned(column: Float64Array): Float64Array {
  const step = Math.ceil(column.length / SIGN_EVENTS);
  return step <= 1 ? column : column.filter((_, i) => i % step === 0);
}

function parameterIndex(file: FcsFile, name: string): number {
  const parameter = file.parameters.find((one) => one.name === name);
  if (!parameter) throw new Error(`${file.name} has no channel "${name}"`);
  return parameter.index;
}

/** Columns in memory; a channel of the matrix is compensated once, when it is first asked for. */
function columnEvents(
  columns: ReadonlyMap<string, Float64Array>,
  eventCount: number,
  compensator: Compensator | undefined,
): Events {
  const compensated = new Map<string, Float64Array>();
  function linear(name: string): Float64Array {
    const done = compensated.get(name);
    if (done) return done;
    const stored = columns.get(name);
    if (!stored) throw new Error(`channel "${name}" was not read`);
    const weights = compensator?.weights(name);
    if (!weights) return stored;
    const out = new Float64Array(eventCount);
    const raw = weights.channels.map((channel) => columns.get(channel)!);
    compensateColumn(raw, weights.weights, out);
    compensated.set(name, out);
    return out;
  }
  return {
    count: eventCount,
    values(channel, events) {
      const column = linear(channel.name);
      if (events === 'all' && !channel.scale) return column;
      const out = new Float64Array(events === 'all' ? eventCount : events.length);
      if (events === 'all') out.set(column);
      else for (let i = 0; i < out.length; i++) out[i] = column[events[i]!]!;
      channel.scale?.forwardColumn(out, out);
      return out;
    },
  };
}
