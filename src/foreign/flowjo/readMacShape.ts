import { attribute, childOf, childrenOf, elementAt, numberAttribute, type XmlElement } from '../xml/element.ts';
import { polygonOf, type ReadShape, rangeOf, rectangleOf } from './shape.ts';

/** The gate of a population of FlowJo 8 or 9 for Mac. @returns undefined where it has none */
export function readMacShape(population: XmlElement): ReadShape | undefined {
  const gate = childOf(population, 'PolygonGate');
  if (gate === undefined) return undefined;
  const [shape] = gate.children.filter(({ name }) => name !== 'ParameterNames' && name !== 'Graph');
  if (shape === undefined) return 'its gate holds no shape';
  const points = pointsOf(shape);
  const names = ['xAxisName', 'yAxisName'].map((name) => attribute(shape, name));
  const isComplement = attribute(shape, 'negated') === '1';
  switch (shape.name) {
    case 'Polygon':
      return polygonOf(names, points, { bins: null, isComplement });
    case 'PolyRect':
      return boxOf(names, points, isComplement);
    case 'Range':
      return boxOf(
        names.slice(0, 1),
        points.map(([x]) => [x ?? Number.NaN]),
        isComplement,
      );
    case 'Ellipse':
      return ends(names, points, isComplement);
    default:
      return `the gate "${shape.name}" is not read here`;
  }
}

function pointsOf(shape: XmlElement): readonly (readonly number[])[] {
  const polygon = elementAt(shape, 'Polygon');
  if (polygon === undefined) return [];
  return childrenOf(polygon, 'Vertex').map((vertex) =>
    ['x', 'y'].map((name) => numberAttribute(vertex, name) ?? Number.NaN),
  );
}

function boxOf(
  names: readonly (string | undefined)[],
  points: readonly (readonly number[])[],
  isComplement: boolean,
): ReadShape {
  if (points.length < 2) return 'it has fewer than 2 corners';
  const ranges = names.map((name, axis) => {
    const values = points.map((point) => point[axis] ?? Number.NaN);
    return rangeOf(name ?? '', Math.min(...values), Math.max(...values));
  });
  return rectangleOf(ranges, isComplement);
}

function ends(
  names: readonly (string | undefined)[],
  points: readonly (readonly number[])[],
  isComplement: boolean,
): ReadShape {
  const [x, y] = names;
  if (!x || !y) return 'an ellipse has 2 axes';
  if (points.length !== 4 || !points.flat().every(Number.isFinite)) return 'an ellipse has 4 ends of two numbers each';
  const [a, b, c, d] = points.map(([px, py]) => [px!, py!] as const);
  return { shape: { kind: 'ends', names: [x, y], ends: [a!, b!, c!, d!] }, isComplement };
}
