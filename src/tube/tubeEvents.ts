import { type Compensator, compensateColumn, makeCompensator } from '../compensation/index.ts';
import { type FcsFile, type FcsParameter, readColumns } from '../fcs/index.ts';
import type { Events } from '../gating/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Template } from '../template/index.ts';
import { detectorLimitProblems, type LimitWatch, limitWatch } from './detectorLimit.ts';
import type { TubeDecision } from './look.ts';
import type { OpenedTube } from './openTube.ts';
import { toLinear } from './storedValues.ts';

interface OpenedEvents {
  readonly events: Events;
  /** What the values show to be doubtful. */
  readonly problems: readonly Problem[];
}

/**
 * Reads the columns that a template needs, and those its matrix needs, and gives them out through the seam as was decided:
 * compensated or not, in the study's unit.
 * @param wanted $PnN of the channels that will be asked for
 */
export function openEvents(
  { source, file, matrix, where }: OpenedTube,
  template: Template,
  decision: TubeDecision,
  wanted: readonly string[],
): OpenedEvents {
  const isCompensated = matrix.kind === 'matrix' && decision.compensation.isApplied;
  const inMatrix = isCompensated ? matrix.spillover.channels : [];
  const names = [...new Set([...wanted, ...inMatrix])];
  const indices = names.map((name) => parameterOf(file, name).index);
  const read = readColumns(source, file, indices, { amplification: template.amplification });
  const columns = new Map(names.map((name, i) => [name, read.columns[i]!]));
  const watches = new Map(wanted.map((name) => [name, watchOf(parameterOf(file, name).range, columns.get(name)!)]));
  const problems = [...read.problems, ...detectorLimitProblems(watches, file, where)];
  for (const [name, column] of columns) toLinear(decision.values, parameterOf(file, name), column);
  const compensator = isCompensated ? makeCompensator(matrix.spillover) : undefined;
  return { events: columnEvents(columns, file.eventCount, compensator, decision.unitFactors), problems };
}

function watchOf(range: number | undefined, column: Float64Array): LimitWatch {
  const watch = limitWatch(range);
  watch.add(column, { offset: 0, width: 1, count: column.length });
  return watch;
}

/** @throws where the file does not have it: a fault of ours */
export function parameterOf(file: FcsFile, name: string): FcsParameter {
  const parameter = file.parameters.find((one) => one.name === name);
  if (!parameter) throw new Error(`${file.name} has no channel "${name}"`);
  return parameter;
}

/** Columns in memory; each is compensated and brought to the study's unit once, when it is first asked for. */
function columnEvents(
  columns: ReadonlyMap<string, Float64Array>,
  eventCount: number,
  compensator: Compensator | undefined,
  unitFactors: TubeDecision['unitFactors'],
): Events {
  const ready = new Map<string, Float64Array>();
  function linear(name: string): Float64Array {
    const done = ready.get(name);
    if (done) return done;
    // In the unit of the file first: its matrix was measured in that.
    const column = compensatedColumn(name);
    const factor = unitFactors[name] ?? 1;
    const inStudyUnit = factor === 1 ? column : column.map((value) => value * factor);
    ready.set(name, inStudyUnit);
    return inStudyUnit;
  }
  function compensatedColumn(name: string): Float64Array {
    const stored = columns.get(name);
    if (!stored) throw new Error(`channel "${name}" was not read`);
    const weights = compensator?.weights(name);
    if (!weights) return stored;
    const out = new Float64Array(eventCount);
    const raw = weights.channels.map((channel) => columns.get(channel)!);
    compensateColumn(raw, weights.weights, out);
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
