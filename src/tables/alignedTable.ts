import { visible } from '../problems/index.ts';

/**
 * A table for reading: columns aligned, two blanks apart.
 * @param written the first row holds the heads; all of the same length
 */
export function alignedTable(written: readonly (readonly string[])[]): string {
  const rows = written.map((row) => row.map((cell) => visible(cell)));
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}
