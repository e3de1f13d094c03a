import * as z from 'zod';
import { ScaleSpec } from '../scale/index.ts';

/**
 * On what scale the numbers of a file stand. `linear`: as the detectors gave them. `display`: on an axis, from which they are
 * brought back to linear values before anything else is done with them.
 */
export type StoredValues =
  | { readonly kind: 'linear' }
  | {
      readonly kind: 'display';
      /** As the author wrote it, for messages and the record: `log4`. */
      readonly word: string;
      /** The scale whose coordinates the numbers are, once divided by `unit`. */
      readonly spec: ScaleSpec;
      /** What the file writes for coordinate 1; `channels`: $PnR where that is a number of channels, else 1024. */
      readonly unit: number | 'channels';
      /** $PnN or $PnS of the channels that stand on it; undefined: every one that is neither scatter, pulse nor time. */
      readonly only: readonly string[] | undefined;
    };

/** What an author says of stored values; `detect`: nothing, the values are looked at. */
export type ValuesRule = 'detect' | StoredValues;

/** T of an 18-bit instrument, and the W, M and A that R's flowCore uses where nothing is estimated. */
const usualLogicle = { T: 262_144, W: 0.5, M: 4.5, A: 0 };
/** R's flowjo_biexp, which FlowJo's channel exports resemble where the axis was not set by hand. */
const usualBiex = { channelRange: 4096, positive: 4.5, negative: 0, widthBasis: -10, maxValue: 262_144 };

const Only = z.array(z.string().min(1)).min(1).optional().describe('$PnN or $PnS; default: all but scatter and time');
const Positive = z.number().gt(0);

const LogValues = z.strictObject({
  scale: z.literal('log'),
  decades: Positive.max(20),
  channels: z
    .int()
    .min(2)
    .optional()
    .describe('channels of the axis; default: $PnR where it is a number of channels, else 1024'),
  only: Only,
});
const LogicleValues = z.strictObject({
  scale: z.literal('logicle'),
  T: Positive.default(usualLogicle.T),
  W: z.number().min(0).default(usualLogicle.W),
  M: Positive.default(usualLogicle.M),
  A: z.number().default(usualLogicle.A),
  unit: Positive.optional().describe('what the file writes for the top of the axis: 1, 4.5, 1023; default M'),
  only: Only,
});
const ArcsinhValues = z.strictObject({ scale: z.literal('arcsinh'), cofactor: Positive, only: Only });
/** Logarithms without an axis, by their base: the file holds the logarithm itself. */
const plainLogs = { log10: 10, log2: 2, ln: Math.E } as const;
const PlainLogValues = z.strictObject({ scale: z.enum(['log10', 'log2', 'ln']), only: Only });
const BiexValues = z.strictObject({
  scale: z.literal('biex'),
  channelRange: z.int().min(8).max(65_536).default(usualBiex.channelRange),
  positive: Positive.default(usualBiex.positive),
  negative: z.number().default(usualBiex.negative),
  widthBasis: z.number().lt(0).default(usualBiex.widthBasis),
  maxValue: Positive.default(usualBiex.maxValue),
  unit: Positive.optional().describe(
    'what the file writes for the top of the axis: 4095, 262143; default channelRange',
  ),
  only: Only,
});
const Described = z.discriminatedUnion('scale', [LogValues, LogicleValues, ArcsinhValues, PlainLogValues, BiexValues]);
type Described = z.infer<typeof Described>;

const WORDS =
  'detect, linear, log4, logicle, arcsinh5, arcsinh150, log10, log2, ln, biex, or a mapping with scale and its numbers';

/** The key `values`, as written in a template or in study.yaml. */
export const ValuesEntry = z
  .union([z.string(), Described], { error: `must be ${WORDS}` })
  .transform((written, ctx): ValuesRule => {
    const described = typeof written === 'string' ? ofWord(written) : written;
    if (described === 'detect' || described === 'linear') return described === 'detect' ? 'detect' : { kind: 'linear' };
    const stored = described && storedValues(described, typeof written === 'string' ? written : described.scale);
    if (stored === undefined) return refuseValues(ctx, `must be ${WORDS}`);
    const spec = ScaleSpec.safeParse(stored.spec);
    return spec.success ? stored : refuseValues(ctx, spec.error.issues.map((issue) => issue.message).join('; '));
  })
  .describe(
    'on what scale the files keep their values: detect | linear | log4 | logicle | arcsinh5 | log10 | biex, or a mapping',
  );

function refuseValues(ctx: z.RefinementCtx, message: string): ValuesRule {
  ctx.addIssue({ code: 'custom', message });
  return 'detect';
}

function ofWord(word: string): Described | 'detect' | 'linear' | undefined {
  if (word === 'detect' || word === 'linear') return word;
  // log2 and log10 are logarithms to that base, never axes of two or ten decades.
  if (word === 'log10' || word === 'log2' || word === 'ln') return { scale: word };
  if (word === 'logicle' || word === 'biex') return Described.parse({ scale: word });
  const [, scale, number = ''] = /^(log|arcsinh)(\d+(?:\.\d+)?)$/.exec(word) ?? [];
  const size = Number(number);
  if (!(size > 0)) return undefined;
  if (scale === 'arcsinh') return { scale, cofactor: size };
  // No amplifier had more than seven decades.
  return scale === 'log' && size <= 7 ? { scale, decades: size } : undefined;
}

/** Whether the numbers are logarithms themselves, which end nowhere, and no places on an axis. */
export function isPlainLog({ word }: Extract<StoredValues, { kind: 'display' }>): boolean {
  return word in plainLogs;
}

function storedValues(described: Described, word: string): Extract<StoredValues, { kind: 'display' }> {
  const { only } = described;
  const common = { kind: 'display', word, only } as const;
  switch (described.scale) {
    case 'log': {
      const { decades, channels = 'channels' } = described;
      return { ...common, spec: { kind: 'log', T: 10 ** decades, M: decades }, unit: channels };
    }
    case 'logicle': {
      const { T, W, M, A, unit = M } = described;
      return { ...common, spec: { kind: 'logicle', T, W, M, A }, unit };
    }
    case 'arcsinh':
      return { ...common, spec: { kind: 'arcsinh', cofactor: described.cofactor }, unit: 1 };
    case 'log10':
    case 'log2':
    case 'ln': {
      // With T the base and M its decades, log10(x / T) / M + 1 is the logarithm of x to that base.
      const base = plainLogs[described.scale];
      return { ...common, spec: { kind: 'log', T: base, M: Math.log10(base) }, unit: 1 };
    }
    case 'biex': {
      const { scale: kind, channelRange, positive, negative, widthBasis, maxValue, unit = channelRange } = described;
      const spec = { kind, channelRange, positive, negative, widthBasis, maxValue };
      return { ...common, spec, unit: unit / channelRange };
    }
    default:
      return described satisfies never;
  }
}
