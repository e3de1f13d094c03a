import type { ForeignPopulation, ForeignSample } from '../model.ts';
import { populationPaths } from '../tree/populationPaths.ts';
import { isSameGate } from './isSameGate.ts';

/** What became of one population of a workspace after a person worked on it. */
export type GateEdit = { readonly path: string; readonly note: string } & (
  | { readonly kind: 'same'; readonly isCounted: boolean }
  | { readonly kind: 'changed'; readonly before: ForeignPopulation; readonly after: ForeignPopulation }
  | { readonly kind: 'gone' }
  | { readonly kind: 'new' }
);

interface Node {
  readonly path: string;
  readonly name: string;
  readonly parent: string;
  readonly population: ForeignPopulation;
}

/**
 * What a person changed in the gates of one sample: those that moved, went or came, and those that were only looked at: a
 * population that had no count and has one now was opened. One that was renamed is known by its gate.
 * @param before as it was written; @param after as it was saved
 */
export function gateEdits(before: ForeignSample, after: ForeignSample): readonly GateEdit[] {
  const [old, saved] = [before, after].map(nodesOf) as [readonly Node[], readonly Node[]];
  const oldPathOf = new Map<Node, string>();
  const nodesById = (nodes: readonly Node[]) => new Map(nodes.map((node) => [node.population.id, node]));
  const [oldById, savedById] = [nodesById(old), nodesById(saved)];
  const names = [
    (id: string) => oldById.get(id)?.path ?? '',
    // What was renamed is told by the name that it had.
    (id: string) => oldPathOf.get(savedById.get(id)!) ?? savedById.get(id)?.path ?? '',
  ] as const;
  const isSame = (a: Node, b: Node): boolean =>
    a.population.isComplement === b.population.isComplement && isSameGate(a.population.gate, b.population.gate, names);
  const partner = new Map<string, Node>();
  const taken = new Set<Node>();
  for (const node of old) {
    const parent = node.parent === 'root' ? 'root' : partner.get(node.parent)?.path;
    const below = saved.filter((one) => one.parent === parent && !taken.has(one));
    const renamed = below.filter((one) => !old.some(({ path }) => path === one.path) && isSame(node, one));
    const found = below.find(({ name }) => name === node.name) ?? (renamed.length === 1 ? renamed[0] : undefined);
    if (found === undefined) continue;
    partner.set(node.path, found);
    taken.add(found);
    oldPathOf.set(found, node.path);
  }
  const edits = old.map((node): GateEdit => {
    const found = partner.get(node.path);
    const note = found?.population.note ?? '';
    const { path } = node;
    if (found === undefined) return { kind: 'gone', path, note };
    if (!isSame(node, found)) return { kind: 'changed', path, note, before: node.population, after: found.population };
    const isCounted = node.population.storedCount === null && found.population.storedCount !== null;
    return { kind: 'same', path, note, isCounted };
  });
  const added = saved.filter((node) => !taken.has(node));
  return [
    ...edits,
    ...added.map(({ path, population }): GateEdit => ({ kind: 'new', path, note: population.note ?? '' })),
  ];
}

function nodesOf({ populations }: ForeignSample): readonly Node[] {
  const paths = populationPaths(populations);
  return populations.map((population) => {
    const { path, name, parent } = paths.get(population.id)!;
    return { path, name, parent, population };
  });
}
