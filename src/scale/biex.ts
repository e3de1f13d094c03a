import { z } from 'zod';
import { scaleKind } from './scaleKind.ts';
import { widthRatio } from './widthRatio.ts';

const Biex = z
  .strictObject({
    kind: z.literal('biex'),
    channelRange: z
      .int('channelRange must be a whole number')
      .gte(8, 'channelRange must be >= 8')
      .lte(65536, 'channelRange must be <= 65536')
      .describe('coordinate of the upper end; the table has one node more (4096; 256 in old workspaces)'),
    positive: z.number('positive must be a finite number').gt(0, 'positive must be > 0').describe('positive decades'),
    negative: z.number('negative must be a finite number').describe('additional negative decades; below 0 counts as 0'),
    widthBasis: z
      .number('widthBasis must be a finite number')
      .lt(0, 'widthBasis must be < 0')
      .describe('minus ten to the width in decades; widths outside 0.5 to 3 count as 0.5; < 0'),
    maxValue: z.number('maxValue must be a finite number').gt(0, 'maxValue must be > 0').describe('top raw value; > 0'),
  })
  .check((ctx) => {
    const { positive, widthBasis } = ctx.value;
    const half = widthDecades(widthBasis) / 2;
    if (positive > half) return;
    ctx.issues.push({
      code: 'custom',
      path: ['positive'],
      message: `positive must be > half of the width (= ${half} here)`,
      input: positive,
    });
  });
type Biex = z.infer<typeof Biex>;

/** FlowJo's biexponential axis: a table of raw values, one a channel, linear between nodes, held at both ends. */
export const biex = scaleKind({
  name: 'biex',
  summary: "FlowJo's biexponential table; coordinates are channels; values beyond the table share its end",
  source: 'node formula as in cytolib (biexpTrans) and FlowKit 1.3, checked on a table of FlowJo; linear between nodes',
  schema: Biex,
  functions: (spec) => {
    const nodes = rawOfChannels(spec);
    const last = nodes.length - 1;
    const lowest = nodes[0]!;
    const highest = nodes[last]!;
    const forward = (raw: number): number => {
      if (Number.isNaN(raw)) return raw;
      if (raw <= lowest) return 0;
      if (raw >= highest) return last;
      const below = nodeBelow(nodes, raw);
      return below + (raw - nodes[below]!) / (nodes[below + 1]! - nodes[below]!);
    };
    return {
      forward,
      // A cut on the flat ends has its edge where the flat begins; beyond it, everybody or nobody.
      inverse: (coordinate) => {
        if (Number.isNaN(coordinate)) return coordinate;
        if (coordinate < 0) return Number.NEGATIVE_INFINITY;
        if (coordinate > last) return Number.POSITIVE_INFINITY;
        if (coordinate === last) return highest;
        const below = Math.floor(coordinate);
        return nodes[below]! + (coordinate - below) * (nodes[below + 1]! - nodes[below]!);
      },
      forwardColumn: (raw, out) => {
        for (let i = 0; i < raw.length; i++) out[i] = forward(raw[i]!);
      },
    };
  },
});

function widthDecades(widthBasis: number): number {
  const written = Math.log10(-widthBasis);
  return written < 0.5 || written > 3 ? 0.5 : written;
}

/** Raw value of every channel 0 … channelRange; mirrored below the channel of zero, worked from zero outwards. */
function rawOfChannels({ channelRange, positive, negative, widthBasis, maxValue }: Biex): Float64Array {
  const width = widthDecades(widthBasis);
  const extra = Math.max(negative, 0) + width / 2;
  const above = positive - width / 2;
  const half = Math.floor(channelRange / 2);
  const zero = Math.min(Math.floor((extra * channelRange) / (extra + above)), half);
  const decades = zero > 0 ? (extra * channelRange) / zero : above;
  const b = Math.LN10 * decades;
  const relativeWidth = width / (2 * decades);
  const d = b * widthRatio(relativeWidth * b);
  const count = channelRange + 1;
  const P = (maxValue / Math.exp(b)) * Math.exp((zero / count) * b);
  const fading = (b + d) * (relativeWidth + extra / decades) - (zero / count) * d;
  const Q = (maxValue / Math.exp(b)) * Math.exp(fading);
  const nodes = new Float64Array(count);
  for (let j = zero; j < count; j++) {
    const t = (j - zero) / count;
    nodes[j] = P * Math.expm1(b * t) - Q * Math.expm1(-d * t);
  }
  for (let j = 0; j < zero; j++) nodes[j] = -nodes[2 * zero - j]!;
  return nodes;
}

/** The greatest node at or below a raw value that lies inside the table. */
function nodeBelow(nodes: Float64Array, raw: number): number {
  let low = 0;
  let high = nodes.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (nodes[middle]! <= raw) low = middle;
    else high = middle;
  }
  return low;
}
