import type { CohortDesign } from '../../samples/cohort.ts';

/** A small cohort, with what a test wants changed. */
export function design(change: Partial<CohortDesign> = {}): CohortDesign {
  return {
    mode: 'islands',
    seed: 911,
    eventCount: 2000,
    visits: ['BL', 'M1'],
    effect: { transitional: 2.2, memoryReg: 1.8 },
    shift: {},
    ...change,
  };
}
