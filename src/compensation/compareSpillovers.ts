/** Where two matrices differ most: row = fluorochrome, column = detector. */
export interface SpilloverDifference {
  readonly largestDifference: number;
  readonly row: string;
  readonly column: string;
}

/**
 * The greatest difference between two matrices, cell by cell by the names of row and column.
 * A channel that only one of them has counts there as unmixed: 1 with itself, 0 with all others.
 * @returns largestDifference 0 with empty names where they are equal
 */
export function compareSpillovers(a: NamedMatrix, b: NamedMatrix): SpilloverDifference {
  const names = [...new Set([...a.channels, ...b.channels])];
  const cellA = cellOf(a);
  const cellB = cellOf(b);
  let found: SpilloverDifference = { largestDifference: 0, row: '', column: '' };
  for (const row of names) {
    for (const column of names) {
      const largestDifference = Math.abs(cellA(row, column) - cellB(row, column));
      if (largestDifference > found.largestDifference) found = { largestDifference, row, column };
    }
  }
  return found;
}

interface NamedMatrix {
  readonly channels: readonly string[];
  readonly matrix: Float64Array;
}

function cellOf({ channels, matrix }: NamedMatrix): (row: string, column: string) => number {
  const index = new Map(channels.map((name, i) => [name, i]));
  return (row, column) => {
    const i = index.get(row);
    const j = index.get(column);
    if (i === undefined || j === undefined) return row === column ? 1 : 0;
    return matrix[i * channels.length + j]!;
  };
}
