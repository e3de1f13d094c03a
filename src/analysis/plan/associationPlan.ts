import { z } from 'zod';
import { scaleNames, simpleAdjustmentNames } from '../../statistics/index.ts';
import { EndpointSchema, Id } from './planParts.ts';

const shared = {
  id: Id,
  role: z.enum(['primary', 'secondary', 'exploratory']).default('exploratory'),
  scale: z.enum(scaleNames).default('log-ratio'),
  adjust: z
    .enum([...simpleAdjustmentNames, 'none'])
    .default('none')
    .describe('over the endpoints of the entry'),
  panel: Id.optional().describe('as of a family'),
  endpoints: z.array(EndpointSchema).min(1),
};
const comparison = z.string().min(1).describe('id of one of the comparisons');
const Covariate = z.string().min(1);

/** What else a change may go with; each entry is a family of its own, and its rows stand in associations.csv. */
export const AssociationSchema = z.discriminatedUnion('question', [
  z.strictObject({
    ...shared,
    question: z.literal('correlation').describe('does the change go with a covariate?'),
    comparison,
    with: Covariate.describe('a covariate that is a number'),
    of: z.enum(['change', 'baseline']).default('change').describe('of the covariate: its change over the same visits'),
    method: z.enum(['spearman', 'kendall']).default('spearman'),
  }),
  z.strictObject({
    ...shared,
    question: z.literal('groups').describe('do two arms, or two dose groups, change alike?'),
    comparison,
    by: Covariate.default('arm').describe('arm, or a covariate that is text'),
    reference: z.string().optional().describe('the group that the other is compared with; default: the first by name'),
    method: z.enum(['mann_whitney', 'ancova']).default('mann_whitney'),
  }),
  z.strictObject({
    ...shared,
    question: z.literal('responders').describe('how many changed by a declared factor, beyond counting error?'),
    comparison,
    ratio: z.number().positive().describe('least ratio of a rise, or greatest of a fall where it is below 1'),
    beyond_counting: z.boolean().default(true).describe('and Fisher’s exact p of the two tubes at most alpha'),
    by: Covariate.optional().describe('arm, or a covariate that is text: Fisher’s exact test of two groups'),
    again: Id.optional().describe('a second comparison: exact McNemar test of who responded when'),
  }),
  z.strictObject({
    ...shared,
    question: z.literal('composition').describe('does the make-up of the whole compartment change?'),
    comparison,
    rest: z.boolean().default(true).describe('what is left of the common denominator is a part too'),
  }),
  z.strictObject({
    ...shared,
    question: z.literal('negative_control').describe('is the change beyond ordinary noise between visits?'),
    comparison,
    controls: z.array(Id).min(1).describe('ids of comparisons over which nothing is expected to change'),
  }),
  z.strictObject({
    ...shared,
    question: z.literal('visits').describe('does any visit differ? Friedman and the mixed model’s F'),
  }),
]);
export type PlanAssociation = z.infer<typeof AssociationSchema>;
