import * as z from 'zod';
import { problem, type Reading } from '../../problems/index.ts';
import { jsonValue } from '../../tables/index.ts';

const Text = z.string();
const Handling = z.looseObject({
  compensated: z.boolean(),
  compensation: Text,
  matrix: z.looseObject({ channels: z.array(Text), values: z.array(z.number()) }).nullable(),
  values: Text,
  amplification: z.enum(['stored', 'linear', 'gating-ml']),
  unit_factors: z.record(Text, z.number()),
});
const Found = z.looseObject({
  severity: z.enum(['error', 'warning', 'note']),
  code: Text,
  file: Text.nullable(),
  line: z.number().nullable(),
  column: z.number().nullable(),
  byte: z.number().nullable(),
  sample_id: Text.nullable(),
  message: Text,
  hint: Text.nullish(),
});
const Input = z.looseObject({
  role: Text,
  path: Text,
  sample_id: Text.nullable(),
  bytes: z.number().nullable(),
  sha256: Text.nullable(),
});
const Tube = z.looseObject({
  sample_id: Text,
  status: z.enum(['ok', 'failed', 'excluded']),
  events: z.number().nullable(),
  cytometer: Text,
  flags: z.array(Text),
  handling: Handling.nullish(),
});
const Run = z.looseObject({
  format: z.literal('cytopair/run/1'),
  command: z.enum(['run', 'gate', 'analyze']),
  study: Text,
  inputs: z.array(Input),
  outputs: z.array(z.looseObject({ path: Text, sha256: Text })),
  tubes: z.array(Tube),
  problems: z.array(Found),
  versions: z.looseObject({ cytopair: Text }),
  environment: z.looseObject({ node: Text, platform: Text }),
  timing: z.looseObject({ started: Text, finished: Text }),
  plan: z.looseObject({ sha256: Text.nullable() }).nullish(),
});

export type RunRecord = z.infer<typeof Run>;
export type RecordedHandling = z.infer<typeof Handling>;

/** The record of a run, whole. */
export function parseRunRecord(text: string): Reading<RunRecord> {
  const run = Run.safeParse(jsonValue(text));
  if (run.success) return { value: run.data, problems: [] };
  const message = 'run.json is no record of a run of this version';
  return { value: undefined, problems: [problem('error', 'output.no-run', message, { file: 'run.json' })] };
}
