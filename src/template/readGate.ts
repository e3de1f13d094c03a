import { didYouMean, nearestName, type Problem, problem } from '../problems/index.ts';
import { type Located, schemaProblems, type YamlPath } from '../tables/index.ts';
import { combinationProblems } from './checkCombinations.ts';
import { namesIn } from './combination.ts';
import type { TreeNode } from './growTree.ts';
import { isLostMarker, type LostParts } from './lostParts.ts';
import type { MethodDescription, NamedUse, TemplateRegistry } from './methodDescription.ts';
import type { TemplateAlignment, TemplateGate, TemplateMarker } from './template.ts';
import { CommonGateKeys } from './templateSchema.ts';

/** What a gate's names are looked up in. */
export interface Surroundings {
  readonly registry: TemplateRegistry;
  readonly markers: readonly TemplateMarker[];
  readonly lost: LostParts;
  readonly alignments: readonly TemplateAlignment[];
  /** Looks a reference up as the given layer knew the tree; an unknown one is added to the problems. */
  resolve(reference: string, part: Located<unknown>, keys: YamlPath, layer: number): string | undefined;
  readonly problems: Problem[];
}

/** One gate with its names looked up; undefined where its own settings could not be read (which is then a problem). */
export function readGate(
  { draft, layer, path: ownPath }: Pick<TreeNode, 'draft' | 'layer' | 'path'>,
  around: Surroundings,
): TemplateGate | undefined {
  const { gate } = draft.value;
  if (gate === undefined) return undefined;
  const part = { value: gate, source: draft.source, path: [...draft.path, 'gate'] };
  const { method: name, units, pool, align, if_absent: ifAbsent = {}, ...rest } = gate;
  const method = findMethod(name, around.registry.gates, part, around.problems);
  if (method === undefined) return undefined;
  const settings = readSettings(method, rest, part, Object.keys(CommonGateKeys.shape), around.problems);
  const alignment = checkAlign(align, method, part, around);
  checkUnits(units, method, settings, part, around.problems);
  if (settings === undefined) return undefined;
  const uses = method.markers(settings);
  checkMarkers(uses, part, around);
  const markers = unique(uses.map((use) => use.name));
  checkIfAbsent(Object.keys(ifAbsent), [...markers, ...(alignment?.markers ?? [])], part, around);
  const references: Record<string, string> = {};
  const use = method.combination?.(settings);
  for (const { name, keys } of [...method.populations(settings), ...(use ? namesIn(use.combination, use.keys) : [])]) {
    const path = around.resolve(name, part, keys, layer);
    if (path !== undefined) references[name] = path;
  }
  if (use !== undefined) around.problems.push(...combinationProblems({ ...use, part, path: ownPath, references }));
  const where = part.source.at(part.path);
  return { method: name, settings, units, pool, align, ifAbsent, markers, references, where };
}

/** The method of a gate or an alignment by its name. */
export function findMethod(
  name: string,
  methods: ReadonlyMap<string, MethodDescription>,
  { source, path }: Located<unknown>,
  problems: Problem[],
): MethodDescription | undefined {
  const method = methods.get(name);
  if (method !== undefined) return method;
  const known = [...methods.keys()];
  const hint = didYouMean(nearestName(name, known)) ?? `methods: ${known.join(', ')}`;
  const where = source.at([...path, 'method']);
  problems.push(problem('error', 'template.unknown-method', `method "${name}" is not known`, where, hint));
  return undefined;
}

/** The method's own keys through its schema; `otherKeys` are those that stand beside them, for the nearest name. */
export function readSettings(
  method: MethodDescription,
  given: Readonly<Record<string, unknown>>,
  { source, path }: Located<unknown>,
  otherKeys: readonly string[],
  problems: Problem[],
): Record<string, unknown> | undefined {
  const parsed = method.settings.safeParse(given);
  if (parsed.success) return parsed.data;
  problems.push(...schemaProblems({ error: parsed.error, schema: method.settings, source, base: path, otherKeys }));
  return undefined;
}

/** Every marker that is used must be declared. */
export function checkMarkers(uses: readonly NamedUse[], part: Located<unknown>, around: Surroundings): void {
  const known = around.markers.map((marker) => marker.name);
  for (const { name, keys } of uses) {
    if (known.includes(name) || isLostMarker(name, around.lost)) continue;
    const hint = didYouMean(nearestName(name, known));
    const where = part.source.at([...part.path, ...keys]);
    const message = `marker "${name}" is not in "markers:"`;
    around.problems.push(problem('error', 'template.unknown-marker', message, where, hint));
  }
}

function checkAlign(
  align: string | undefined,
  method: MethodDescription,
  { source, path }: Located<unknown>,
  { alignments, problems }: Surroundings,
): TemplateAlignment | undefined {
  const names = alignments.map((alignment) => alignment.name);
  if (align === undefined) {
    if (!method.needsAlignment) return undefined;
    const hint = names.length === 0 ? 'add an alignment and name it by `align:`' : `add align: ${names.join(' | ')}`;
    const message = `method "${method.name}" needs an alignment`;
    problems.push(problem('error', 'template.alignment-missing', message, source.at(path), hint));
    return undefined;
  }
  const found = alignments.find((alignment) => alignment.name === align);
  if (found !== undefined) return found;
  const hint = didYouMean(nearestName(align, names));
  const where = source.at([...path, 'align']);
  problems.push(problem('error', 'template.unknown-alignment', `alignment "${align}" is not known`, where, hint));
  return undefined;
}

function checkUnits(
  units: 'scale' | 'raw' | undefined,
  method: MethodDescription,
  settings: Record<string, unknown> | undefined,
  { source, path }: Located<unknown>,
  problems: Problem[],
): void {
  const { hasCoordinates } = method;
  // Where it depends on settings that could not be read, nothing is said.
  if (typeof hasCoordinates === 'function' && settings === undefined) return;
  const has = typeof hasCoordinates === 'function' ? hasCoordinates(settings ?? {}) : hasCoordinates;
  if (has && units === undefined) {
    const message = `method "${method.name}" holds coordinates, and nobody can know whether they are scaled or raw`;
    problems.push(problem('error', 'template.units-missing', message, source.at(path)));
  }
  if (!has && units !== undefined) {
    const message = `"units" says nothing here: this gate holds no coordinates`;
    problems.push(problem('warning', 'template.units-unused', message, source.at([...path, 'units'], 'key')));
  }
}

function checkIfAbsent(
  named: readonly string[],
  used: readonly string[],
  { source, path }: Located<unknown>,
  { markers, problems }: Surroundings,
): void {
  for (const name of named) {
    const where = source.at([...path, 'if_absent', name], 'key');
    if (!used.includes(name)) {
      const message = `"if_absent" names "${name}", and this gate uses ${used.join(', ') || 'no marker'}`;
      problems.push(problem('error', 'template.if-absent-unused', message, where));
    } else if (markers.some((marker) => marker.name === name && !marker.optional)) {
      const message = `"if_absent" names "${name}", which is not optional, so that a tube without it fails`;
      problems.push(problem('warning', 'template.if-absent-required', message, where));
    }
  }
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)];
}
