import { didYouMean, nearestName, type Problem, problem } from '../problems/index.ts';
import { checkScale } from '../scale/index.ts';
import type { Located } from '../tables/index.ts';
import type { Layer } from './layer.ts';
import type { ScaleChoice, Template } from './template.ts';

/** Decades of a logicle whose width is estimated: 4.5 for an 18-bit range (log10 262144 = 5.4, less .9). */
const defaultDecades = 4.5;

type Scales = Template['scales'];

/**
 * The scales of all layers, a later one replacing an equal key; what is not said is logicle, and linear for scatter.
 * @param names of markers; undefined where they could not be read, so that no name is judged
 */
export function readScales(
  layers: readonly Layer[],
  names: readonly string[] | undefined,
  problems: Problem[],
): Scales {
  const choices = new Map<string, ScaleChoice>();
  for (const layer of layers) {
    for (const [key, entry] of layer.scales) {
      const isKnown = names === undefined || ['fluorescence', 'scatter', ...names].includes(key);
      if (!isKnown) problems.push(unknownKey(key, entry, names));
      const choice = readChoice(entry, problems);
      if (choice !== undefined) choices.set(key, choice);
    }
  }
  const fluorescence = choices.get('fluorescence') ?? { kind: 'logicle', width: 'estimate', decades: defaultDecades };
  const scatter = choices.get('scatter') ?? { kind: 'linear' };
  const byMarker = Object.fromEntries([...choices].filter(([key]) => key !== 'fluorescence' && key !== 'scatter'));
  return { fluorescence, scatter, byMarker };
}

function unknownKey(key: string, { source, path }: Located<unknown>, names: readonly string[]): Problem {
  const hint = didYouMean(nearestName(key, ['fluorescence', 'scatter', ...names]));
  const message = `scale for "${key}", which is no marker of this template, nor fluorescence or scatter`;
  return problem('error', 'template.unknown-marker', message, source.at(path, 'key'), hint);
}

function readChoice(entry: Located<{ readonly scale: string }>, problems: Problem[]): ScaleChoice | undefined {
  const { scale, ...settings } = entry.value;
  if (scale === 'linear' && Object.keys(settings).length === 0) return { kind: 'linear' };
  if (scale === 'logicle' && 'width' in settings) return estimateScale(entry, settings, problems);
  const { spec, faults } = checkScale({ kind: scale, ...settings });
  const where = entry.source.at(entry.path);
  if (faults.length > 0) {
    // Both forms of logicle begin alike; who wrote neither wholly is told of the short one.
    const hint = scale === 'logicle' ? 'write {scale: logicle, width: estimate}, or all of T, W, M, A' : undefined;
    const [first = '', ...others] = faults;
    const message = [first, ...others.map((fault) => fault.replace(`${scale}: `, ''))].join('; ');
    problems.push(problem('error', 'template.wrong-scale', message, where, hint));
  }
  return spec === undefined ? undefined : { kind: 'fixed', spec };
}

function estimateScale(
  { source, path }: Located<unknown>,
  settings: Readonly<Record<string, unknown>>,
  problems: Problem[],
): ScaleChoice | undefined {
  const { width, decades = defaultDecades, ...others } = settings;
  const before = problems.length;
  const refuse = (message: string, key: string) =>
    problems.push(problem('error', 'template.wrong-scale', message, source.at([...path, key])));
  for (const key of Object.keys(others)) refuse(`logicle with "width" has no "${key}"; it may have "decades"`, key);
  const isWidth = width === 'estimate' || (typeof width === 'number' && width >= 0);
  if (!isWidth) refuse(`width must be "estimate" or a number of decades from 0, found "${String(width)}"`, 'width');
  const isDecades = typeof decades === 'number' && decades > 0;
  if (!isDecades) refuse(`decades must be a number above 0, found "${String(decades)}"`, 'decades');
  if (typeof width === 'number' && isDecades && width > decades / 2) {
    refuse(`width ${width} is more than half of the ${decades} decades`, 'width');
  }
  return isWidth && isDecades && problems.length === before ? { kind: 'logicle', width, decades } : undefined;
}
