import { didYouMean, nearestName, type Problem, problem } from '../problems/index.ts';
import type { Located, YamlPlace } from '../tables/index.ts';
import type { Layer, PopulationDraft } from './layer.ts';
import { isLostPopulation, type LostParts } from './lostParts.ts';
import { resolveReference } from './resolveReference.ts';

/** A population in its place; `layer` is the file that wrote it last, counted from the lowest. */
export interface TreeNode {
  readonly path: string;
  /** `root` at the top. */
  readonly parent: string;
  readonly draft: Located<PopulationDraft>;
  readonly layer: number;
}

export interface GrownTree {
  /** Depth first, siblings in the order of the files. */
  readonly nodes: readonly TreeNode[];
  /**
   * Paths as each layer knew them: a reference is looked up where it was written, so that a population added on top
   * cannot make a reference of the template below ambiguous.
   */
  readonly pathsByLayer: readonly (readonly string[])[];
}

type Waiting = Located<PopulationDraft>;

/** Gives every population its full path; layer by layer, a population with an equal path is replaced where it stands. */
export function growTree(layers: readonly Layer[], lost: LostParts, problems: Problem[]): GrownTree {
  let nodes: TreeNode[] = [];
  const pathsByLayer: string[][] = [];
  layers.forEach((layer, index) => {
    nodes = withoutRemoved(nodes, layer, problems);
    nodes = withLayer(nodes, { layer, index, lost }, problems);
    pathsByLayer.push(nodes.map((node) => node.path));
  });
  return { nodes: depthFirst(nodes), pathsByLayer };
}

function withoutRemoved(nodes: readonly TreeNode[], layer: Layer, problems: Problem[]): TreeNode[] {
  const paths = nodes.map((node) => node.path);
  const removed = layer.remove.flatMap(({ value, source, path }) => {
    const found = resolveReference(value, paths);
    if (found.kind === 'one') return [found.path];
    problems.push(referenceProblem(value, found, source.at(path)));
    return [];
  });
  return nodes.filter((node) => !removed.some((path) => node.path === path || node.path.startsWith(`${path}/`)));
}

/** The problem of a reference that means no population, or several. */
export function referenceProblem(
  reference: string,
  found: Exclude<ReturnType<typeof resolveReference>, { kind: 'one' }>,
  where: YamlPlace,
): Problem {
  if (found.kind === 'many') return ambiguous(reference, found.matches, where);
  const hint = didYouMean(found.nearest);
  const message = `"${reference}" is not a population of this template`;
  return problem('error', 'template.unknown-reference', message, where, hint);
}

function ambiguous(reference: string, matches: readonly string[], where: YamlPlace): Problem {
  const message = `"${reference}" is ambiguous: ${matches.map((path) => `"${path}"`).join(', ')}`;
  return problem('error', 'template.ambiguous-reference', message, where);
}

interface NewLayer {
  readonly layer: Layer;
  readonly index: number;
  readonly lost: LostParts;
}

/** Order in a file is free: those whose parent has a place are placed, round by round, until nothing moves. */
function withLayer(below: readonly TreeNode[], { layer, index, lost }: NewLayer, problems: Problem[]): TreeNode[] {
  const nodes = [...below];
  let waiting: Waiting[] = [...layer.populations];
  const placedHere = new Map<string, Waiting>();
  for (let before = -1; before !== waiting.length; ) {
    before = waiting.length;
    waiting = waiting.filter((draft) => {
      const parent = parentOf(draft, nodes);
      if (parent === undefined) return true;
      const node = { path: joinPath(parent, draft.value.name), parent, draft, layer: index };
      const isPlaced = place(nodes, node, placedHere, problems);
      if (!isPlaced) lost.populations.add(draft.value.name);
      return false;
    });
  }
  problems.push(...ambiguousParents(placedHere, nodes));
  problems.push(...homeless(waiting, nodes, lost));
  return [...nodes, ...lodgeNodes(waiting, nodes, index)];
}

/** Those without a place stand at the top until they are mended, so that their gates are judged in the same breath. */
function lodgeNodes(waiting: readonly Waiting[], nodes: readonly TreeNode[], layer: number): TreeNode[] {
  const taken = new Set(nodes.map((node) => node.path.toLowerCase()));
  return waiting.flatMap((draft) => {
    const path = draft.value.name;
    if (taken.has(path.toLowerCase())) return [];
    taken.add(path.toLowerCase());
    return [{ path, parent: 'root', draft, layer }];
  });
}

function joinPath(parent: string, name: string): string {
  return parent === 'root' ? name : `${parent}/${name}`;
}

function parentOf({ value }: Waiting, nodes: readonly TreeNode[]): string | undefined {
  if (value.parent === 'root') return 'root';
  const found = resolveReference(
    value.parent,
    nodes.map((node) => node.path),
  );
  if (found.kind === 'one') return found.path;
  // Told after all have a place; until then the first keeps the tree whole, so that its children are judged too.
  return found.kind === 'many' ? found.matches[0] : undefined;
}

function place(nodes: TreeNode[], node: TreeNode, placedHere: Map<string, Waiting>, problems: Problem[]): boolean {
  const key = node.path.toLowerCase();
  const same = nodes.findIndex((other) => other.path.toLowerCase() === key);
  const earlier = placedHere.get(key) ?? (nodes[same]?.path === node.path ? undefined : nodes[same]?.draft);
  if (earlier !== undefined) {
    const { file, line } = earlier.source.at(earlier.path);
    const where = node.draft.source.at([...node.draft.path, 'name']);
    const place = file === where.file ? `on line ${line}` : `in ${file}, line ${line}`;
    const message = `population "${node.path}" is also ${place} (names are compared without case)`;
    problems.push(problem('error', 'template.duplicate-population', message, where));
    return false;
  }
  placedHere.set(key, node.draft);
  if (same < 0) nodes.push(node);
  else nodes[same] = node;
  return true;
}

/** A parent must be unique among all populations, also those that found their place after it. */
function ambiguousParents(placedHere: ReadonlyMap<string, Waiting>, nodes: readonly TreeNode[]): Problem[] {
  return nodes.flatMap((node) => {
    const { draft } = node;
    if (draft.value.parent === 'root' || placedHere.get(node.path.toLowerCase()) !== draft) return [];
    // A population is not its own parent, so its own path is no second meaning.
    const others = nodes.filter((other) => other !== node).map((other) => other.path);
    const found = resolveReference(draft.value.parent, others);
    return found.kind === 'many'
      ? [ambiguous(draft.value.parent, found.matches, draft.source.at([...draft.path, 'parent']))]
      : [];
  });
}

/** Of those without a place: a circle is told once, an unknown parent at each, and their descendants not at all. */
function homeless(waiting: readonly Waiting[], nodes: readonly TreeNode[], lost: LostParts): Problem[] {
  const told = new Set<Waiting>();
  return waiting.flatMap((draft) => {
    const { circle, end } = chainOf(draft, waiting);
    if (circle.length > 0) {
      if (told.has(draft) || !circle.includes(draft)) return [];
      for (const member of circle) told.add(member);
      const names = [...circle, draft].map((member) => member.value.name).join(' -> ');
      const where = draft.source.at([...draft.path, 'parent']);
      return [problem('error', 'template.circular-parent', `parents run in a circle: ${names}`, where)];
    }
    return end === draft && !isLostPopulation(draft.value.parent, lost) ? [unknownParent(draft, waiting, nodes)] : [];
  });
}

function chainOf(start: Waiting, waiting: readonly Waiting[]): { circle: Waiting[]; end: Waiting } {
  const chain = [start];
  for (;;) {
    const last = chain.at(-1) ?? start;
    const wanted = last.value.parent.split('/').at(-1);
    const parent = waiting.find((draft) => draft.value.name === wanted);
    if (parent === undefined) return { circle: [], end: last };
    if (chain.includes(parent)) return { circle: chain.slice(chain.indexOf(parent)), end: last };
    chain.push(parent);
  }
}

function unknownParent(draft: Waiting, waiting: readonly Waiting[], nodes: readonly TreeNode[]): Problem {
  const { parent, name } = draft.value;
  const found = resolveReference(
    parent,
    nodes.map((node) => node.path),
  );
  const names = waiting.map((other) => other.value.name).filter((other) => other !== name);
  const hint = didYouMean((found.kind === 'none' ? found.nearest : undefined) ?? nearestName(parent, names));
  const message = `parent "${parent}" of "${name}" is not a population of this template`;
  return problem('error', 'template.unknown-parent', message, draft.source.at([...draft.path, 'parent']), hint);
}

function depthFirst(nodes: readonly TreeNode[], parent = 'root'): TreeNode[] {
  const children = nodes.filter((node) => node.parent === parent);
  return children.flatMap((node) => [node, ...depthFirst(nodes, node.path)]);
}
