import type { ForeignBoolean, ForeignOperand } from '../model.ts';

/** A population of the tree, as far as finding it by name needs. */
export interface TreeNode {
  readonly id: string;
  readonly name: string;
  readonly children: readonly TreeNode[];
}

/**
 * The population that a workspace means by a path: from the parent of the gate that names it, or from the top; "/" within
 * a name is told from one between names by what there is.
 * @param from where the naming gate stands, the top first
 */
function findByPath(path: string, from: readonly TreeNode[]): TreeNode | undefined {
  const [root] = from;
  const parent = from.at(-1);
  const bare = path.replace(/^\//, '');
  const isRelative = path.startsWith('/') || !path.includes('/');
  const starts = isRelative ? [parent, root] : [root, parent];
  for (const start of starts) {
    const found = start && below(start, bare);
    if (found !== undefined) return found;
  }
  // Paths from the top may begin with the sample's own name.
  return root !== undefined && bare.startsWith(`${root.name}/`)
    ? below(root, bare.slice(root.name.length + 1))
    : undefined;
}

function below(node: TreeNode, path: string): TreeNode | undefined {
  for (const child of node.children) {
    if (child.name === path) return child;
    if (path.startsWith(`${child.name}/`)) {
      const found = below(child, path.slice(child.name.length + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** FlowJo 7 and 10: And, Or and Not of populations; the one that a Not names is outside. */
export function combinationOf(
  kind: 'AndNode' | 'OrNode' | 'NotNode',
  paths: readonly string[],
  from: readonly TreeNode[],
): ForeignBoolean | string {
  if (paths.length === 0) return 'it names no population';
  const of = paths.map((path): ForeignOperand | string => {
    const node = findByPath(path, from);
    return node === undefined
      ? `it names "${path}", which is not there`
      : { id: node.id, isComplement: kind === 'NotNode' };
  });
  const fault = of.find((operand) => typeof operand === 'string');
  if (fault !== undefined) return fault;
  const operands = of.filter((operand) => typeof operand !== 'string');
  return { kind: 'boolean', op: kind === 'OrNode' ? 'or' : 'and', of: operands };
}

/**
 * FlowJo for Mac: "(G0 & ! (G2 | G1))" over a list of paths. "!" binds closest; "&" and "|" from left to right, as its
 * stored counts show.
 * @returns the fault in words where it cannot be read
 */
export function combinationOfText(
  text: string,
  paths: readonly string[],
  from: readonly TreeNode[],
): ForeignBoolean | string {
  const tokens = text.match(/G\d+|[&|!()]|\S/g) ?? [];
  let at = 0;
  let fault: string | undefined;
  const operand = (): ForeignOperand => {
    const token = tokens[at++];
    if (token === '!') {
      const inner = operand();
      return { ...inner, isComplement: !inner.isComplement };
    }
    if (token === '(') {
      const inner = either();
      if (tokens[at++] !== ')') fault ??= `"${text}" has a bracket that is not closed`;
      return inner;
    }
    const path = /^G\d+$/.test(token ?? '') ? paths[Number(token?.slice(1))] : undefined;
    const node = path === undefined ? undefined : findByPath(path, from);
    if (node === undefined) {
      fault ??=
        path === undefined
          ? `"${text}" cannot be read at "${token ?? 'its end'}"`
          : `it names "${path}", which is not there`;
    }
    return { id: node?.id ?? '', isComplement: false };
  };
  const either = (): ForeignOperand => {
    let left = operand();
    for (let sign = tokens[at]; sign === '&' || sign === '|'; sign = tokens[at]) {
      at++;
      left = {
        inner: { kind: 'boolean', op: sign === '&' ? 'and' : 'or', of: [left, operand()] },
        isComplement: false,
      };
    }
    return left;
  };
  const whole = either();
  if (at < tokens.length) fault ??= `"${text}" cannot be read at "${tokens[at]}"`;
  if (fault !== undefined) return fault;
  return 'inner' in whole && !whole.isComplement ? whole.inner : { kind: 'boolean', op: 'and', of: [whole] };
}
