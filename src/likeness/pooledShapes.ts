import type { ValuesShape } from '../tube/index.ts';

/** How the numbers of each channel lie over several tubes: extremes of all, the rest weighted by their events. */
export function pooledShapes(tubes: readonly (readonly ValuesShape[])[]): ValuesShape[] {
  const byName = new Map<string, ValuesShape[]>();
  for (const shape of tubes.flat()) byName.set(shape.name, [...(byName.get(shape.name) ?? []), shape]);
  return [...byName.values()].map(poolShapes);
}

function poolShapes(shapes: readonly ValuesShape[]): ValuesShape {
  const count = shapes.reduce((sum, one) => sum + one.count, 0);
  const mean = (of: (shape: ValuesShape) => number) =>
    shapes.reduce((sum, one) => sum + (of(one) * one.count) / count, 0);
  return {
    ...shapes[0]!,
    isInteger: shapes.some((one) => one.isInteger),
    role: shapes.find((one) => one.role === 'linearised')?.role ?? shapes[0]!.role,
    count,
    min: Math.min(...shapes.map((one) => one.min)),
    q01: mean((one) => one.q01),
    q50: mean((one) => one.q50),
    q99: mean((one) => one.q99),
    max: Math.max(...shapes.map((one) => one.max)),
    negatives: mean((one) => one.negatives),
    isWhole: shapes.every((one) => one.isWhole),
    kurtosis: mean((one) => one.kurtosis),
  };
}
