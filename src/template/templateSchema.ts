import * as z from 'zod';
import { scaleKinds } from '../scale/index.ts';
import { CompensationEntry } from './compensation.ts';
import { DenominatorEntry } from './denominatorEntry.ts';
import { PopulationName, PopulationReference } from './populationName.ts';
import { ValuesEntry } from './storedValues.ts';

const scaleNames = Object.keys(scaleKinds) as [string, ...string[]];
const Id = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/,
    'must be 1-40 letters, digits, ".", "_", "-", the first a letter or digit',
  );
export const DenominatorName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'must be 1-40 letters, digits and "_", the first a letter: it names columns');
export const MarkerName = z.string().regex(/[\p{L}\p{Nd}]/u, 'must hold a letter or digit');

export const MarkerEntry = z
  .strictObject({
    optional: z.boolean().default(false).describe('a tube may lack it'),
    aliases: z.array(MarkerName).default([]).describe('other ways to write it in $PnS or $PnN'),
    channel: z.string().min(1).optional().describe('$PnN, where names alone leave two channels'),
    unlike: z
      .enum(['not_evaluable', 'allow'])
      .default('not_evaluable')
      .describe(
        'of an optional marker that only some tubes have: whether populations whose gates look at it are compared with ' +
          'those of tubes in which it is absent',
      ),
  })
  .nullable()
  .transform((marker) => marker ?? { optional: false, aliases: [], unlike: 'not_evaluable' as const });

export const ScaleEntry = z.looseObject({ scale: z.enum(scaleNames).describe('with its own parameters beside it') });

export const AlignmentEntry = z.looseObject({
  name: Id,
  parent: PopulationReference,
  method: z.string(),
});

/** The keys of a gate that belong to every method; all others belong to the method that it names. */
export const CommonGateKeys = z.strictObject({
  method: z.string(),
  units: z.enum(['scale', 'raw']).optional().describe('what the numbers of this gate are; needed where it has any'),
  pool: z.enum(['tube', 'subject', 'batch', 'study', 'reference']).optional(),
  align: z.string().optional().describe('name of an alignment'),
  if_absent: z
    .record(z.string(), z.enum(['drop', 'parent', 'not_evaluable']))
    .optional()
    .describe('what becomes of the gate where a tube lacks an optional marker; default not_evaluable'),
});

export const PopulationEntry = z.strictObject({
  name: PopulationName,
  parent: PopulationReference.describe('root, or a population: any suffix of whole names that is unique'),
  label: z.string().min(1).optional(),
  imported_name: z.string().optional(),
  gate: CommonGateKeys.loose(),
});

const Cuts = z.record(z.string(), z.number()).default({}).describe('marker: distance in u from the valley of the tube');

export const ReservoirEntry = z.strictObject({ name: Id, for: PopulationReference, above: Cuts, below: Cuts });

export const IntensitiesEntry = z.strictObject({
  markers: z.array(z.string()).min(1),
  populations: z.array(PopulationReference).min(1),
});

const Percent = z.number().min(0).max(100);
const SumAssertion = z.strictObject({
  sum: z.array(PopulationReference).min(1),
  of: PopulationReference,
  atLeast: Percent,
  unit: z.literal('percent').default('percent'),
});
const RangeAssertion = z.strictObject({
  population: PopulationReference,
  of: PopulationReference,
  between: z
    .tuple([Percent, Percent])
    .refine(([low, high]) => low < high, { message: 'must begin with its lower end' })
    .describe('where a gate that lies right is expected to give its share; outside: a warning and a flag'),
  unit: z.literal('percent').default('percent'),
});

export const AssertionEntry = z
  .union([SumAssertion, RangeAssertion])
  .describe('a sum of disjoint populations that makes up a parent, or the range in which one population is expected');

/** One template file as written: what it adds to the one it extends. */
export const TemplateFile = z.strictObject({
  cytopair: z.literal(1).describe('version of this format'),
  template: Id,
  version: z.string(),
  about: z.string().optional(),
  extends: z.string().min(1).optional().describe('shipped:NAME, or the path of another template'),
  remove: z.array(PopulationReference).optional().describe('populations of the extended template, with all below them'),
  markers: z.record(MarkerName, MarkerEntry).optional(),
  scales: z.record(z.string(), ScaleEntry).optional().describe('fluorescence, scatter, or a marker'),
  compensation: CompensationEntry.optional().describe('file | none | a matrix as CSV, or {from, apply}'),
  amplification: z.enum(['linear', 'stored', 'gating-ml']).optional(),
  values: ValuesEntry.optional(),
  alignments: z.array(AlignmentEntry).optional(),
  populations: z.array(PopulationEntry).optional(),
  denominators: z.record(DenominatorName, DenominatorEntry).optional(),
  reservoirs: z.array(ReservoirEntry).optional().describe('strata of which the survey keeps a sample of their own'),
  intensities: IntensitiesEntry.optional(),
  assertions: z.array(AssertionEntry).optional(),
});
