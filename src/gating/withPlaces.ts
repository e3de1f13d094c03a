import type { Operand, OperandPlace } from './geometries/boolean.ts';
import type { Geometry } from './geometries/registry.ts';

/**
 * A combination with given places of its operands; other geometries as they are. All events, `root`, lie nowhere else.
 * @param placeOf of a population, as a full path; undefined where it has none
 * @returns undefined where an operand has no place
 */
export function withPlaces(
  geometry: Geometry,
  placeOf: (population: string) => OperandPlace<Geometry> | undefined,
): Geometry | undefined {
  if (geometry.kind !== 'boolean') return geometry;
  const of = placed(geometry.of, placeOf);
  return of && { ...geometry, of };
}

type Operands = readonly Operand<Geometry>[];

function placed(
  operands: Operands,
  placeOf: (population: string) => OperandPlace<Geometry> | undefined,
): Operands | undefined {
  const found = operands.flatMap((operand): Operands => {
    if ('of' in operand) {
      const of = placed(operand.of, placeOf);
      return of === undefined ? [] : [{ ...operand, of }];
    }
    if (operand.population === 'root') return [operand];
    const place = placeOf(operand.population);
    return place === undefined ? [] : [{ ...operand, place }];
  });
  return found.length === operands.length ? found : undefined;
}
