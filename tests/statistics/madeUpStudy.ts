import type { z } from 'zod';
import { type Observation, PlanSchema, type ResolvedPlan, resolvePlan } from '../../src/analysis/index.ts';
import { type AnalysisInput, endpointKey } from '../../src/analysis/tools.ts';

/** Eight made-up patients: CD24hiCD38hi among B cells at baseline and month 1 (vector wsr.H), invented for month 6. */
export const counts = {
  BL: { k: [98, 71, 143, 22, 95, 61, 9, 118], n: [2410, 1180, 3975, 860, 1522, 2890, 640, 1975] },
  M1: { k: [201, 140, 229, 71, 122, 171, 38, 96], n: [2105, 1342, 3310, 1015, 1290, 3044, 702, 1688] },
  M6: { k: [96, 70, 150, 23, 93, 66, 10, 115], n: [2400, 1190, 4010, 840, 1530, 2900, 660, 1980] },
} as const;

export const visits = [{ id: 'BL', label: 'baseline' }, { id: 'M1' }, { id: 'M6' }];
export const subjects = ['P01', 'P02', 'P03', 'P04', 'P05', 'P06', 'P07', 'P08'];
export const populations = ['Live', 'Live/T', 'Live/NK', 'Live/B', 'Live/B/CD24hiCD38hi', 'Live/B/CD27+CD38lo-CD24hi'];
export const breg = endpointKey('Live/B/CD24hiCD38hi', 'pct_of_B');

type FamilySource = NonNullable<z.input<typeof PlanSchema>['families']>[number];

export function planOf(
  source: z.input<typeof PlanSchema>,
  own: readonly { readonly id: string }[] = visits,
): ResolvedPlan {
  const reading = resolvePlan(PlanSchema.parse(source), {
    visits: own,
    populations,
    denominators: { B: 'Live/B', Live: 'Live' },
  });
  if (!reading.value) throw new Error(reading.problems.map((found) => found.message).join('; '));
  return reading.value;
}

export const change: FamilySource = {
  id: 'regulatory',
  role: 'primary',
  comparison: 'M1-BL',
  endpoints: [{ population: 'B/CD24hiCD38hi', measure: 'pct_of_B' }],
};

export const comparisons = [{ id: 'M1-BL', from: 'BL', to: 'M1' }];

/** Tubes of one endpoint, from counts by visit. */
export function tubesOf(
  key: string,
  by: Readonly<Record<string, { readonly k: readonly number[]; readonly n: readonly number[] }>>,
): Observation[] {
  return Object.entries(by).flatMap(([visit, { k, n }]) =>
    k.map((count, i): Observation => {
      const parentCount = n[i] ?? 0;
      const subject = subjects[i] ?? `P${i + 1}`;
      return {
        subject,
        visit,
        endpointKey: key,
        sampleId: `${subject}_${visit}`,
        count,
        parentCount,
        percent: (100 * count) / parentCount,
        status: 'ok',
        reason: '',
        flags: [],
      };
    }),
  );
}

/** The study of one change family over the made-up patients; parts can be replaced. */
export function study(parts: Partial<AnalysisInput> = {}): AnalysisInput {
  return {
    study: 'made-up',
    visits,
    subjects,
    plan: planOf({ comparisons, families: [change] }),
    observations: tubesOf(breg, counts),
    ...parts,
  };
}
