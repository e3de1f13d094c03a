import { makeScale } from '../../scale/index.ts';
import type { EdgeRule, ForeignAxis, ForeignBounds } from '../model.ts';
import { TABLE } from './flowjoGrid.ts';

/** Least share of a value by which an edge moves past what lies on it. */
const PAST_EDGE = 1e-12;

/** A side at the end of a table holds what lies beyond it, since all that is shown at the end; see also EdgeRule. */
export function flowjoSides(
  { min, max }: Omit<ForeignBounds, 'axis'>,
  { display, gain }: ForeignAxis,
  edges: EdgeRule | undefined,
): Omit<ForeignBounds, 'axis'> {
  const past = (at: number | null): number | null =>
    at === null || edges !== 'lower' ? at : at + Math.abs(at) * PAST_EDGE;
  if (display?.kind !== 'biex' || gain !== 1) return { min: past(min), max: past(max) };
  const { forward } = makeScale(display.spec);
  const isAtStart = min !== null && forward(min) <= 0;
  const isAtEnd = max !== null && forward(max) >= TABLE;
  return { min: isAtStart ? null : past(min), max: isAtEnd ? null : past(max) };
}
