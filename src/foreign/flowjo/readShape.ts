import { attribute, childOf, childrenOf, numberAttribute, type XmlElement } from '../xml/element.ts';
import { ellipseOf, polygonOf, type ReadShape, rangeOf, rectangleOf } from './shape.ts';

/** FlowJo 10 without a word draws polygons on 256 channels. */
const USUAL_BINS = 256;
/** Panels of quadrants are told without a grid. */
const NO_GRID = 0;
const OLD_GATES = ['PolygonGate', 'RectangleGate', 'RangeGate', 'EllipseGate'];

/** The gate of a population of FlowJo 7 or 10. @returns undefined where the population has none */
export function readShape(population: XmlElement): ReadShape | undefined {
  const gate = childOf(population, 'Gate');
  if (gate === undefined) {
    const [old] = childrenOf(population, ...OLD_GATES);
    return old === undefined ? undefined : readOld(old);
  }
  const [shape, ...more] = gate.children;
  if (shape === undefined || more.length > 0) return `its gate holds ${gate.children.length} shapes`;
  return readGatingMlLike(shape);
}

function isOutside(gate: XmlElement): boolean {
  return attribute(gate, 'eventsInside') === '0';
}

/** FlowJo 7.6 and later: elements of Gating-ML with attributes of FlowJo's own. */
function readGatingMlLike(gate: XmlElement): ReadShape {
  const isComplement = isOutside(gate);
  const moved = movedBy(gate);
  if (moved !== undefined) return moved;
  const dimensions = childrenOf(gate, 'dimension');
  const names = dimensions.map(nameOfDimension);
  switch (gate.name) {
    case 'RectangleGate':
      return rectangleOf(
        dimensions.map((one, i) => rangeOf(names[i] ?? '', numberAttribute(one, 'min'), numberAttribute(one, 'max'))),
        isComplement,
      );
    case 'PolygonGate': {
      const written = numberAttribute(gate, 'gateResolution');
      // FlowJo 7 writes none, and has no grid.
      const isOld = gate.uri.includes('/v1.5/');
      const isPanel = (numberAttribute(gate, 'quadId') ?? -1) >= 0;
      const bins = isOld ? null : isPanel ? NO_GRID : written !== undefined && written > 0 ? written : USUAL_BINS;
      return polygonOf(names, pointsIn(gate), { bins, isComplement });
    }
    case 'EllipsoidGate': {
      const [foci, edges] = [childOf(gate, 'foci'), childOf(gate, 'edge')].map((one) => (one ? pointsIn(one) : []));
      return ellipseOf(
        names,
        { foci: foci!, edges: edges!, distance: numberAttribute(gate, 'distance') },
        isComplement,
      );
    }
    default:
      return `the gate "${gate.name}" is not read here`;
  }
}

/** A magnetic gate was moved by the program; how far in which unit is not published. */
function movedBy(gate: XmlElement): string | undefined {
  const [x, y] = [numberAttribute(gate, 'adjustX') ?? 0, numberAttribute(gate, 'adjustY') ?? 0];
  return x === 0 && y === 0 ? undefined : `it is a magnetic gate, moved by ${x} and ${y} channels`;
}

function nameOfDimension(dimension: XmlElement): string | undefined {
  const [parameter] = childrenOf(dimension, 'fcs-dimension', 'parameter');
  return parameter && attribute(parameter, 'name');
}

function pointsIn(element: XmlElement): readonly (readonly number[])[] {
  return childrenOf(element, 'vertex').map((vertex) =>
    childrenOf(vertex, 'coordinate').map((one) => numberAttribute(one, 'value') ?? Number.NaN),
  );
}

/** FlowJo 7.2: elements of its own. */
function readOld(gate: XmlElement): ReadShape {
  const isComplement = isOutside(gate);
  const names = childrenOf(gate, 'Axis').map((axis) => attribute(axis, 'name'));
  switch (gate.name) {
    case 'RangeGate':
      return rectangleOf([oldRange(gate)], isComplement);
    case 'RectangleGate':
      return rectangleOf(childrenOf(gate, 'RangeGate').map(oldRange), isComplement);
    case 'PolygonGate':
      return polygonOf(names, oldPoints(gate), { bins: null, isComplement });
    default: {
      const ends = childOf(gate, 'EdgePoints');
      const edges = ends === undefined ? [] : oldPoints(ends);
      return ellipseOf(
        names,
        { foci: oldPoints(gate), edges, distance: numberAttribute(gate, 'distance') },
        isComplement,
      );
    }
  }
}

function oldRange(range: XmlElement) {
  const axis = childOf(range, 'Axis');
  const name = (axis && attribute(axis, 'name')) ?? '';
  return rangeOf(name, numberAttribute(range, 'min'), numberAttribute(range, 'max'));
}

function oldPoints(element: XmlElement): readonly (readonly number[])[] {
  return childrenOf(element, 'Point').map((point) =>
    ['x', 'y'].map((name) => numberAttribute(point, name) ?? Number.NaN),
  );
}
