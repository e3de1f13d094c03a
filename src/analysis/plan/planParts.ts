import { z } from 'zod';

export const Id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
    'must be letters, digits, ". _ -", at most 40, starting with a letter or digit',
  );

/** Visits are called as people write them: `M1`, `Month 1`, `Vor Therapie`. */
export const VisitId = z
  .string()
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._+()-]{0,38}[\p{L}\p{N}._+()-])?$/u,
    'must be letters, digits, blanks, ". _ + - ( )", at most 40, starting with a letter or digit',
  );

const Bounds = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low < high, { message: 'must begin with its lower end' });

/**
 * Equivalence margins, declared before the data; exactly one of three, which is also the scale of the comparison.
 * ratio: later ÷ earlier share; odds_ratio: the same of odds; points: percentage points.
 */
export const MarginsSchema = z
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

/** Control tubes of a patient's own visit. */
export const controlRoles = ['unstimulated', 'fmo', 'isotype', 'unstained'] as const;
export type ControlRole = (typeof controlRoles)[number];

export const EndpointSchema = z
  .strictObject({
    population: z.string().min(1).describe('population path, or any unique suffix of whole names'),
    measure: z
      .string()
      .regex(
        /^(pct_parent|cells_per_ul|pct_of_[A-Za-z][A-Za-z0-9_]{0,39}|median_of[ _]\S(?:.{0,38}\S)?|ratio)$/,
        'must be pct_parent, pct_of_<denominator>, cells_per_ul, median_of <marker> or ratio',
      )
      .default('pct_parent')
      .describe('pct_parent, pct_of_<denominator>, cells_per_ul, median_of <marker>, or ratio with to:'),
    to: z.string().min(1).optional().describe('of measure ratio: the population by which the first is divided'),
    control: z
      .enum(controlRoles)
      .optional()
      .describe('of a share: the tube of this role of the same subject and visit is taken as background'),
    background: z
      .enum(['difference', 'ratio'])
      .optional()
      .describe('of control: subtracted (scale percent), or the fold over it'),
    cofactor: z.number().positive().optional().describe('of scale arcsinh: arcsinh(x / cofactor); default 150'),
    panel: Id.optional().describe(
      'of a map of templates: whose tubes answer, where several could; default: that of the family',
    ),
    margins: MarginsSchema.optional().describe('where they differ from the margins of the family'),
  })
  .check((context) => {
    const { measure, to, control, background } = context.value;
    const refuse = (message: string) => context.issues.push({ code: 'custom', input: context.value, message });
    if ((measure === 'ratio') !== (to !== undefined)) refuse('measure ratio and to: belong together');
    if ((control === undefined) !== (background === undefined)) refuse('control: and background: belong together');
    if (control !== undefined && !measure.startsWith('pct_'))
      refuse('control: goes with pct_parent or pct_of_<denominator>');
  });
