import { pairSlopes, type Spillover, signsOf } from '../compensation/index.ts';
import { acquisitionDate, type FcsFile, readSample, sha256Of } from '../fcs/index.ts';
import type { Reading } from '../problems/index.ts';
import { sortedFinite, sortedQuantile } from '../statistics/index.ts';
import type { Template, ValuesRule } from '../template/index.ts';
import { eventMarks } from './eventMarks.ts';
import { eventSketches } from './eventSketches.ts';
import { type ChannelLook, LOOK_QUANTILES, type MatrixLook, type TubeLook, type ValuesLook } from './look.ts';
import { type OpenedTube, withTube } from './openTube.ts';
import { isOnDisplay, storedTop, toLinear } from './storedValues.ts';
import type { TubeFile } from './task.ts';
import { valuesShape } from './valuesShape.ts';

/** Events that show ranges, scale and compensation: more would not tell it better. */
const LOOK_EVENTS = 10_000;

/**
 * Looks at one tube: what its file says, which markers it holds, what a sample of its events shows, the file's hash.
 * Costs a reading of the bytes for the hash and of some events; nothing is decided.
 */
export function lookAtTube(tube: TubeFile, template: Template): Reading<TubeLook> {
  return withTube(tube, template, (opened) => {
    const { source, file, channels } = opened;
    const columns = readSample(source, file, LOOK_EVENTS);
    // Each column is put in order once for all that is asked of it.
    const sorted = columns.map(sortedFinite);
    const values = valuesLook(tube.values ?? template.values, file, { columns, sorted });
    const matrix = matrixLook(opened, { columns, sorted });
    const look: TubeLook = {
      sampleId: tube.sampleId,
      displayPath: tube.displayPath,
      bytes: source.sizeBytes,
      sha256: sha256Of(source),
      eventMarks: eventMarks(source, file),
      eventSketches: eventSketches(source, file),
      eventCount: file.eventCount,
      version: file.version,
      cytometer: keyword(file, '$CYT'),
      cytometerSerial: keyword(file, '$CYTSN'),
      date: acquisitionDate(file.keywords),
      volumeNl: volumeOf(file),
      channels: file.parameters.map((parameter, i) => channelLook(parameter, sorted[i]!)),
      markers: Object.fromEntries(channels.channels),
      absent: channels.absent,
      matrix,
      values,
      flags: file.partial ? ['truncated'] : [],
    };
    return { value: look, problems: opened.problems };
  });
}

function channelLook(parameter: FcsFile['parameters'][number], sorted: Float64Array): ChannelLook {
  const { name, stain = '', range, voltage = null, gain = null, isTime } = parameter;
  const quantiles = sorted.length === 0 ? null : LOOK_QUANTILES.map((p) => sortedQuantile(sorted, p) ?? 0);
  const usable = range !== undefined && Number.isFinite(range) && range > 0 ? range : null;
  return { name, stain, range: usable, voltage, gain, isTime, quantiles };
}

/** One column a parameter, and the finite values of each ascending. */
interface Sample {
  readonly columns: readonly Float64Array[];
  readonly sorted: Float64Array[];
}

/** Overwrites the columns with linear values where the author names a display scale. */
function valuesLook(rule: ValuesRule, { parameters }: FcsFile, { columns, sorted }: Sample): ValuesLook {
  const shapes = parameters.flatMap((parameter, i) => valuesShape(parameter, sorted[i]!) ?? []);
  if (rule === 'detect' || rule.kind === 'linear') return { rule, shapes, tops: {} };
  const own = parameters.filter((parameter) => isOnDisplay(rule, parameter));
  for (const parameter of own) {
    const column = columns[parameter.index - 1]!;
    toLinear(rule, parameter, column);
    sorted[parameter.index - 1] = sortedFinite(column);
  }
  return { rule, shapes, tops: Object.fromEntries(own.map((one) => [one.name, storedTop(rule, one)])) };
}

function matrixLook({ file, matrix }: OpenedTube, sample: Sample): MatrixLook {
  const { parameters, keywords } = file;
  if (matrix.kind !== 'matrix') {
    const signs = signsOf({ parameters, keywords, matrix: matrix.kind === 'identity' ? 'identity' : 'none' });
    return {
      kind: matrix.kind,
      source: matrix.says,
      channels: [],
      matrix: [],
      from: 'file',
      apply: 'default',
      pairs: [],
      signs,
    };
  }
  const { spillover, from, apply } = matrix;
  const own = spillover.channels.map((name) => indexOf(file, name));
  const pairs = pairSlopes(
    spillover,
    own.map((i) => sample.columns[i]!),
    own.map((i) => sample.sorted[i]!),
  );
  const signs = signsOf({ parameters, keywords, matrix: 'matrix' });
  return { kind: 'matrix', ...plain(spillover), from, apply, pairs, signs };
}

function indexOf(file: FcsFile, name: string): number {
  const index = file.parameters.findIndex((one) => one.name === name);
  if (index < 0) throw new Error(`${file.name} has no channel "${name}"`);
  return index;
}

function plain({ source, channels, matrix }: Spillover): Pick<MatrixLook, 'source' | 'channels' | 'matrix'> {
  return { source, channels, matrix: [...matrix] };
}

function keyword(file: FcsFile, name: string): string {
  return (file.keywords.get(name) ?? '').trim();
}

function volumeOf(file: FcsFile): number | null {
  const text = keyword(file, '$VOL');
  const volume = /^\d*\.?\d+(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : 0;
  return Number.isFinite(volume) && volume > 0 ? volume : null;
}
