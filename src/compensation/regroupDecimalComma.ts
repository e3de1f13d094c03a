// Beyond this many readings of one text there is no telling; a matrix of real decimals has a handful.
const mostReadings = 10_000;

/**
 * Reads the numbers of a matrix that was written with decimal commas and split at every comma: "0,05" came apart as
 * "0" and "05", while whole numbers stayed one field. Only a unit diagonal with |off-diagonal| < 1 is believed.
 * @param fields the fields after the names
 * @param n channels
 * @returns the matrix if all regroupings that satisfy this give the same one; otherwise undefined
 */
export function regroupDecimalComma(fields: readonly string[], n: number): Float64Array | undefined {
  const cells = n * n;
  const pairs = fields.length - cells;
  if (pairs <= 0 || pairs > cells) return undefined;
  const canEnd = reachable(fields, n);
  let found: Float64Array | undefined;
  let readings = 0;
  let isUnique = true;
  const cell = new Float64Array(cells);
  const walk = (index: number, at: number): void => {
    if (!isUnique) return;
    if (index === cells) {
      readings++;
      if (readings > mostReadings || (found && !found.every((value, i) => value === cell[i]))) isUnique = false;
      found ??= cell.slice();
      return;
    }
    for (const width of [1, 2]) {
      if (!canEnd[index + 1]?.has(at + width)) continue;
      const value = cellValue(fields, at, width);
      if (value === undefined || !isBelievable(value, index, n)) continue;
      cell[index] = value;
      walk(index + 1, at + width);
    }
  };
  walk(0, 0);
  return isUnique ? found : undefined;
}

/** For every count of cells the field positions after them from which the rest can still be read. */
function reachable(fields: readonly string[], n: number): readonly ReadonlySet<number>[] {
  const cells = n * n;
  const sets: Set<number>[] = Array.from({ length: cells + 1 }, () => new Set<number>());
  sets[cells]?.add(fields.length);
  for (let index = cells - 1; index >= 0; index--) {
    for (const next of sets[index + 1] ?? []) {
      for (const width of [1, 2]) {
        const value = cellValue(fields, next - width, width);
        if (value !== undefined && isBelievable(value, index, n)) sets[index]?.add(next - width);
      }
    }
  }
  return sets;
}

function isBelievable(value: number, index: number, n: number): boolean {
  const isDiagonal = index % (n + 1) === 0;
  return isDiagonal ? value === 1 : Math.abs(value) < 1;
}

const whole = /^[+-]?\d+$/;
const fraction = /^\d+(?:e[+-]?\d+)?$/i;

function cellValue(fields: readonly string[], at: number, width: number): number | undefined {
  const first = fields[at];
  if (first === undefined || !whole.test(first)) return undefined;
  if (width === 1) return Number(first);
  const second = fields[at + 1];
  if (second === undefined || !fraction.test(second)) return undefined;
  return Number(`${first}.${second}`);
}
