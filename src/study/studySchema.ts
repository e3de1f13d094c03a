import * as z from 'zod';
import { PlanSchema, VisitId } from '../analysis/index.ts';
import { CompensationEntry, DenominatorEntry, PopulationReference, ValuesEntry } from '../template/index.ts';

/** Ids that become names of columns and folders. */
const Id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
    'must be 1-40 letters, digits, ".", "_", "-", the first a letter or digit',
  );

export const DenominatorName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'must be 1-40 letters, digits and "_", the first a letter: it names columns');

export const VisitEntry = z.union([
  VisitId,
  z.strictObject({
    id: VisitId,
    label: z.string().optional().describe('what people write for it; a cell of the sheet or a table may hold it too'),
    day: z.number().optional().describe('planned day, counted from day 0'),
    window: z
      .tuple([z.number(), z.number()])
      .refine(([first, last]) => first <= last, 'must run from an earlier day to a later one')
      .optional()
      .describe('first and last planned day; outside it a tube is flagged, never dropped'),
  }),
]);

const Reading = z.strictObject({
  offsets: z.enum(['header', 'text']).optional(),
  data_set: z.int().min(1).optional(),
  accept_truncated: z.boolean().optional(),
  compensation: CompensationEntry.optional().describe(
    'of this tube, against the template; a CSV relative to this file',
  ),
  values: ValuesEntry.optional(),
  accept_trailing: z
    .boolean()
    .optional()
    .describe('read also whole events behind the data that the file does not count'),
  bit_order: z.enum(['low', 'high']).optional().describe('packed values begin at this bit of each byte'),
});

/** How a foreign table of frequencies is to be read. */
const InputMapping = z.strictObject({
  columns: z
    .record(z.string(), z.union([z.string(), z.array(z.string()).min(1)]))
    .optional()
    .describe('our name: the name in the table, or a list of names whose cells make one key together'),
  unit: z.enum(['percent', 'fraction']).optional(),
  sheet: z.string().min(1).optional().describe('of a workbook; default: the one that has the columns'),
  layout: z.enum(['long', 'wide']).optional().describe('default: long where there is a column of populations'),
});

const Absolute = z.discriminatedUnion('method', [
  z.strictObject({
    method: z.literal('dual').describe('share of a class × the count of that class by a haematology analyser'),
    count: z.string().describe('column of the sheet with that count, in cells/µL'),
    of: PopulationReference,
  }),
  z.strictObject({
    method: z.literal('beads').describe('columns beads_added and blood_ul of the sheet'),
    of: PopulationReference.describe('the population of the beads'),
  }),
  z.strictObject({
    method: z
      .literal('volumetric')
      .describe('$VOL of the file, or blood_ul of the sheet where it is filled; times dilution'),
  }),
  z.strictObject({ method: z.literal('off') }),
]);

/** study.yaml as written. */
export const EventEntry = z.strictObject({
  day: z.number().describe('of the study, as visits have it; 0 is usually the baseline'),
  label: z.string().trim().min(1).max(30).describe('what happened: infusion, relapse, rescue'),
  subject: z.string().min(1).optional().describe('to whom; left out: to every patient'),
});

export const StudyFile = z.strictObject({
  cytopair: z.literal(1).describe('version of this format'),
  study: Id.describe('names the default output folder'),
  title: z.string().default(''),
  data: z.string().min(1).describe('data root, relative to this file; nothing outside it is read'),
  sheet: z.string().min(1).describe('sample sheet, relative to this file'),
  template: z
    .union([z.string().min(1), z.record(Id, z.string().min(1))])
    .describe('path or shipped:NAME; or a map of them by panel'),
  subject: z.string().min(1).default('subject').describe('column of the sheet that pairs tubes'),
  visits: z.array(VisitEntry).min(1).describe('in order; the first is baseline'),
  events: z
    .array(EventEntry)
    .optional()
    .describe('what happened on a day of the study, marked in the figures of courses; no test uses it'),
  denominators: z
    .record(DenominatorName, DenominatorEntry)
    .optional()
    .describe("added to the template's own: a population, or {of, without} to leave one out"),
  names: z
    .enum(['shown', 'hidden'])
    .default('shown')
    .describe('hidden: messages, run.json and report print the sample_id in place of the file'),
  seed: z.int().min(0).default(1).describe('of draws and bootstraps'),
  reading: z.record(z.string(), Reading).optional().describe('by sample_id'),
  allow_same_file: z
    .boolean()
    .default(false)
    .describe('true: the same events may stand in two rows, which is then a note; for reruns'),
  input: InputMapping.default({}).describe('only for analyze on foreign tables'),
  map: z
    .record(z.string().min(1), PopulationReference)
    .optional()
    .describe("only for agree: the laboratory's name of a population: ours"),
  ...PlanSchema.shape,
  controls: z.strictObject({ bridge: z.enum(['report', 'align', 'off']).default('report') }).prefault({}),
  absolute: Absolute.default({ method: 'off' }),
  covariates: z
    .record(z.string().min(1), z.enum(['number', 'text']))
    .optional()
    .describe('further columns of the sheet'),
  arms: z
    .strictObject({ column: z.string().min(1) })
    .optional()
    .describe('column of the treatment arm'),
  blind: z
    .array(z.enum(['visit', 'arm', 'subject', 'date', 'file', 'batch', 'covariates']))
    .default(['visit', 'arm', 'subject', 'date', 'file'])
    .describe('never shown in review, never read by placement'),
});
export type StudyFile = z.infer<typeof StudyFile>;
export const FamilyEntry = PlanSchema.shape.families.unwrap().element;
export const AssociationEntry = PlanSchema.shape.associations.unwrap().element;
export const ComparisonEntry = PlanSchema.shape.comparisons.unwrap().element;
