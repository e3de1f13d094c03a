import { z } from 'zod';

const Vector = z.looseObject({
  id: z.string(),
  method: z.string(),
  role: z.enum(['definition', 'trap', 'approximation', 'reference-only']),
  differs_from: z.string().optional(),
  input: z.record(z.string(), z.unknown()),
  result: z.record(z.string(), z.unknown()),
  rtol: z.number().optional(),
});
export type Vector = z.infer<typeof Vector>;
export const VectorFile = z.looseObject({ vectors: z.array(Vector) });

interface Found {
  count: number;
  differences: string[];
}

/**
 * Every value of a vector's result against ours: relative within its rtol, absolute where a value is below 1e-6 of the
 * largest in that result, as the file defines it.
 */
export function compareWith(expected: unknown, ours: unknown, vector: Vector): Found {
  const numbers: number[] = [];
  collect(vector.result, numbers);
  const floor = 1e-6 * Math.max(...numbers.map(Math.abs), 0);
  const found: Found = { count: 0, differences: [] };
  walk(
    expected,
    ours,
    vector.id,
    (a, b) => Math.abs(a - b) <= (vector.rtol ?? 0) * Math.max(Math.abs(a), floor),
    found,
  );
  return found;
}

function walk(
  expected: unknown,
  ours: unknown,
  path: string,
  near: (a: number, b: number) => boolean,
  found: Found,
): void {
  if (Array.isArray(expected)) {
    const list = Array.isArray(ours) ? ours : Array.from(isArrayLike(ours) ? ours : []);
    if (list.length !== expected.length)
      found.differences.push(`${path}: ${list.length} values for ${expected.length}`);
    for (const [i, value] of expected.entries()) walk(value, list[i], `${path}[${i}]`, near, found);
  } else if (typeof expected === 'object' && expected !== null) {
    const fields: Record<string, unknown> = typeof ours === 'object' && ours !== null ? { ...ours } : {};
    for (const [key, value] of Object.entries(expected)) walk(value, fields[key], `${path}.${key}`, near, found);
  } else {
    found.count++;
    const isSame = typeof expected === 'number' && typeof ours === 'number' ? near(expected, ours) : expected === ours;
    if (!isSame) found.differences.push(`${path}: expected ${String(expected)}, got ${String(ours)}`);
  }
}

function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  return value instanceof Float64Array;
}

function collect(value: unknown, into: number[]): void {
  if (typeof value === 'number') into.push(value);
  else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) collect(one, into);
}
