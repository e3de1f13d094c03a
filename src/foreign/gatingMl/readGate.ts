import { LuDecomposition, Matrix } from 'ml-matrix';
import type { ForeignGate } from '../model.ts';
import type { PopulationDraft } from '../tree/growTree.ts';
import { attribute, childOf, childrenOf, elementAt, isTrue, numberAttribute, type XmlElement } from '../xml/element.ts';
import type { XmlFindings } from '../xml/xmlFindings.ts';
import { type Definitions, readAxis } from './readAxis.ts';
import { readQuadrants } from './readQuadrants.ts';

/** A gate element as populations: one, or one a quadrant. What cannot be read comes without a gate and is said. */
export function readGate(element: XmlElement, definitions: Definitions, findings: XmlFindings): PopulationDraft[] {
  const id = attribute(element, 'id');
  if (id === undefined) {
    findings.add('import.unreadable-gate', `a ${element.name} has no id`, element);
    return [];
  }
  const { line, column } = element;
  const rest = { parent: attribute(element, 'parent_id') ?? null, storedCount: null, isComplement: false };
  const draft = (own: string, gate: ForeignGate | string, at: { line: number; column: number }): PopulationDraft => {
    if (typeof gate === 'string') findings.add('import.unreadable-gate', `gate "${own}": ${gate}`, at);
    return { ...rest, id: own, name: nameOf(own), gate: typeof gate === 'string' ? undefined : gate, ...at };
  };
  // Ours writes the name of a gate beside its id, which may hold no blank.
  const written = elementAt(element, 'custom_info', 'cytopair', 'name')?.text ?? '';
  function nameOf(own: string): string {
    return own === id && written !== '' ? written : own;
  }
  if (element.name !== 'QuadrantGate') return [draft(id, readShape(element, definitions), { line, column })];
  return readQuadrants(element, definitions).map((one) => draft(one.id, one.gate, one.at));
}

/** @returns the fault in words where it cannot be read */
function readShape(element: XmlElement, definitions: Definitions): ForeignGate | string {
  switch (element.name) {
    case 'RectangleGate':
      return readRectangle(element, definitions);
    case 'PolygonGate':
      return readPolygon(element, definitions);
    case 'EllipsoidGate':
      return readEllipsoid(element, definitions);
    default:
      return readBoolean(element);
  }
}

function readRectangle(element: XmlElement, definitions: Definitions): ForeignGate | string {
  const dims = childrenOf(element, 'dimension').map((dimension) => {
    const axis = readAxis(dimension, definitions);
    if (typeof axis === 'string') return axis;
    const [min, max] = [numberAttribute(dimension, 'min') ?? null, numberAttribute(dimension, 'max') ?? null];
    if (Number.isNaN(min) || Number.isNaN(max)) return 'an edge is no number';
    if (min === null && max === null) return 'a dimension has neither min nor max';
    if (min !== null && max !== null && min > max) return `min ${min} lies above max ${max}`;
    return { axis, min, max };
  });
  const fault = dims.find((dim) => typeof dim === 'string');
  if (fault !== undefined) return fault;
  if (dims.length === 0) return 'it has no dimension';
  return { kind: 'rectangle', dims: dims.filter((dim) => typeof dim !== 'string') };
}

function axesOf(element: XmlElement, definitions: Definitions) {
  const read = childrenOf(element, 'dimension').map((dimension) => readAxis(dimension, definitions));
  const fault = read.find((axis) => typeof axis === 'string');
  return { fault, axes: read.filter((axis) => typeof axis !== 'string') };
}

function readPolygon(element: XmlElement, definitions: Definitions): ForeignGate | string {
  const { fault, axes } = axesOf(element, definitions);
  const [x, y] = axes;
  if (fault !== undefined) return fault;
  if (x === undefined || y === undefined || axes.length !== 2)
    return `a polygon has 2 dimensions; found ${axes.length}`;
  const vertices = childrenOf(element, 'vertex').map((vertex) => valuesIn(vertex, 'coordinate'));
  if (vertices.length < 3) return `a polygon has at least 3 vertices; found ${vertices.length}`;
  if (vertices.some((point) => point.length !== 2 || point.some(Number.isNaN))) return 'a vertex is not two numbers';
  return { kind: 'polygon', axes: [x, y], vertices: vertices.map(([a, b]) => [a!, b!] as const), grid: null };
}

function readEllipsoid(element: XmlElement, definitions: Definitions): ForeignGate | string {
  const { fault, axes } = axesOf(element, definitions);
  if (fault !== undefined) return fault;
  const size = axes.length;
  if (size < 2) return `an ellipsoid has at least 2 dimensions; found ${size}`;
  const mean = valuesIn(childOf(element, 'mean'), 'coordinate');
  const matrix = childOf(element, 'covarianceMatrix');
  const covariance = matrix === undefined ? [] : childrenOf(matrix, 'row').map((row) => valuesIn(row, 'entry'));
  const distance = elementAt(element, 'distanceSquare');
  const distanceSquare = (distance && numberAttribute(distance, 'value')) ?? Number.NaN;
  if (mean.length !== size || mean.some(Number.isNaN)) return `its mean is not ${size} numbers`;
  if (covariance.length !== size || covariance.some((row) => row.length !== size || row.some(Number.isNaN))) {
    return `its covariance is not ${size} × ${size} numbers`;
  }
  // One that is not symmetric or not positive has no ellipsoid, but the standard's formula tells who is inside.
  if (isSingular(covariance)) return 'its covariance is singular';
  if (!(distanceSquare >= 0)) return 'its distanceSquare is no number of at least 0';
  return { kind: 'ellipsoid', axes, mean, covariance, distanceSquare };
}

/** Whether elimination meets a pivot of 0, so that no distance can be told. */
function isSingular(covariance: readonly (readonly number[])[]): boolean {
  return new LuDecomposition(new Matrix(covariance.map((row) => [...row]))).isSingular();
}

function readBoolean(element: XmlElement): ForeignGate | string {
  const operators = childrenOf(element, 'and', 'or', 'not');
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) return `it holds ${operators.length} of and, or, not`;
  const references = childrenOf(operator, 'gateReference');
  const of = references.map((reference) => ({
    id: attribute(reference, 'ref') ?? '',
    isComplement: isTrue(attribute(reference, 'use-as-complement')) !== (operator.name === 'not'),
  }));
  if (of.length === 0) return 'it names no gate';
  if (operator.name === 'not' && of.length > 1) return `not is of one gate; found ${of.length}`;
  return { kind: 'boolean', op: operator.name === 'or' ? 'or' : 'and', of };
}

/** NaN for what is no number. */
function valuesIn(element: XmlElement | undefined, name: string): readonly number[] {
  if (element === undefined) return [];
  return childrenOf(element, name).map((one) => numberAttribute(one, 'value') ?? Number.NaN);
}
