import type { CompensationRef, ForeignAxis, ForeignMatrix, ForeignPopulation, ForeignSample } from '../model.ts';
import type { UnitOf } from './writeGatingMl.ts';

/**
 * The same gates for a program that compensates in Gating-ML's units, after gain: where channels of the matrix have
 * different units, the matrix is written in them and named by the gates in place of the file's own.
 */
export function inGatingMlMatrix(
  sample: ForeignSample,
  matrix: ForeignMatrix | undefined,
  unitOf: UnitOf,
): ForeignSample {
  if (matrix === undefined) return sample;
  const units = matrix.detectors.map(unitOf);
  const isOneUnit = units.every((unit) => unit === units[0]);
  if (isOneUnit) return sample;
  const rows = matrix.rows.map((row, i) => row.map((value, j) => (value * units[j]!) / units[i]!));
  const own: CompensationRef = { kind: 'matrix', id: matrix.id };
  const axisOf = (axis: ForeignAxis): ForeignAxis =>
    axis.compensation.kind === 'none' ? axis : { ...axis, compensation: own };
  return {
    ...sample,
    matrices: [{ ...matrix, rows }],
    populations: sample.populations.map((one) => onAxes(one, axisOf)),
  };
}

function onAxes(population: ForeignPopulation, axisOf: (axis: ForeignAxis) => ForeignAxis): ForeignPopulation {
  const { gate } = population;
  switch (gate.kind) {
    case 'rectangle':
      return { ...population, gate: { ...gate, dims: gate.dims.map((dim) => ({ ...dim, axis: axisOf(dim.axis) })) } };
    case 'polygon':
      return { ...population, gate: { ...gate, axes: [axisOf(gate.axes[0]), axisOf(gate.axes[1])] } };
    case 'ellipsoid':
      return { ...population, gate: { ...gate, axes: gate.axes.map(axisOf) } };
    default:
      return population;
  }
}
