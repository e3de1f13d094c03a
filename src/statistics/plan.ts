import { z } from 'zod';

const Id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'letters, digits, ". _ -", at most 40, starting with a letter or digit');
const Bounds = z.tuple([z.number(), z.number()]);

/**
 * Equivalence margins, declared before the data; exactly one of three, which is also the scale of the comparison.
 * ratio: later ÷ earlier share; odds_ratio: the same of odds; points: percentage points.
 */
const MarginsSchema = z
  .strictObject({ ratio: Bounds.optional(), odds_ratio: Bounds.optional(), points: Bounds.optional() })
  .check((context) => {
    const { ratio, odds_ratio, points } = context.value;
    const given = [ratio, odds_ratio, points].filter((bounds) => bounds !== undefined);
    const refuse = (message: string) => context.issues.push({ code: 'custom', input: context.value, message });
    if (given.length !== 1) refuse('name exactly one of ratio, odds_ratio, points');
    for (const bounds of [ratio, odds_ratio]) {
      if (bounds && !(bounds[0] > 0 && bounds[0] < 1 && bounds[1] > 1))
        refuse('a ratio margin must hold 1: [0.80, 1.25]');
    }
    if (points && !(points[0] < 0 && points[1] > 0)) refuse('a margin in points must hold 0: [-2, 2]');
  });
export type Margins = z.infer<typeof MarginsSchema>;

const EndpointSchema = z.strictObject({
  population: z.string().min(1).describe('population path, or any unique suffix of whole names'),
  measure: z
    .string()
    .regex(
      /^(pct_parent|cells_per_ul|pct_of_[A-Za-z][A-Za-z0-9_]{0,39})$/,
      'pct_parent, pct_of_<denominator> or cells_per_ul',
    )
    .default('pct_parent'),
  margins: MarginsSchema.optional().describe('where they differ from the margins of the family'),
});

const scaleNames = ['log-ratio', 'logit', 'percent'] as const;
export const sensitivityNames = ['percent', 'pratt', 't_logit', 'without_flagged', 'leave_one_out', 'draws'] as const;

const FamilySchema = z.strictObject({
  id: Id,
  role: z.enum(['primary', 'secondary', 'exploratory']).default('exploratory'),
  question: z.enum(['change', 'equivalence', 'transient']).default('change'),
  comparison: Id.describe('id of one of the comparisons'),
  test: z
    .enum(['signed_rank', 'paired_t', 'sign', 'sign_flip', 'tost_t', 'tost_signed_rank'])
    .optional()
    .describe('default: signed_rank; for equivalence tost_t'),
  scale: z.enum(scaleNames).default('log-ratio').describe('for equivalence the scale of the margins decides'),
  zero_handling: z.enum(['wilcoxon', 'pratt']).default('wilcoxon').describe('zero differences'),
  alternative: z.enum(['two-sided', 'greater', 'less']).default('two-sided'),
  sensitivity: z
    .array(z.enum(sensitivityNames))
    .optional()
    .describe('planned beside the primary analysis, never picked from; default: all for change, none otherwise'),
  adjust: z
    .enum(['holm', 'hochberg', 'bh', 'by', 'max_t', 'none'])
    .optional()
    .describe('default: holm; none where the role is exploratory; max_t: signed_rank or paired_t, two-sided'),
  margins: MarginsSchema.optional(),
  return_to: z
    .strictObject({ visit: Id, by: z.enum(['fall', 'equivalence']), margins: MarginsSchema.optional() })
    .optional()
    .describe('the later visit of a transient question, named before the data'),
  endpoints: z.array(EndpointSchema).min(1),
});

const RulesSchema = z.strictObject({
  min_parent: z.int().min(0).default(100).describe('denominator events needed to call a population evaluable'),
  few_parents: z.int().min(0).default(500).describe('fewer denominator events: flag few_parents'),
  few_events: z.int().min(0).default(25).describe('fewer events: flag few_events (20 % counting CV)'),
  zero_rule: z
    .enum(['half_event', 'none', 'lod'])
    .default('half_event')
    .describe('half an event added always where counts exist; lod: a zero becomes half the limit of detection'),
  lod: z.number().positive().optional().describe('limit of detection in %, for zero_rule lod'),
  draws: z.int().min(0).default(200).describe('plausible placements per endpoint'),
});

/** The analysis keys of study.yaml; the study's own schema embeds this shape. */
export const PlanSchema = z.strictObject({
  comparisons: z
    .array(z.strictObject({ id: Id, from: Id, to: Id }))
    .optional()
    .describe('effect = to − from; default: the second visit against the first'),
  families: z
    .array(FamilySchema)
    .optional()
    .describe('planned before unblinding; their order is the order of the tables'),
  alpha: z.number().gt(0).lt(1).default(0.05),
  level: z.number().gt(0).lt(1).default(0.95).describe('nominal level of intervals, as a fraction'),
  rules: RulesSchema.prefault({}),
});
export type Plan = z.infer<typeof PlanSchema>;
export type PlanFamily = z.infer<typeof FamilySchema>;
export type Rules = Plan['rules'];
export type ScaleName = (typeof scaleNames)[number];
export type SensitivityName = (typeof sensitivityNames)[number];
export type Alternative = PlanFamily['alternative'];
export type ZeroHandling = PlanFamily['zero_handling'];
export type ZeroRule = Rules['zero_rule'];
