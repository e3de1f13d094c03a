import { makeScale } from '../../scale/index.ts';
import type { ForeignScale } from '../model.ts';

/** Linear values on an axis's scale, held at its limits; in place. What has no coordinate becomes NaN, in no gate. */
export function toScale(values: Float64Array, scale: ForeignScale): void {
  const { spec, boundMin, boundMax } = scale;
  const isLog = spec.kind === 'log';
  const { forwardColumn } = makeScale(spec);
  // The logarithm falls without end towards 0: a limit holds it there. Below 0 there is nothing to hold.
  const zeros = isLog && boundMin !== null ? values.map((value) => (value === 0 ? 1 : 0)) : undefined;
  forwardColumn(values, values);
  if (zeros !== undefined)
    for (let i = 0; i < zeros.length; i++) if (zeros[i] === 1) values[i] = Number.NEGATIVE_INFINITY;
  hold(values, boundMin, boundMax);
}

/** Holds values at limits; in place. */
export function hold(values: Float64Array, min: number | null, max: number | null): void {
  if (min !== null) for (let i = 0; i < values.length; i++) if (values[i]! < min) values[i] = min;
  if (max !== null) for (let i = 0; i < values.length; i++) if (values[i]! > max) values[i] = max;
}
