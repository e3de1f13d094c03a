import { type Problem, problem, withoutFolder } from '../problems/index.ts';
import { readYaml } from '../tables/index.ts';
import { type Layer, readLayer } from './layer.ts';

/** A template's text under the name by which messages call it. */
export interface TemplateSource {
  readonly file: string;
  readonly text: string;
}

/** Finds the template that an `extends:` names; undefined where there is none. */
export type LoadBase = (reference: string, fromFile: string) => TemplateSource | undefined;

/** The layers of a template, the lowest first. */
export interface Layers {
  readonly layers: readonly Layer[];
  /** False where something that the template extends is not there or cannot be read: what it would have named is unknown. */
  readonly isWhole: boolean;
}

/** The template and all it extends; a circle or a missing file is a problem at its `extends:`. */
export function readLayers(source: TemplateSource, loadBase: LoadBase, problems: Problem[]): Layers {
  const layers: Layer[] = [];
  const files: string[] = [];
  let next: TemplateSource | undefined = source;
  while (next !== undefined) {
    files.push(next.file);
    const yaml = readYaml(next.text, next.file, 'template');
    problems.push(...yaml.problems);
    const layer: Layer | undefined = yaml.value && readLayer(yaml.value, problems);
    if (layer === undefined) return { layers, isWhole: false };
    layers.unshift(layer);
    next = baseOf(layer, files, loadBase, problems);
    if (next === undefined && layer.extends !== undefined) return { layers, isWhole: false };
  }
  return { layers, isWhole: true };
}

function baseOf(layer: Layer, files: readonly string[], loadBase: LoadBase, problems: Problem[]) {
  const base = layer.extends;
  if (base === undefined) return undefined;
  const where = base.source.at(base.path);
  const found = loadBase(base.value, where.file);
  if (found === undefined) {
    problems.push(
      problem('error', 'template.base-not-found', `template "${withoutFolder(base.value)}" is not there`, where),
    );
    return undefined;
  }
  if (!files.includes(found.file)) return found;
  const message = `"${withoutFolder(base.value)}" extends this template again: ${[...files, found.file].join(' -> ')}`;
  problems.push(problem('error', 'template.base-circular', message, where));
  return undefined;
}
