import type { ForeignGate, ForeignPopulation } from '../../model.ts';
import type { XmlPart } from '../../xml/writeXml.ts';
import { type ShapeContext, writtenShape } from './shapes.ts';

/** How each population stands in a workspace, by id. */
export type HowWritten = ReadonlyMap<string, 'exact' | 'traced'>;

type Entry = Pick<ForeignPopulation, 'id' | 'name' | 'parent' | 'storedCount' | 'gate'>;

/** The populations of a sample as nested nodes, and how exactly each stands there. */
export function writtenNodes(
  populations: readonly ForeignPopulation[],
  context: ShapeContext,
): { readonly nodes: readonly XmlPart[]; readonly how: HowWritten } {
  const how = new Map<string, 'exact' | 'traced'>();
  const names = new Map(populations.map(({ id, name }) => [id, name]));
  const entries = populations.flatMap(flatBoxes).flatMap((entry) => withNots(entry, names));
  const nameOf = new Map(entries.map(({ id, name }) => [id, name]));
  const parentOf = new Map(entries.map(({ id, parent }) => [id, parent]));
  const pathOf = (id: string): string => {
    const parent = parentOf.get(id) ?? null;
    return parent === null ? nameOf.get(id)! : `${pathOf(parent)}/${nameOf.get(id)!}`;
  };
  const childrenOf = (id: string | null): readonly XmlPart[] =>
    entries.filter(({ parent }) => parent === id).map(nodeOf);
  const nodeOf = ({ id, name, gate, storedCount }: Entry): XmlPart => {
    const { element, parts, traced } = gateParts(gate, context, pathOf);
    how.set(id, traced ? 'traced' : 'exact');
    const below = childrenOf(id);
    const attributes = {
      name,
      annotation: '',
      owningGroup: '',
      expanded: 1,
      sortPriority: 10,
      count: storedCount ?? -1,
    };
    const subpopulations = below.length === 0 ? [] : [{ name: 'Subpopulations', children: below }];
    return { name: element, attributes, children: [graph(context.partner), ...parts, ...subpopulations] };
  };
  const nodes = childrenOf(null);
  return { nodes, how: inherited(entries, how) };
}

/** FlowJo's boxes have two sides: one of more is the combination of boxes beside it. */
function flatBoxes(population: ForeignPopulation): readonly Entry[] {
  const { gate, id, name, parent } = population;
  if (gate.kind !== 'rectangle' || gate.dims.length < 3) return [population];
  if (gate.dims[0]?.axis.source.kind === 'ratio') return [population];
  const boxes = Array.from({ length: Math.ceil(gate.dims.length / 2) }, (_, i): Entry => {
    const dims = gate.dims.slice(2 * i, 2 * i + 2);
    return {
      id: `${id} box ${i + 1}`,
      name: `${name} box ${i + 1}`,
      parent,
      storedCount: null,
      gate: { kind: 'rectangle', dims },
    };
  });
  const of = boxes.map((box) => ({ id: box.id, isComplement: false }));
  return [...boxes, { ...population, gate: { kind: 'boolean', op: 'and', of } }];
}

/** FlowJo combines populations as they are: what lies outside one, among others, is a node beside. */
function withNots(entry: Entry, names: ReadonlyMap<string, string>): readonly Entry[] {
  const { gate, id, name, parent } = entry;
  if (gate.kind !== 'boolean' || gate.of.length === 1) return [entry];
  const nots: Entry[] = [];
  const of = gate.of.map((operand, i) => {
    if (!operand.isComplement || !('id' in operand)) return operand;
    const own = {
      id: `${id} not ${i + 1}`,
      name: `${name} not ${names.get(operand.id) ?? i + 1}`,
      parent,
      storedCount: null,
    };
    nots.push({ ...own, gate: { kind: 'boolean', op: 'and', of: [operand] } });
    return { id: own.id, isComplement: false };
  });
  return [...nots, { ...entry, gate: { ...gate, of } }];
}

function gateParts(gate: ForeignGate, context: ShapeContext, pathOf: (id: string) => string) {
  if (gate.kind !== 'boolean') {
    const { part, how } = writtenShape(gate, context);
    return { element: 'Population', parts: [{ name: 'Gate', children: [part] }], traced: how === 'traced' };
  }
  const names = gate.of.map((operand) =>
    'id' in operand ? { name: 'Dependent', attributes: { name: pathOf(operand.id) } } : undefined,
  );
  const dependents = { name: 'Dependents', children: names.filter((one) => one !== undefined) };
  const isNot = gate.of.length === 1 && gate.of[0]!.isComplement;
  const element = isNot ? 'NotNode' : gate.op === 'and' ? 'AndNode' : 'OrNode';
  return { element, parts: [dependents], traced: false };
}

/** Who stands on something traced is traced too. */
function inherited(entries: readonly Entry[], how: Map<string, 'exact' | 'traced'>): HowWritten {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const isTraced = (id: string, way: readonly string[]): boolean => {
    if (how.get(id) === 'traced' || way.includes(id)) return how.get(id) === 'traced';
    const { parent, gate } = byId.get(id)!;
    const operands = gate.kind === 'boolean' ? gate.of.flatMap((one) => ('id' in one ? [one.id] : [])) : [];
    return [...(parent === null ? [] : [parent]), ...operands].some((need) => isTraced(need, [...way, id]));
  };
  return new Map(entries.map(({ id }) => [id, isTraced(id, []) ? 'traced' : 'exact']));
}

/** FlowJo 11 does not open a workspace whose nodes lack their drawing. */
export function graph(axis: string): XmlPart {
  const traits = ['Labels', 'LayoutGates', 'Numbers', 'Legend'].map((name) => ({
    name: 'TextTraits',
    attributes: {
      font: 'SansSerif',
      size: 11,
      name,
      style: 'plain',
      color: '#000000',
      background: '#00ffffff',
      just: 'left',
    },
  }));
  const settings = { level: '5%', smoothingHighResolution: 1, contourHighResolution: 1, histogramSmoothingCount: 0 };
  const drawn = { graphResolution: 256, showOutliers: 0, drawLargeDots: 0, dotsToDraw: 8000 };
  const environment = {
    showGrid: 0,
    showAxes: 'tnlTNL',
    showGates: 1,
    showFreqOnPlots: 1,
    showGateNameOnPlots: 1,
    showMedians: 0,
  };
  const look = { smoothing: 0, backColor: '#ffffff', foreColor: '#000000', type: 'Pseudocolor', fast: 1 };
  return {
    name: 'Graph',
    attributes: look,
    children: [
      { name: 'Axis', attributes: { dimension: 'x', name: axis, label: '', auto: 'auto' } },
      { name: 'Axis', attributes: { dimension: 'y', name: axis, label: '', auto: 'auto' } },
      {
        name: 'GraphSettings',
        attributes: {
          ...settings,
          ...drawn,
          tint: 'le.chartfill.tinted.40',
          lineWeight: 'le.lineweight.normal',
          lineStyle: 'le.linestyle.solid',
        },
      },
      {
        name: 'GraphEnvironment',
        attributes: { ...environment, showUncomped: 0, addEventParam: 0, lastYAxisName: '' },
        children: traits,
      },
    ],
  };
}
