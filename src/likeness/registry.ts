import type { Comparison } from './comparison.ts';
import { compensationState } from './comparisons/compensationState.ts';
import { sameEvents } from './comparisons/sameEvents.ts';
import { valuesScale } from './comparisons/valuesScale.ts';

/** Every question that is asked of the tubes of a study together, in the order of the report. */
export const comparisons: readonly Comparison[] = [sameEvents, compensationState, valuesScale];
