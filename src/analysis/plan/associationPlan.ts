import { z } from 'zod';
import { scaleNames, simpleAdjustmentNames } from '../../statistics/index.ts';
import { EndpointSchema, Id, VisitId } from './planParts.ts';

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

/** Who responded, by what became of a covariate: two groups, `responder` and `non-responder`. */
const ResponseRule = z
  .strictObject({
    covariate: Covariate.describe('a covariate that is a number'),
    comparison: z.string().min(1).describe('id of the comparison over which it changes'),
    at_most: z.number().optional().describe('a change at or below it is a response: -4 for a fall of SLEDAI by 4'),
    at_least: z.number().optional().describe('a change at or above it is a response'),
  })
  .refine(
    (rule) => (rule.at_most === undefined) !== (rule.at_least === undefined),
    'name exactly one of at_most and at_least',
  );
export type ResponseRule = z.infer<typeof ResponseRule>;

/** What else a change may go with; each entry is a family of its own, and its rows stand in associations.csv. */
export const AssociationSchema = z.discriminatedUnion('question', [
  z.strictObject({
    ...shared,
    question: z.literal('correlation').describe('does the change go with a covariate?'),
    comparison,
    with: Covariate.describe('a covariate that is a number'),
    of: z
      .enum(['change', 'baseline'])
      .default('change')
      .describe('of the covariate: its change over the same visits, or over those of `over`'),
    over: z.string().min(1).optional().describe('id of another comparison: the covariate may follow later'),
    assigned: Covariate.optional().describe(
      'where `with` is what was received, a dose: what was assigned, in a row beside',
    ),
    method: z.enum(['spearman', 'kendall']).default('spearman'),
  }),
  z.strictObject({
    ...shared,
    question: z.literal('groups').describe('do two arms, or two dose groups, change alike?'),
    comparison,
    by: Covariate.default('arm').describe('arm, or a covariate that is text'),
    by_response: ResponseRule.optional().describe('in place of by: those who responded by a covariate'),
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
    by_response: ResponseRule.optional().describe('in place of by: those who responded by a covariate'),
    again: Id.optional().describe('a second comparison: exact McNemar test of who responded when'),
  }),
  z.strictObject({
    ...shared,
    question: z
      .literal('trend')
      .describe('does the change go with ordered groups? exact Jonckheere, Spearman beside it'),
    comparison,
    by: Covariate.describe('a covariate that is text, the same in all tubes of a patient unless at: names a visit'),
    order: z
      .array(z.string().min(1))
      .min(2)
      .describe('its groups from the lowest to the highest: [none, partial, major]'),
    at: VisitId.optional().describe('the visit at which the group is read'),
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
