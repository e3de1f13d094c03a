import type { ForeignBoolean, ForeignGating, ForeignPopulation, ForeignSample } from '../model.ts';
import { operandIds } from '../model.ts';
import { type PopulationPlace, populationPaths } from '../tree/populationPaths.ts';
import { axisMarkers } from './axisMarkers.ts';
import { chooseCompensation, type TemplateMatrix } from './chooseCompensation.ts';
import { type GateEntry, gateEntry, type TemplateEntry } from './gateEntry.ts';
import { templateText } from './templateText.ts';

/** A template made of another program's gates. */
export interface ImportedTemplate {
  readonly text: string;
  /** The matrix that the template names, to be written beside it; undefined where it names none. */
  readonly matrix: TemplateMatrix | undefined;
  /** What a template cannot say: path and why, with all that stands on it. */
  readonly left: readonly LeftPopulation[];
  /** Ids of the populations that it holds. */
  readonly held: ReadonlySet<string>;
}

export interface LeftPopulation {
  readonly id: string;
  readonly path: string;
  readonly why: string;
}

/**
 * The gates of one sample as a template, exactly: rectangles at raw edges, oblique gates on the scale where they are
 * straight. What the template language lacks is left out with all that stands on it, and named.
 * @param names of the template, and of the file of its matrix
 * @param wanted ids of the populations for which compensation and scales are chosen; of all where left out
 */
export function toTemplate(
  gating: Pick<ForeignGating, 'values' | 'program'>,
  sample: ForeignSample,
  names: { readonly template: string; readonly matrixFile: string },
  wanted: ReadonlySet<string> = new Set(sample.populations.map(({ id }) => id)),
): ImportedTemplate {
  const first = sample.populations.filter(({ id }) => wanted.has(id));
  const others = sample.populations.filter(({ id }) => !wanted.has(id));
  const compensation = chooseCompensation(sample, first);
  const markers = axisMarkers({ ...sample, populations: [...first, ...others] }, compensation.channelOf);
  const paths = populationPaths(sample.populations);
  const lost = new Map<string, string>();
  const entries: TemplateEntry[] = [];
  for (const population of inOrder(sample.populations)) {
    const place = paths.get(population.id)!;
    const needs = [...(population.parent === null ? [] : [population.parent]), ...operandIds(population.gate)];
    const missing = needs.find((id) => lost.has(id));
    const made =
      missing !== undefined
        ? `it stands on "${paths.get(missing)!.path}", which is left out`
        : population.gate.kind === 'boolean'
          ? combined(population, population.gate, place, paths)
          : outlined(population, gateEntry(population.gate, markers, compensation), place);
    if (typeof made === 'string') lost.set(population.id, made);
    else entries.push(...made);
  }
  const { matrix } = compensation;
  const used = new Set(entries.flatMap(({ gate }) => markersIn(gate)));
  const text = templateText({
    name: names.template,
    about: `Gates of ${gating.program}${sample.name === '' ? '' : ` as drawn on ${sample.name}`}.`,
    amplification: gating.values,
    compensation: matrix === undefined ? 'none' : matrix === 'file' ? 'file' : names.matrixFile,
    markers: markers.markers.filter(({ name }) => used.has(name)),
    entries,
  });
  const left = [...lost].map(([id, why]) => ({ id, path: paths.get(id)!.path, why }));
  const held = new Set(sample.populations.map(({ id }) => id).filter((id) => !lost.has(id)));
  return { text, matrix: typeof matrix === 'object' ? matrix : undefined, left, held };
}

/** Operands before the combinations that name them, so that what is lost is known; else as they are. */
function inOrder(populations: readonly ForeignPopulation[]): readonly ForeignPopulation[] {
  const byId = new Map(populations.map((one) => [one.id, one]));
  const placed = new Set<string>();
  const ordered: ForeignPopulation[] = [];
  const place = (population: ForeignPopulation): void => {
    if (placed.has(population.id)) return;
    placed.add(population.id);
    const needs = [...(population.parent === null ? [] : [population.parent]), ...operandIds(population.gate)];
    for (const id of needs) place(byId.get(id)!);
    ordered.push(population);
  };
  for (const population of populations) place(population);
  return ordered;
}

function entryOf(population: ForeignPopulation, place: PopulationPlace, gate: GateEntry): TemplateEntry {
  const importedName = population.name === place.name ? undefined : population.name;
  return { name: place.name, parent: place.parent, importedName, gate };
}

/** A gate, or what lies outside it: then the gate itself becomes a population beside. */
function outlined(
  population: ForeignPopulation,
  gate: GateEntry | string,
  place: PopulationPlace,
): readonly TemplateEntry[] | string {
  if (typeof gate === 'string') return gate;
  if (!population.isComplement) return [entryOf(population, place, gate)];
  const inside = helper(place, 'inside', gate);
  return [inside, entryOf(population, place, { method: 'boolean', of: { not: pathOf(inside) } })];
}

/** Templates combine two or more populations; what stands in brackets becomes a population beside. */
function combined(
  population: ForeignPopulation,
  gate: ForeignBoolean,
  place: PopulationPlace,
  paths: ReadonlyMap<string, PopulationPlace>,
): readonly TemplateEntry[] {
  const helpers: TemplateEntry[] = [];
  const write = ({ op, of }: ForeignBoolean): GateEntry => {
    const operands = of.map((operand) => {
      if ('id' in operand) return { path: paths.get(operand.id)!.path, isComplement: operand.isComplement };
      const inner = helper(place, `part ${helpers.length + 1}`, write(operand.inner));
      helpers.push(inner);
      return { path: pathOf(inner), isComplement: operand.isComplement };
    });
    const written = operands.map(({ path, isComplement }) => (isComplement ? { not: path } : path));
    const [only] = written;
    if (written.length > 1) return { method: 'boolean', of: { [op]: written } };
    return { method: 'boolean', of: typeof only === 'object' ? only : { and: [only, only] } };
  };
  const own = write(gate);
  return [...helpers, entryOf(population, place, own)];
}

function helper(place: PopulationPlace, what: string, gate: GateEntry): TemplateEntry {
  return { name: `${place.name.slice(0, 60)} (${what})`, parent: place.parent, importedName: undefined, gate };
}

function pathOf({ name, parent }: TemplateEntry): string {
  return parent === 'root' ? name : `${parent}/${name}`;
}

function markersIn(gate: GateEntry): readonly string[] {
  const { dims, x, y } = gate;
  const inDims = Array.isArray(dims) ? dims.map((dim) => (typeof dim === 'string' ? dim : dim.marker)) : [];
  return [...inDims, x, y].filter((one): one is string => typeof one === 'string');
}
