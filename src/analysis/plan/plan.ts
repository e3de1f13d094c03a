import { z } from 'zod';
import {
  alternatives,
  defaultAdjustment,
  defaultTests,
  flippableTests,
  jointAdjustmentNames,
  pairedTestNames,
  scaleNames,
  simpleAdjustmentNames,
  zeroHandlings,
  zeroRules,
} from '../../statistics/index.ts';
import { AssociationSchema } from './associationPlan.ts';
import { EndpointSchema, Id, MarginsSchema, VisitId } from './planParts.ts';

/** Those that are planned where a family of change names none. */
export const defaultSensitivities = [
  'percent',
  'pratt',
  't_logit',
  'without_flagged',
  'leave_one_out',
  'draws',
] as const;
const sensitivityNames = [...defaultSensitivities, 'counting', 'absolute', 'with_not_evaluable'] as const;

const FamilySchema = z.strictObject({
  id: Id,
  role: z.enum(['primary', 'secondary', 'exploratory']).default('exploratory'),
  question: z.enum(['change', 'equivalence', 'transient']).default('change'),
  comparison: z
    .string()
    .min(1)
    .describe('id of one of the comparisons; where none is listed, `second visit-first visit`'),
  test: z
    .enum(pairedTestNames)
    .optional()
    .describe(`default: ${defaultTests.change}; for equivalence ${defaultTests.equivalence}`),
  scale: z.enum(scaleNames).default('log-ratio').describe('for equivalence the scale of the margins decides'),
  zero_handling: z.enum(zeroHandlings).default('wilcoxon').describe('zero differences'),
  alternative: z.enum(alternatives).default('two-sided'),
  sensitivity: z
    .array(z.enum(sensitivityNames))
    .optional()
    .describe(
      'planned beside the primary analysis, never picked from; default for change: all but counting; none otherwise',
    ),
  adjust: z
    .enum([...simpleAdjustmentNames, ...jointAdjustmentNames, 'none'])
    .optional()
    .describe(
      `default: ${defaultAdjustment}; none where the role is exploratory; ${jointAdjustmentNames.join(', ')}: ${flippableTests.join(' or ')}, two-sided`,
    ),
  claim: z
    .enum(['each', 'joint'])
    .default('each')
    .describe('of equivalence. joint: all endpoints within their margins, p is the largest, nothing is adjusted'),
  panel: Id.optional().describe('of a map of templates: whose tubes answer its endpoints, where several could'),
  margins: MarginsSchema.optional(),
  return_to: z
    .union([
      z.strictObject({
        visit: z.union([VisitId, z.array(VisitId).min(1)]).describe('the later visit, or several'),
        by: z
          .enum(['fall', 'equivalence'])
          .describe('fall: rise and later fall; equivalence: rise and return within margins of the first visit'),
        holds: z
          .enum(['all', 'first'])
          .default('all')
          .describe('of several visits: all must hold, or the first that holds after Holm over them'),
        margins: MarginsSchema.optional(),
      }),
      z.array(VisitId).min(1).describe('visits at all of which the endpoint must have fallen again'),
    ])
    .optional()
    .describe('the later visits of a transient question, named before the data'),
  sd_from: z
    .array(VisitId)
    .length(2)
    .optional()
    .describe(
      'two visits between which nothing should change: plan --counted reckons power with how far they lie apart',
    ),
  endpoints: z.array(EndpointSchema).min(1),
});

const RulesSchema = z.strictObject({
  min_parent: z.int().min(0).default(100).describe('denominator events needed to call a population evaluable'),
  few_parents: z.int().min(0).default(500).describe('fewer denominator events: flag few_parents'),
  few_events: z.int().min(0).default(25).describe('fewer events: flag few_events (20 % counting CV)'),
  zero_rule: z
    .enum(zeroRules)
    .default('half_event')
    .describe('half an event added always where counts exist; lod: a zero becomes half the limit of detection'),
  lod: z.number().positive().optional().describe('limit of detection in %, for zero_rule lod'),
  draws: z.int().min(0).default(200).describe('plausible placements per endpoint'),
});

/** The analysis keys of study.yaml; the study's own schema embeds this shape. */
export const PlanSchema = z.strictObject({
  comparisons: z
    .array(z.strictObject({ id: Id, from: VisitId, to: VisitId }))
    .optional()
    .describe('effect = to − from; default: the second visit against the first'),
  families: z
    .array(FamilySchema)
    .optional()
    .describe('planned before unblinding; their order is the order of the tables'),
  associations: z
    .array(AssociationSchema)
    .optional()
    .describe('what else a change may go with: covariates, arms, visits, the whole compartment'),
  alpha: z.number().gt(0).lt(1).default(0.05),
  level: z.number().gt(0).lt(1).default(0.95).describe('nominal level of intervals, as a fraction'),
  rules: RulesSchema.prefault({}),
});
export type Plan = z.infer<typeof PlanSchema>;
export type PlanFamily = z.infer<typeof FamilySchema>;
export type Rules = Plan['rules'];
export type { Margins } from './planParts.ts';
export type SensitivityName = (typeof sensitivityNames)[number];
