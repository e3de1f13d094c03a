import * as z from 'zod';
import type { MethodDescription, TemplateRegistry } from '../../src/template/index.ts';

const text = (value: unknown): string => String(value);
const asText = (key: string) => (settings: Record<string, unknown>) =>
  settings[key] === undefined ? [] : [{ name: text(settings[key]), keys: [key] }];

const interval: MethodDescription = {
  name: 'interval',
  settings: z.strictObject({
    x: z.string(),
    min: z.number().nullable().default(null),
    max: z.number().nullable().default(null),
  }),
  hasCoordinates: true,
  needsAlignment: false,
  markers: asText('x'),
  populations: () => [],
};

const valley: MethodDescription = {
  name: 'valley',
  settings: z.strictObject({
    x: z.string(),
    keep: z.enum(['above', 'below']),
    prominence: z.number().min(0).max(1).default(0.25),
  }),
  hasCoordinates: false,
  needsAlignment: false,
  markers: asText('x'),
  populations: () => [],
};

type Of = string | { and: Of[] } | { or: Of[] } | { not: Of };
const Of: z.ZodType<Of> = z.lazy(() =>
  z.union([
    z.string(),
    z.strictObject({ and: z.array(Of).min(1) }),
    z.strictObject({ or: z.array(Of).min(1) }),
    z.strictObject({ not: Of }),
  ]),
);
function namesOf(of: Of, keys: (string | number)[]): { name: string; keys: (string | number)[] }[] {
  if (typeof of === 'string') return [{ name: of, keys }];
  if ('not' in of) return namesOf(of.not, [...keys, 'not']);
  const key = 'and' in of ? 'and' : 'or';
  const parts = 'and' in of ? of.and : of.or;
  return parts.flatMap((part, index) => namesOf(part, [...keys, key, index]));
}

const boolean: MethodDescription = {
  name: 'boolean',
  settings: z.strictObject({ of: Of }),
  hasCoordinates: false,
  needsAlignment: false,
  markers: () => [],
  populations: (settings) => namesOf(Of.parse(settings.of), ['of']),
};

const quadrant: MethodDescription = {
  name: 'quadrant',
  settings: z.strictObject({
    x: z.string(),
    y: z.string(),
    cut: z.union([z.literal('valley'), z.tuple([z.number(), z.number()])]),
  }),
  hasCoordinates: (settings) => Array.isArray(settings.cut),
  needsAlignment: false,
  markers: (settings) => [...asText('x')(settings), ...asText('y')(settings)],
  populations: () => [],
};

const ridgeGate: MethodDescription = {
  name: 'ridge',
  settings: z.strictObject({ part: z.enum(['transitional', 'plasmablast']), k: z.number().default(0.5) }),
  hasCoordinates: false,
  needsAlignment: true,
  markers: () => [],
  populations: () => [],
};

const ridgeFit: MethodDescription = {
  name: 'ridge',
  settings: z.strictObject({ x: z.string(), y: z.string(), axes: z.array(z.string()).default([]) }),
  hasCoordinates: false,
  needsAlignment: false,
  markers: (settings) => [
    ...asText('x')(settings),
    ...asText('y')(settings),
    ...z
      .array(z.string())
      .parse(settings.axes)
      .map((name, index) => ({ name, keys: ['axes', index] })),
  ],
  populations: () => [],
};

/** A few methods that look like the real ones, so that templates can be read without them. */
export const registry: TemplateRegistry = {
  gates: new Map([interval, valley, boolean, quadrant, ridgeGate].map((method) => [method.name, method])),
  alignments: new Map([[ridgeFit.name, ridgeFit]]),
};
