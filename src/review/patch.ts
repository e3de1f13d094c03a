import * as z from 'zod';
import { PatchGeometry } from './patchGeometry.ts';

/** Which tubes of the study a patch is meant for, seen from the tube that it names. */
const Scope = z.enum(['tube', 'subject', 'batch', 'all']);

const whole = {
  tube: z.string().min(1).max(100).describe('sample_id, or the code of the tube in review.html (T-3fa91c)'),
  population: z.string().min(1).max(2000).describe('full path of the population whose gate is meant'),
  author: z.string().min(1).max(100).describe('initials of who decided'),
  date: z.iso.date().describe('when, YYYY-MM-DD'),
  replaces: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hex digits: the sha-256 of the entry as it was placed')
    .describe('sha-256 of the tube’s entry as placed: a gate that was placed anew since then is not moved'),
};
const scope = Scope.default('tube').describe(
  'tube: this one; subject, batch: all tubes that share it; all: every tube',
);
const reason = z.string().min(1).max(1000).describe('why: debris in gate, valley missed, spillover, or in words');

const ShiftPatch = z.strictObject({
  action: z.literal('shift'),
  ...whole,
  axis: z.string().min(1).describe('what is moved: a marker, one side of it (CD38 min, CD38 max), or border'),
  by: z.number().min(-1e9).max(1e9).describe('how far, in the unit of frame; positive is brighter'),
  frame: z.enum(['u', 'raw']).default('u').describe('u: arcsinh units of placement; raw: linear, compensated'),
  scope,
  reason,
});

const GeometryPatch = z.strictObject({
  action: z.literal('geometry'),
  ...whole,
  geometry: PatchGeometry,
  scope,
  reason,
});

const ExcludePatch = z.strictObject({ action: z.literal('exclude'), ...whole, scope, reason });

const AcceptPatch = z.strictObject({
  action: z.literal('accept'),
  ...whole,
  reason: z.string().max(1000).optional().describe('may be left out: the gate stays as it is'),
});

/** What a person decided of one gate of one tube (and of the tubes that its scope adds). */
export const Patch = z.discriminatedUnion('action', [ShiftPatch, GeometryPatch, ExcludePatch, AcceptPatch]);
export type Patch = z.infer<typeof Patch>;
