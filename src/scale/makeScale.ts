import type { ScaleFunctions } from './scaleKind.ts';
import { type ScaleSpec, scaleKinds } from './scaleKinds.ts';

/** A strictly rising map from raw (linear) values to an axis, with the spec that rebuilds it. */
export interface Scale extends ScaleFunctions {
  readonly spec: ScaleSpec;
}

/**
 * The scale of a spec. Equal specs give equal numbers, always.
 * @throws RangeError on illegal parameters: what people write goes through checkScale first
 */
export function makeScale(spec: ScaleSpec): Scale {
  return { spec, ...scaleKinds[spec.kind].make(spec) };
}
