/** Gating-ML 2.0 worked a second time, from the text of the standard and with nothing of ours: slow, plain, for tests. */

export type Columns = Readonly<Record<string, readonly number[]>>;

export interface OracleMatrix {
  readonly dyes: readonly string[];
  readonly detectors: readonly string[];
  readonly rows: readonly (readonly number[])[];
  readonly inverted: boolean;
}

export interface OracleScale {
  readonly kind: 'flin' | 'flog' | 'fasinh' | 'logicle' | 'hyperlog';
  readonly parameters: Readonly<Record<string, number>>;
}

export interface OracleDimension {
  readonly of: readonly string[];
  readonly ratio?: { readonly A: number; readonly B: number; readonly C: number };
  readonly ratioBounds: readonly [number | null, number | null];
  readonly matrix: OracleMatrix | null;
  readonly scale: OracleScale | null;
  readonly bounds: readonly [number | null, number | null];
}

/** Coordinates of one dimension, NaN where it has none. */
export function coordinatesOf(dimension: OracleDimension, columns: Columns): readonly number[] {
  const [first, second] = dimension.of.map((name) => linearOf(name, dimension.matrix, columns));
  const { ratio, scale } = dimension;
  const plain = first!.map((x, i) => {
    if (ratio === undefined) return x;
    const below = second![i]! - ratio.C;
    return below === 0 ? Number.NaN : held((ratio.A * (x - ratio.B)) / below, dimension.ratioBounds);
  });
  return scale === null ? plain : plain.map((x) => held(scaled(x, scale), dimension.bounds));
}

function held(value: number, [low, high]: readonly [number | null, number | null]): number {
  if (Number.isNaN(value)) return value;
  return Math.min(high ?? Number.POSITIVE_INFINITY, Math.max(low ?? Number.NEGATIVE_INFINITY, value));
}

function linearOf(name: string, matrix: OracleMatrix | null, columns: Columns): readonly number[] {
  const dye = matrix?.dyes.indexOf(name) ?? -1;
  if (matrix === null || dye < 0) return columns[name]!;
  const { detectors, rows, inverted } = matrix;
  const observed = columns[detectors[0]!]!.map((_, event) => detectors.map((detector) => columns[detector]![event]!));
  if (inverted) return observed.map((row) => row.reduce((sum, value, d) => sum + value * rows[d]![dye]!, 0));
  return observed.map((row) => leastSquares(rows, row)[dye]!);
}

/** The amounts a of dyes for which Σ a·row lies nearest to what was observed: (S·Sᵀ)·a = S·x, by elimination. */
function leastSquares(spectra: readonly (readonly number[])[], observed: readonly number[]): readonly number[] {
  const n = spectra.length;
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  const table = spectra.map((row) => [...spectra.map((other) => dot(row, other)), dot(row, observed)]);
  for (let p = 0; p < n; p++) {
    const best = table.findIndex(
      (row, i) => i >= p && Math.abs(row[p]!) === Math.max(...table.slice(p).map((one) => Math.abs(one[p]!))),
    );
    [table[p], table[best]] = [table[best]!, table[p]!];
    for (let i = 0; i < n; i++) {
      if (i === p) continue;
      const factor = table[i]![p]! / table[p]![p]!;
      table[i] = table[i]!.map((value, j) => value - factor * table[p]![j]!);
    }
  }
  return table.map((row, i) => row[n]! / row[i]!);
}

function scaled(x: number, { kind, parameters }: OracleScale): number {
  const { T = 0, W = 0, M = 0, A = 0 } = parameters;
  switch (kind) {
    case 'flin':
      return (x + A) / (T + A);
    case 'flog':
      return x < 0 ? Number.NaN : Math.log10(x / T) / M + 1;
    case 'fasinh':
      return (Math.asinh((x * Math.sinh(M * Math.LN10)) / T) + A * Math.LN10) / ((M + A) * Math.LN10);
    case 'logicle':
      return inverse(x, logicleRaw(T, W, M, A));
    default:
      return inverse(x, hyperlogRaw(T, W, M, A));
  }
}

/** Where a rising function has a value. */
function inverse(x: number, raw: (y: number) => number): number {
  let [low, high] = [-20, 20];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (raw(middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function logicleRaw(T: number, W: number, M: number, A: number): (y: number) => number {
  const w = W / (M + A);
  const x2 = A / (M + A);
  const [x1, x0] = [x2 + w, x2 + 2 * w];
  const b = (M + A) * Math.LN10;
  let [low, high] = [1e-12, b];
  for (let step = 0; step < 300; step++) {
    const d = (low + high) / 2;
    if (2 * (Math.log(d) - Math.log(b)) + w * (d + b) < 0) low = d;
    else high = d;
  }
  const d = w === 0 ? b : (low + high) / 2;
  const ca = Math.exp(x0 * (b + d));
  const fa = Math.exp(b * x1) - ca / Math.exp(d * x1);
  const a = T / (Math.exp(b) - fa - ca / Math.exp(d));
  const above = (y: number) => a * Math.exp(b * y) - a * ca * Math.exp(-d * y) - a * fa;
  return (y) => (y < x1 ? -above(2 * x1 - y) : above(y));
}

function hyperlogRaw(T: number, W: number, M: number, A: number): (y: number) => number {
  const w = W / (M + A);
  const x2 = A / (M + A);
  const [x1, x0] = [x2 + w, x2 + 2 * w];
  const b = (M + A) * Math.LN10;
  const ca = Math.exp(b * x0) / w;
  const fa = Math.exp(b * x1) + ca * x1;
  const a = T / (Math.exp(b) + ca - fa);
  const above = (y: number) => a * Math.exp(b * y) + a * ca * y - a * fa;
  return (y) => (y < x1 ? -above(2 * x1 - y) : above(y));
}

export type OracleGate =
  | {
      readonly kind: 'box';
      readonly sides: readonly {
        readonly at: OracleDimension;
        readonly min: number | null;
        readonly max: number | null;
      }[];
    }
  | {
      readonly kind: 'polygon';
      readonly x: OracleDimension;
      readonly y: OracleDimension;
      readonly vertices: readonly (readonly [number, number])[];
    }
  | {
      readonly kind: 'ellipsoid';
      readonly at: readonly OracleDimension[];
      readonly mean: readonly number[];
      readonly covariance: readonly (readonly number[])[];
      readonly distance: number;
    }
  | {
      readonly kind: 'boolean';
      readonly op: 'and' | 'or' | 'not';
      readonly of: readonly { readonly id: string; readonly complement: boolean }[];
    };

/** Who is inside a gate that has no parent. @param others gates that a combination names, with their parents */
export function insideOf(
  gate: OracleGate,
  columns: Columns,
  others: (id: string) => readonly boolean[],
): readonly boolean[] {
  const count = Object.values(columns)[0]!.length;
  const events = Array.from({ length: count }, (_, i) => i);
  switch (gate.kind) {
    case 'box': {
      const sides = gate.sides.map((side) => ({ ...side, values: coordinatesOf(side.at, columns) }));
      return events.map((i) =>
        sides.every(
          ({ values, min, max }) =>
            !Number.isNaN(values[i]!) && (min === null || values[i]! >= min) && (max === null || values[i]! < max),
        ),
      );
    }
    case 'polygon': {
      const [xs, ys] = [coordinatesOf(gate.x, columns), coordinatesOf(gate.y, columns)];
      return events.map((i) => isWithin(xs[i]!, ys[i]!, gate.vertices));
    }
    case 'ellipsoid': {
      const values = gate.at.map((one) => coordinatesOf(one, columns));
      return events.map((i) => {
        const from = values.map((column, d) => column[i]! - gate.mean[d]!);
        // C·z = from, so that fromᵀ·C⁻¹·from = from·z; C is symmetric here, where least squares of C with itself is its solution.
        const z = leastSquares(gate.covariance, from);
        return from.reduce((sum, value, d) => sum + value * z[d]!, 0) <= gate.distance;
      });
    }
    default: {
      const of = gate.of.map(({ id, complement }) => ({ complement, inside: others(id) }));
      const is = (i: number) => of.map(({ inside, complement }) => inside[i] !== complement);
      return events.map((i) =>
        gate.op === 'or' ? is(i).some(Boolean) : gate.op === 'and' ? is(i).every(Boolean) : !is(i)[0],
      );
    }
  }
}

/** Crossings of a ray to the right; no drawn point lies on an edge. */
function isWithin(x: number, y: number, vertices: readonly (readonly [number, number])[]): boolean {
  let crossings = 0;
  for (const [i, [ax, ay]] of vertices.entries()) {
    const [bx, by] = vertices[(i + 1) % vertices.length]!;
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) crossings++;
  }
  return crossings % 2 === 1;
}
