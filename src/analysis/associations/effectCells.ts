import type { OrderInterval } from '../../statistics/index.ts';
import type { Setup } from '../comparison/setup.ts';
import { asRatio } from './context.ts';

interface Effect {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Cells of an estimate and its interval on the endpoint's scale; as ratios too where the scale is a logarithm. */
export function effectCells({ estimate, low, high }: Effect, { rule, level }: Setup) {
  return {
    estimate,
    ci_low: low,
    ci_high: high,
    ci_nominal: level,
    ratio: asRatio(rule.scale, estimate),
    ratio_low: asRatio(rule.scale, low),
    ratio_high: asRatio(rule.scale, high),
  };
}

/** The same of a shift by order statistics, which has no interval where so few values reach no level at all. */
export function shiftCells(shift: OrderInterval | undefined, setup: Setup) {
  const hasInterval = shift !== undefined && shift.level > 0;
  const [low, high] = hasInterval ? [shift.low, shift.high] : [null, null];
  return {
    ...effectCells({ estimate: shift?.estimate ?? null, low, high }, setup),
    ci_level: hasInterval ? shift.level : null,
  };
}
