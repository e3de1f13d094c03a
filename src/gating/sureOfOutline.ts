import type { Point } from './axis.ts';
import type { Box, Region, Sure } from './region.ts';

/** Of the outline's size: what lies so near to an edge is asked. */
const NEAR = 1e-9;

/**
 * Whether a box lies wholly inside or outside a closed outline: it does where no edge comes into it, and then as any one of
 * its points does.
 * @param box of all vertices
 */
export function sureOfOutline(
  vertices: readonly Point[],
  { box, holds }: { readonly box: Box; readonly holds: Region['holds'] },
  asked: Box,
): Sure {
  const [marginX, marginY] = [NEAR * (box.right - box.left), NEAR * (box.top - box.bottom)];
  const isApart =
    asked.right < box.left - marginX ||
    asked.left > box.right + marginX ||
    asked.top < box.bottom - marginY ||
    asked.bottom > box.top + marginY;
  if (isApart) return 'out';
  // Beyond the outline nothing changes any more, so that no end need be infinite.
  const part: Box = {
    left: Math.max(asked.left, box.left) - marginX,
    right: Math.min(asked.right, box.right) + marginX,
    bottom: Math.max(asked.bottom, box.bottom) - marginY,
    top: Math.min(asked.top, box.top) + marginY,
  };
  if (asked.left < box.left || asked.right > box.right || asked.bottom < box.bottom || asked.top > box.top) {
    // Part of it lies outside: it is all so only where no edge bounds it there.
    return vertices.some((to, i) => mayCross(vertices.at(i - 1)!, to, part)) ? 'ask' : 'out';
  }
  if (vertices.some((to, i) => mayCross(vertices.at(i - 1)!, to, part))) return 'ask';
  return holds((part.left + part.right) / 2, (part.bottom + part.top) / 2) ? 'in' : 'out';
}

/** False only where an edge has no point in a box. */
function mayCross([ax, ay]: Point, [bx, by]: Point, { left, right, bottom, top }: Box): boolean {
  if (Math.max(ax, bx) < left || Math.min(ax, bx) > right) return false;
  if (Math.max(ay, by) < bottom || Math.min(ay, by) > top) return false;
  const side = (x: number, y: number): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax);
  const corners = [side(left, bottom), side(right, bottom), side(left, top), side(right, top)];
  return !(corners.every((at) => at > 0) || corners.every((at) => at < 0));
}
