import { inGatingMlUnits } from '../../fcs/index.ts';
import type { ForeignAxis, ForeignSample, ForeignValues } from '../model.ts';
import { findChannel } from './findChannel.ts';
import type { ForeignTube } from './foreignTube.ts';
import { matrixWeights, type Weights } from './matrixWeights.ts';

/** Values of what axes look at, compensated as each axis says. */
export interface LinearValues {
  /** The fault in words where an axis cannot be had of this file; undefined where it can. */
  faultOf(axis: ForeignAxis): string | undefined;
  /** A column that may not be written to. @throws where faultOf names a fault */
  values(axis: Pick<ForeignAxis, 'compensation'>, channel: string): Float64Array;
}

/** A channel as it is to be summed: of the file itself, or fluorochromes of its detectors. */
type Recipe = { readonly channel: string } | { readonly weights: Weights };

/** @param how what stored values are turned into before anything else */
export function linearValues(tube: ForeignTube, sample: ForeignSample, how: ForeignValues): LinearValues {
  const raw = remembered((name: string) => storedColumn(tube, how, name));
  const ofMatrix = remembered((id: string) => weightsOf(sample, tube, id));
  const fileWeights = remembered(() => ofFile(tube));
  const recipeOf = (compensation: ForeignAxis['compensation'], name: string): Recipe | string => {
    const channel = findChannel(name, tube.parameters);
    const plain = channel === undefined ? `the file has no channel "${name}"` : { channel };
    if (compensation.kind === 'none') return plain;
    if (compensation.kind === 'matrix') {
      const weights = ofMatrix(compensation.id);
      if (typeof weights === 'string') return weights;
      const own = weights.get(name) ?? weights.get(channel ?? name);
      return own === undefined ? (detectorOf(compensation.id, name, channel, weights) ?? plain) : { weights: own };
    }
    const weights = fileWeights('');
    if (typeof weights === 'string') return weights;
    const bare = channel ?? findChannel(name.replace(/^Comp[_-]/i, ''), tube.parameters);
    if (bare === undefined) return plain;
    const own = weights.get(bare);
    return own === undefined ? { channel: bare } : { weights: own };
  };
  /** A dimension may name a detector in place of its dye: as many of both, and the order tells which is meant. */
  const detectorOf = (id: string, name: string, channel: string | undefined, weights: ReadonlyMap<string, Weights>) => {
    const matrix = sample.matrices.find((one) => one.id === id);
    const place =
      matrix?.detectors.findIndex((one) => one === name || findChannel(one, tube.parameters) === channel) ?? -1;
    if (matrix === undefined || place < 0) return undefined;
    const dye = matrix.detectors.length === matrix.fluorochromes.length ? matrix.fluorochromes[place] : undefined;
    const own = dye === undefined ? undefined : weights.get(dye);
    if (own !== undefined) return { weights: own };
    return `"${name}" is a detector of matrix "${matrix.name}", which has more of them than dyes; a gate on it names a dye`;
  };
  const column = remembered((key: string) => {
    const [compensation, name] = JSON.parse(key) as [ForeignAxis['compensation'], string];
    const recipe = recipeOf(compensation, name);
    if (typeof recipe === 'string') throw new Error(recipe);
    return 'channel' in recipe ? raw(recipe.channel) : summed(recipe.weights, raw, tube.eventCount);
  });
  return {
    faultOf({ source, compensation }) {
      const names = source.kind === 'channel' ? [source.name] : source.of;
      const recipes = names.map((name) => recipeOf(compensation, name));
      return recipes.find((recipe) => typeof recipe === 'string');
    },
    values: ({ compensation }, name) => column(JSON.stringify([compensation, name])),
  };
}

function summed(weights: Weights, raw: (name: string) => Float64Array, eventCount: number): Float64Array {
  const out = new Float64Array(eventCount);
  for (const { detector, weight } of weights) {
    if (weight === 0) continue;
    const column = raw(detector);
    for (let i = 0; i < out.length; i++) out[i] = out[i]! + column[i]! * weight;
  }
  return out;
}

function storedColumn(tube: ForeignTube, how: ForeignValues, name: string): Float64Array {
  const column = tube.column(name);
  const parameter = tube.parameters.find((one) => one.name === name);
  if (how === 'gating-ml' && parameter !== undefined) inGatingMlUnits(parameter, tube.keywords, column);
  return column;
}

/** Weights by fluorochrome, each by $PnN of detectors; the fault in words where the file lacks one. */
function weightsOf(sample: ForeignSample, tube: ForeignTube, id: string): ReadonlyMap<string, Weights> | string {
  const matrix = sample.matrices.find((one) => one.id === id);
  if (matrix === undefined) return `the matrix "${id}" is not there`;
  const detectors = matrix.detectors.map((name) => findChannel(name, tube.parameters));
  const missing = matrix.detectors.filter((_, i) => detectors[i] === undefined);
  if (missing.length > 0)
    return `the file has no channel ${missing.map((name) => `"${name}"`).join(', ')} of matrix "${matrix.name}"`;
  const weights = matrixWeights({ ...matrix, detectors: detectors.map((name) => name ?? '') });
  return weights ?? `the matrix "${matrix.name}" is singular`;
}

function ofFile({ fileMatrix, matrixFault }: ForeignTube): ReadonlyMap<string, Weights> | string {
  if (matrixFault !== undefined) return matrixFault;
  if (fileMatrix === undefined) return new Map();
  const { channels, matrix } = fileMatrix;
  const n = channels.length;
  const rows = channels.map((_, i) => Array.from({ length: n }, (_unused, j) => matrix[i * n + j]!));
  const written = { id: '', name: '', fluorochromes: channels, detectors: channels, rows, isInverted: false };
  return matrixWeights(written) ?? 'the matrix of the file is singular';
}

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}
