import type { ForeignGate } from '../model.ts';
import type { PopulationDraft } from '../tree/growTree.ts';
import { attribute, childOf, childrenOf, elementAt, numberAttribute, type XmlElement } from '../xml/element.ts';
import type { XmlFindings } from '../xml/xmlFindings.ts';
import type { AxisNamed } from './axes.ts';
import { combinationOf, combinationOfText, type TreeNode } from './booleans.ts';
import { gateOf, type ProgramRules } from './gateOf.ts';
import { readMacShape } from './readMacShape.ts';
import { readShape } from './readShape.ts';
import type { ReadShape } from './shape.ts';

const COMBINATIONS = ['AndNode', 'OrNode', 'NotNode'] as const;
const NODES = ['Population', ...COMBINATIONS];

/** A node of the tree with its element. */
interface Node extends TreeNode {
  readonly element: XmlElement;
  readonly children: readonly Node[];
}

export interface TreeContext {
  readonly axisNamed: AxisNamed;
  readonly isMac: boolean;
  readonly program: ProgramRules;
  readonly findings: XmlFindings;
}

/** The populations of one sample, parents before children; what cannot be read comes without a gate and was said. */
export function readTree(sampleNode: XmlElement, context: TreeContext): readonly PopulationDraft[] {
  const root = nodeOf(sampleNode, '');
  const drafts: PopulationDraft[] = [];
  const visit = (node: Node, way: readonly Node[]): void => {
    const parent = way.length === 1 ? null : way.at(-1)!.id;
    drafts.push(draftOf(node, parent, way, context));
    for (const child of node.children) visit(child, [...way, node]);
  };
  for (const child of root.children) visit(child, [root]);
  return drafts;
}

function nodeOf(element: XmlElement, id: string): Node {
  const inside = [...element.children.filter(({ name }) => name === 'Subpopulations'), element];
  const nodes = inside.flatMap((one) => childrenOf(one, ...NODES));
  return {
    id,
    name: attribute(element, 'name') ?? '',
    element,
    children: nodes.map((child, i) => nodeOf(child, `${id}/${i}`)),
  };
}

function draftOf(node: Node, parent: string | null, way: readonly Node[], context: TreeContext): PopulationDraft {
  const { element, id } = node;
  const { line, column } = element;
  const name = node.name === '' ? `line ${line}` : node.name;
  const read = readNode(node, way, context);
  if (typeof read === 'string') {
    const path = [...way.slice(1).map((one) => one.name), name].join('/');
    context.findings.add('import.unreadable-gate', `gate "${path}": ${read}`, element);
  }
  const found = typeof read === 'string' ? { gate: undefined, isComplement: false } : read;
  const note = attribute(element, 'annotation')?.trim();
  return {
    id,
    name,
    parent,
    ...found,
    storedCount: storedCount(node),
    ...(note === undefined ? {} : { note }),
    line,
    column,
  };
}

interface NodeGate {
  readonly gate: ForeignGate;
  readonly isComplement: boolean;
}

function readNode({ element }: Node, way: readonly Node[], context: TreeContext): NodeGate | string {
  const combination = COMBINATIONS.find((kind) => kind === element.name);
  if (combination !== undefined) {
    const list = childOf(element, 'Dependents');
    const paths = (list === undefined ? [] : childrenOf(list, 'Dependent')).map((one) => attribute(one, 'name') ?? '');
    return gateFrom(combinationOf(combination, paths, way));
  }
  const boolean = childOf(element, 'BooleanGate');
  if (boolean !== undefined) {
    const list = elementAt(boolean, 'GatePaths', 'StringArray');
    const paths = (list?.children ?? []).map(({ text }) => text);
    return gateFrom(combinationOfText(attribute(boolean, 'specification') ?? '', paths, way));
  }
  const shape = context.isMac ? readMacShape(element) : readShape(element);
  return shape === undefined ? 'the population has no gate' : gateFromShape(shape, context);
}

function gateFrom(gate: ForeignGate | string): NodeGate | string {
  return typeof gate === 'string' ? gate : { gate, isComplement: false };
}

function gateFromShape(read: ReadShape, { axisNamed, program }: TreeContext): NodeGate | string {
  if (typeof read === 'string') return read;
  const gate = gateOf(read.shape, axisNamed, program);
  return typeof gate === 'string' ? gate : { gate, isComplement: read.isComplement };
}

/** -1 is never counted; so is 0 of a population below which events were counted. */
function storedCount(node: Node): number | null {
  const count = numberAttribute(node.element, 'count');
  if (count === undefined || !(count >= 0)) return null;
  if (count > 0) return count;
  return node.children.length > 0 ? null : 0;
}
