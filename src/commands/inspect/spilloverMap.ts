import type { Spillover } from '../../compensation/index.ts';
import { alignedTable } from '../../tables/index.ts';

/** From which percentage on a cell is shaded so. */
const shades: readonly (readonly [number, string])[] = [
  [50, '█'],
  [20, '▓'],
  [10, '▒'],
  [2, '░'],
];

/**
 * A matrix as a heat map in text: row = fluorochrome, column = detector (by the number of its row), cells in percent.
 * @returns lines with their ends
 */
export function spilloverMap({ channels, matrix }: Spillover): string {
  const n = channels.length;
  const head = ['', '', ...channels.map((_, j) => String(j + 1).padStart(4))];
  const rows = channels.map((name, i) => [
    String(i + 1).padStart(2),
    name,
    ...channels.map((_, j) => (i === j ? '   ·' : cellText(100 * matrix[i * n + j]!))),
  ]);
  return alignedTable([head, ...rows]);
}

/** Below half a percent nothing is written: the eye should find what matters. */
function cellText(percent: number): string {
  const size = Math.abs(percent);
  if (size < 0.5) return '    ';
  const shade = shades.find(([from]) => size >= from)?.[1] ?? ' ';
  return `${shade}${percent.toFixed(0).padStart(3)}`;
}
