import type { ForeignGate } from '../model.ts';
import type { PopulationDraft } from '../tree/growTree.ts';
import type { NamedChannel } from './axis11.ts';
import { gate11 } from './gate11.ts';
import { Definition, Gate, Population } from './workbench.ts';

interface Node {
  readonly id: string;
  readonly population: Population;
  readonly definition: Definition['definition'] | undefined;
}

export interface Tree11 {
  readonly drafts: readonly PopulationDraft[];
  readonly eventCount: number | null;
}

interface Sample {
  readonly id: string;
  readonly named: NamedChannel;
  readonly say: (path: string, why: string) => void;
}

const COMBINATIONS: readonly string[] = ['and', 'or', 'not'];

/** The populations of one data source; those that cannot be read come without a gate and are said. */
export function tree11(
  populations: Readonly<Record<string, unknown>>,
  definitions: Readonly<Record<string, unknown>>,
  sample: Sample,
): Tree11 {
  const nodes = nodesOf(populations, definitions, sample.id);
  const roots = [...nodes.values()].filter(({ definition }) => definition?.type === 'root');
  const isRoot = (id: string): boolean => roots.some((root) => root.id === id);
  const open = new Set<string>();
  const parentOf = (id: string): string | null => {
    const node = nodes.get(id);
    // Combinations that name each other in a circle are told where the tree is grown.
    if (node === undefined || open.has(id)) return null;
    open.add(id);
    const above = COMBINATIONS.includes(node.definition?.type ?? '')
      ? commonParent(node.population.parents.populations.map((operand) => waysUp(operand, parentOf)))
      : node.population.parents.populations[0];
    open.delete(id);
    return above === undefined || isRoot(above) ? null : above;
  };
  const drafts = [...nodes.values()].flatMap((node): PopulationDraft[] => {
    if (isRoot(node.id)) return [];
    const name = nameOf(node);
    const gate = gateOf(node, sample, isRoot);
    if (typeof gate === 'string') sample.say(name, gate);
    const { count, status = 'valid' } = node.population.results;
    return [
      {
        id: node.id,
        name,
        parent: parentOf(node.id),
        gate: typeof gate === 'string' ? undefined : gate,
        isComplement: false,
        storedCount: count !== undefined && count >= 0 && status === 'valid' ? count : null,
        line: 0,
        column: 0,
      },
    ];
  });
  return { drafts, eventCount: roots[0]?.population.results.count ?? null };
}

function nodesOf(
  populations: Readonly<Record<string, unknown>>,
  definitions: Readonly<Record<string, unknown>>,
  source: string,
): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [id, written] of Object.entries(populations)) {
    const { data: population } = Population.safeParse(written);
    if (population === undefined) continue;
    const { _dataSource, dataSource, dataSources, populationDefinitions } = population.parents;
    if (![..._dataSource, ...dataSource, ...dataSources].includes(source)) continue;
    const definition = Definition.safeParse(definitions[populationDefinitions[0] ?? '']).data?.definition;
    nodes.set(id, { id, population, definition });
  }
  return nodes;
}

function nameOf({ id, population, definition }: Node): string {
  const names = definition?.name ?? [];
  return names[population.definition.populationNumber] ?? names[0] ?? id;
}

/** From the parent of a population up to the top; a circle ends where it closes. */
function waysUp(id: string, parentOf: (id: string) => string | null): readonly (string | null)[] {
  const way: (string | null)[] = [];
  for (let at = parentOf(id); !way.includes(at); at = at === null ? null : parentOf(at)) way.push(at);
  return way;
}

/** A combination stands where all that it combines stand below. */
function commonParent(ways: readonly (readonly (string | null)[])[]): string | undefined {
  const [first = [], ...others] = ways;
  return first.find((one) => others.every((way) => way.includes(one))) ?? undefined;
}

function gateOf(
  { population, definition }: Node,
  { id, named }: Sample,
  isRoot: (id: string) => boolean,
): ForeignGate | string {
  if (definition === undefined) return 'its definition is not there';
  if (COMBINATIONS.includes(definition.type)) {
    const operands = population.parents.populations;
    if (operands.length === 0 || operands.some(isRoot)) return 'it combines nothing, or all events';
    const isNot = definition.type === 'not';
    if (isNot && operands.length > 1) return `not is of one population; found ${operands.length}`;
    return {
      kind: 'boolean',
      op: definition.type === 'or' ? 'or' : 'and',
      of: operands.map((operand) => ({ id: operand, isComplement: isNot })),
    };
  }
  const written = definition.desyncTable[id] ?? definition.gateDefinition;
  if (written === undefined) return `a population of kind "${definition.type}" is not read here`;
  const read = Gate.safeParse(written);
  if (!read.success) {
    const [issue] = read.error.issues;
    return `its gate cannot be read at "${issue?.path.join('.') ?? ''}"`;
  }
  return gate11(read.data, population.definition.populationNumber, named);
}
