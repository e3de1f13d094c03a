import type { Denominator } from '../analysis/index.ts';
import { hasErrors, type Problem, problem, type Reading } from '../problems/index.ts';
import type { Located, YamlPath } from '../tables/index.ts';
import { checkCircles } from './checkCircles.ts';
import { readCompensation } from './compensation.ts';
import { readDenominator } from './denominatorEntry.ts';
import { type GrownTree, growTree, referenceProblem } from './growTree.ts';
import type { Layer } from './layer.ts';
import { isLostPopulation, joinLost, knownMarkers, type LostParts, withoutLookups } from './lostParts.ts';
import type { TemplateRegistry } from './methodDescription.ts';
import { checkMarkers, findMethod, readGate, readSettings, type Surroundings } from './readGate.ts';
import { type LoadBase, readLayers, type TemplateSource } from './readLayers.ts';
import { readMarkers } from './readMarkers.ts';
import { readScales } from './readScales.ts';
import { resolveReference } from './resolveReference.ts';
import type {
  Template,
  TemplateAlignment,
  TemplateAssertion,
  TemplateExpectedRange,
  TemplatePopulation,
  TemplateReservoir,
} from './template.ts';

/**
 * A gating template from its text and those of the templates it extends, every name in it looked up.
 * @param registry the gate and alignment methods there are; each reads its own keys
 * @param loadBase finds what an `extends:` names
 * @returns the template, or undefined with everything that is wrong, each at its file, line and column
 */
export function readTemplate(
  source: TemplateSource,
  registry: TemplateRegistry,
  loadBase: LoadBase,
): Reading<Template> {
  const problems: Problem[] = [];
  const { layers, isWhole } = readLayers(source, loadBase, problems);
  const top = layers.at(-1);
  if (top === undefined) return { value: undefined, problems };
  const value = templateOf(layers, top, { registry, source }, problems);
  // What a base that is not there would have named is no fault of the template: one finding, not thirty that follow.
  return { value: hasErrors(problems) ? undefined : value, problems: isWhole ? problems : withoutLookups(problems) };
}

function templateOf(
  layers: readonly Layer[],
  top: Layer,
  { registry, source }: { readonly registry: TemplateRegistry; readonly source: TemplateSource },
  problems: Problem[],
): Template {
  const lost = joinLost(layers.map((layer) => layer.lost));
  const tree = growTree(layers, lost, problems);
  if (tree.nodes.length === 0 && !hasErrors(problems)) problems.push(noPopulations(source));
  const markers = readMarkers(layers, problems);
  const around = { registry, markers, lost, alignments: [], resolve: resolver(tree, lost, problems), problems };
  const alignments = readAlignments(layers, around);
  const populations = readPopulations(tree, { ...around, alignments });
  problems.push(...checkCircles({ populations, alignments }));
  return {
    name: top.name,
    version: top.version,
    about: top.about,
    markers,
    scales: readScales(layers, knownMarkers(markers, lost), problems),
    compensation: readCompensation(
      layers.findLast((layer) => layer.compensation !== undefined)?.compensation,
      problems,
    ),
    amplification: layers.findLast((layer) => layer.amplification !== undefined)?.amplification ?? 'linear',
    values: layers.findLast((layer) => layer.values !== undefined)?.values ?? 'detect',
    alignments,
    populations,
    denominators: readDenominators(layers, around),
    reservoirs: readReservoirs(layers, around),
    assertions: readAssertions(layers, around),
    expectedRanges: readExpectedRanges(layers, around),
    intensities: readIntensities(layers, around),
  };
}

function noPopulations({ file }: TemplateSource): Problem {
  return problem('error', 'template.no-populations', 'the template has no populations', { file });
}

function resolver(tree: GrownTree, lost: LostParts, problems: Problem[]): Surroundings['resolve'] {
  const final = new Set(['root', ...tree.nodes.map((node) => node.path)]);
  return (reference, part, keys, layer) => {
    const where = part.source.at([...part.path, ...keys]);
    const found =
      reference === 'root'
        ? ({ kind: 'one', path: 'root' } as const)
        : resolveReference(reference, tree.pathsByLayer[layer] ?? []);
    // Of a template without populations that is told; and one that could not be read was told where it stands.
    if (found.kind === 'none' && (tree.nodes.length === 0 || isLostPopulation(reference, lost))) return undefined;
    if (found.kind !== 'one') problems.push(referenceProblem(reference, found, where));
    else if (final.has(found.path)) return found.path;
    else {
      const message = `"${reference}" was removed by a template that extends this one`;
      problems.push(problem('error', 'template.removed-reference', message, where));
    }
    return undefined;
  };
}

/** Parts of a list that have names: a later layer replaces an equal name where it stands, the same file may not. */
function byName<T extends { readonly name: string }>(
  layers: readonly Layer[],
  partsOf: (layer: Layer) => readonly Located<T>[],
  problems: Problem[],
): { part: Located<T>; layer: number }[] {
  const found = new Map<string, { part: Located<T>; layer: number }>();
  layers.forEach((layer, index) => {
    for (const part of partsOf(layer)) {
      const { name } = part.value;
      if (found.get(name)?.layer === index) {
        const where = part.source.at([...part.path, 'name']);
        problems.push(problem('error', 'template.duplicate-name', `"${name}" stands twice in this list`, where));
      }
      found.set(name, { part, layer: index });
    }
  });
  return [...found.values()];
}

function readAlignments(layers: readonly Layer[], around: Surroundings): TemplateAlignment[] {
  const { registry, problems } = around;
  return byName(layers, (layer) => layer.alignments, problems).flatMap(({ part, layer }) => {
    const { name, parent: reference, method: methodName, ...rest } = part.value;
    const parent = around.resolve(reference, part, ['parent'], layer);
    const method = findMethod(methodName, registry.alignments, part, problems);
    const settings = method && readSettings(method, rest, part, ['name', 'parent', 'method'], problems);
    const uses = (method !== undefined && settings !== undefined && method.markers(settings)) || [];
    checkMarkers(uses, part, around);
    if (method !== undefined && settings !== undefined) {
      for (const use of method.populations(settings)) around.resolve(use.name, part, use.keys, layer);
    }
    const markers = [...new Set(uses.map((use) => use.name))];
    const where = part.source.at(part.path);
    // An alignment that could not be read still bears its name, so that gates which name it are not blamed.
    return [{ name, parent: parent ?? 'root', method: methodName, settings: settings ?? {}, markers, where }];
  });
}

function readPopulations(tree: GrownTree, around: Surroundings): TemplatePopulation[] {
  return tree.nodes.flatMap((node) => {
    const { path, parent, draft } = node;
    const gate = readGate(node, around);
    if (gate === undefined) return [];
    const { name, label, imported_name: importedName } = draft.value;
    const where = draft.source.at(draft.path);
    const depth = path.split('/').length;
    const imported = importedName === undefined ? {} : { importedName };
    return [{ name, path, parent, depth, label: label ?? name, ...imported, gate, where }];
  });
}

function readDenominators(layers: readonly Layer[], around: Surroundings): Record<string, Denominator> {
  const found = new Map<string, Denominator>();
  layers.forEach((layer, index) => {
    for (const [name, part] of layer.denominators) {
      const twin = [...found.keys()].find((other) => other !== name && other.toLowerCase() === name.toLowerCase());
      if (twin !== undefined) {
        const message = `denominators "${twin}" and "${name}" would give columns that differ only by case`;
        around.problems.push(problem('error', 'template.duplicate-name', message, part.source.at(part.path, 'key')));
      }
      const find = (reference: string, keys: readonly string[]) => around.resolve(reference, part, keys, index);
      const { denominator, message } = readDenominator(part.value, find);
      if (denominator !== undefined) found.set(name, denominator);
      if (message === undefined) continue;
      const where = part.source.at([...part.path, 'without']);
      around.problems.push(problem('error', 'template.not-in-denominator', message, where));
    }
  });
  return Object.fromEntries(found);
}

function readReservoirs(layers: readonly Layer[], around: Surroundings): TemplateReservoir[] {
  return byName(layers, (layer) => layer.reservoirs, around.problems).flatMap(({ part, layer }) => {
    const { name, for: reference, above, below } = part.value;
    const uses = [above, below].flatMap((cuts, index) =>
      Object.keys(cuts).map((marker) => ({ name: marker, keys: [index === 0 ? 'above' : 'below', marker] })),
    );
    checkMarkers(uses, part, around);
    const path = around.resolve(reference, part, ['for'], layer);
    return path === undefined ? [] : [{ name, for: path, above, below }];
  });
}

function readAssertions(layers: readonly Layer[], around: Surroundings): TemplateAssertion[] {
  return layers.flatMap((layer, index) =>
    layer.assertions.flatMap((part): TemplateAssertion[] => {
      if (!('sum' in part.value)) return [];
      const { sum, of: whole, atLeast } = part.value;
      const parts = sum.flatMap((one, position) => around.resolve(one, part, ['sum', position], index) ?? []);
      const of = around.resolve(whole, part, ['of'], index);
      const where = part.source.at(part.path);
      return of === undefined ? [] : [{ sum: parts, of, atLeastPercent: atLeast, where }];
    }),
  );
}

/** The range of a population in a later layer replaces the one in an earlier: other patients are expected otherwise. */
function readExpectedRanges(layers: readonly Layer[], around: Surroundings): TemplateExpectedRange[] {
  const found = new Map<string, TemplateExpectedRange>();
  layers.forEach((layer, index) => {
    for (const part of layer.assertions) {
      if ('sum' in part.value) continue;
      const population = around.resolve(part.value.population, part, ['population'], index);
      const of = around.resolve(part.value.of, part, ['of'], index);
      if (population === undefined || of === undefined) continue;
      const where = part.source.at(part.path);
      found.set(`${population}\0${of}`, { population, of, betweenPercent: part.value.between, where });
    }
  });
  return [...found.values()];
}

function readIntensities(layers: readonly Layer[], around: Surroundings): Template['intensities'] {
  const markers = new Set<string>();
  const populations = new Set<string>();
  layers.forEach(({ intensities: part }, index) => {
    if (part === undefined) return;
    const uses = part.value.markers.map((name, position) => ({ name, keys: ['markers', position] as YamlPath }));
    checkMarkers(uses, part, around);
    for (const { name } of uses) markers.add(name);
    part.value.populations.forEach((reference, position) => {
      const path = around.resolve(reference, part, ['populations', position], index);
      if (path !== undefined) populations.add(path);
    });
  });
  return { markers: [...markers], populations: [...populations] };
}
