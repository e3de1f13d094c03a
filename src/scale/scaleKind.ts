import type { z } from 'zod';

/** The arithmetic of a scale: a rising map from raw (linear) values to coordinates on an axis, and its inverse. */
export interface ScaleFunctions {
  /** Coordinate of a raw value; NaN where the scale is not defined (log of x ≤ 0, NaN itself); ±Infinity stays. */
  forward(raw: number): number;
  /** Raw value of a coordinate; ±Infinity for a coordinate beyond the end of a scale that holds its ends (biex). */
  inverse(coordinate: number): number;
  /** Fills `out` with the coordinates of `raw`, within 1e-12 of `forward`; `out` may be `raw` itself. */
  forwardColumn(raw: Float64Array, out: Float64Array): void;
}

/** What a scale's file says about itself: words for the reference page, schema, and how to build it. */
export interface ScaleKind<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  /** Strict schema of the spec, `kind` included; each parameter's description is its text on the reference page. */
  readonly schema: S;
  /** Builds the arithmetic from a legal spec; throws RangeError on an illegal one. */
  readonly make: (spec: unknown) => ScaleFunctions;
}

/** A registry entry from a scale's schema and its arithmetic; the parse here is the proof that the parameters are legal. */
export function scaleKind<S extends z.ZodObject>(kind: {
  name: string;
  summary: string;
  source: string;
  schema: S;
  functions: (spec: z.infer<S>) => ScaleFunctions;
}): ScaleKind<S> {
  const { functions, ...rest } = kind;
  const make = (spec: unknown): ScaleFunctions => {
    const parsed = kind.schema.safeParse(spec);
    if (parsed.success) return functions(parsed.data);
    throw new RangeError(`scale ${kind.name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`);
  };
  return { ...rest, make };
}
