import { benjaminiHochberg } from './benjaminiHochberg.ts';
import { benjaminiYekutieli } from './benjaminiYekutieli.ts';
import { hochberg } from './hochberg.ts';
import { holm } from './holm.ts';
import { type JointAdjustment, westfallYoung } from './maxT.ts';
import type { Adjustment } from './steps.ts';

/** Adjustments of p-values alone, by the name a plan gives them. */
export const adjustments = {
  holm,
  hochberg,
  bh: benjaminiHochberg,
  by: benjaminiYekutieli,
} as const satisfies Record<string, Adjustment>;

/** Those that need the differences themselves. */
const jointAdjustments = { max_t: westfallYoung } as const satisfies Record<string, JointAdjustment>;

/** Where a family is adjusted and its plan does not say how. */
export const defaultAdjustment = 'holm';

type SimpleName = keyof typeof adjustments;
type JointName = keyof typeof jointAdjustments;
export type AdjustmentName = SimpleName | JointName | 'none';

/** The choices of a plan, in the order of the registry. */
export const simpleAdjustmentNames = Object.keys(adjustments) as SimpleName[];
export const jointAdjustmentNames = Object.keys(jointAdjustments) as JointName[];

const known: Readonly<Record<SimpleName | JointName, Adjustment | JointAdjustment>> = {
  ...adjustments,
  ...jointAdjustments,
};

/** The adjustment that a row of results names; undefined for none, and for any other name. */
export function adjustmentOfRow(name: string | null): Adjustment | JointAdjustment | undefined {
  return name !== null && Object.hasOwn(known, name) ? known[name as SimpleName | JointName] : undefined;
}

/** Undefined where nothing is adjusted. */
export function adjustmentOf(name: AdjustmentName): Adjustment | JointAdjustment | undefined {
  return name === 'none' ? undefined : known[name];
}
