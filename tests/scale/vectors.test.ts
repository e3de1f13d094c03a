import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkScale, makeScale } from '../../src/scale/index.ts';
import { makeRatio, RatioSpec } from '../../src/scale/tools.ts';

// Outside truth: mpmath with 50 digits from the definitions of Gating-ML 2.0, Moore & Parks 2012 and Bagwell 2005;
// biex and flowjo-log: the public re-implementations (cytolib, FlowKit), recomputed with exact arithmetic.
const Tolerance = z.object({ absolute: z.number(), relative: z.number().default(0) });
const Parameters = z.record(z.string(), z.union([z.number(), z.string()]));
const Values = z.object({
  inputs: z.array(z.union([z.number(), z.array(z.number())])),
  outputs: z.array(z.number()),
  tolerance: Tolerance,
});
const Vectors = z.object({
  counts: z.object({ vectors: z.number(), values: z.number(), errors: z.number(), undefined: z.number() }),
  vectors: z.array(
    z.object({
      id: z.string(),
      scale: z.string(),
      parameters: Parameters,
      role: z.string().optional(),
      coefficientsText: z.record(z.string(), z.string()).optional(),
      zeroChannel: z.number().optional(),
      tableNodes: z
        .object({ channels: z.array(z.number()), raw: z.array(z.number()), tolerance: Tolerance })
        .optional(),
      forward: Values,
      inverse: Values.optional(),
    }),
  ),
  errors: z.array(z.object({ id: z.string(), scale: z.string(), parameters: Parameters, why: z.string() })),
  undefined: z.array(
    z.object({
      id: z.string(),
      scale: z.string(),
      parameters: Parameters,
      input: z.union([z.number(), z.string(), z.array(z.number())]),
      expect: z.string(),
    }),
  ),
});
const truth = Vectors.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'transform_vectors.json'), 'utf8')),
);

const specOf = (scale: string, parameters: z.infer<typeof Parameters>): Record<string, number | string> => ({
  kind: scale,
  ...Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, Number(value)])),
});
const build = (scale: string, parameters: z.infer<typeof Parameters>) => {
  const { spec, faults } = checkScale(specOf(scale, parameters));
  if (!spec) throw new Error(faults.join('; '));
  return makeScale(spec);
};

const worst = new Map<string, number>();
let compared = 0;
/** Difference beyond what the vector allows, and a record of the greatest difference per scale and direction. */
function compare(label: string, got: number, want: number, tolerance: z.infer<typeof Tolerance>): void {
  compared++;
  const difference = Math.abs(got - want);
  const relative = difference / Math.max(1, Math.abs(want));
  worst.set(label, Math.max(worst.get(label) ?? 0, relative));
  expect(difference, `${label}: ${got} for ${want}`).toBeLessThanOrEqual(
    tolerance.absolute + tolerance.relative * Math.abs(want),
  );
}

describe('scales agree with values computed to 50 digits', () => {
  afterAll(() => {
    const lines = [...worst].map(([label, value]) => `${label} ${value.toExponential(1)}`);
    console.log(`compared ${compared} values; greatest difference (relative above 1): ${lines.join(', ')}`);
  });

  it.each(truth.vectors.filter((v) => v.role !== 'trap' && v.scale !== 'ratio'))('$id', (vector) => {
    const scale = build(vector.scale, vector.parameters);
    const inputs = vector.forward.inputs.map(Number);
    const column = new Float64Array(inputs.length);
    scale.forwardColumn(Float64Array.from(inputs), column);
    inputs.forEach((x, i) => {
      const want = vector.forward.outputs[i] as number;
      compare(`${vector.scale} forward`, scale.forward(x), want, vector.forward.tolerance);
      compare(`${vector.scale} column`, column[i] as number, want, vector.forward.tolerance);
    });
    vector.inverse?.inputs.forEach((y, i) => {
      const want = vector.inverse?.outputs[i] as number;
      compare(`${vector.scale} inverse`, scale.inverse(Number(y)), want, { absolute: 1e-9, relative: 1e-9 });
    });
    vector.tableNodes?.channels.forEach((channel, i) => {
      const want = vector.tableNodes?.raw[i] as number;
      compare(`${vector.scale} nodes`, scale.inverse(channel), want, { absolute: 1e-6, relative: 1e-9 });
    });
    if (vector.coefficientsText) expect(scale.forward(0)).toBeCloseTo(Number(vector.coefficientsText.x1), 15);
    if (vector.zeroChannel !== undefined) expect(scale.forward(0)).toBe(vector.zeroChannel);
  });

  it.each(truth.vectors.filter((v) => v.scale === 'ratio'))('$id', (vector) => {
    const ratio = makeRatio(RatioSpec.parse(specOf('ratio', vector.parameters)));
    vector.forward.inputs.forEach((pair, i) => {
      const [numerator, denominator] = z.tuple([z.number(), z.number()]).parse(pair);
      compare('ratio', ratio(numerator, denominator), vector.forward.outputs[i] as number, vector.forward.tolerance);
    });
  });

  it('compared every value that the vectors name', () => {
    const named = truth.vectors
      .filter((v) => v.role !== 'trap')
      .reduce(
        (sum, v) =>
          sum +
          v.forward.inputs.length * (v.scale === 'ratio' ? 1 : 2) +
          (v.inverse?.inputs.length ?? 0) +
          (v.tableNodes?.channels.length ?? 0),
        0,
      );
    expect(truth.vectors).toHaveLength(truth.counts.vectors);
    expect(named).toBeGreaterThan(truth.counts.values);
    expect(compared).toBe(named);
  });
});

describe('the printed formula without the mirror at zero is a trap', () => {
  it.each(truth.vectors.filter((v) => v.role === 'trap'))('$id differs below zero and agrees above', (vector) => {
    const scale = build(vector.scale.replace('-literal', ''), vector.parameters);
    vector.forward.inputs.map(Number).forEach((x, i) => {
      const difference = Math.abs(scale.forward(x) - (vector.forward.outputs[i] as number));
      if (x >= 0) expect(difference).toBeLessThan(1e-9);
      else if (x <= -1000) expect(difference).toBeGreaterThan(1e-4);
    });
  });
});

describe('illegal parameters', () => {
  it('all 59 are in the list', () => expect(truth.errors).toHaveLength(59));

  it.each(truth.errors)('$id: $why', ({ scale, parameters, why }) => {
    const spec = specOf(scale, parameters);
    if (scale === 'ratio') {
      const result = RatioSpec.safeParse(spec);
      expect(result.success).toBe(false);
      return;
    }
    const { spec: accepted, faults } = checkScale(spec);
    expect(accepted).toBeUndefined();
    expect(faults.join('\n')).toContain(why.replace(' (= 0 here)', '').replace(/ finite$/, ' a finite number'));
    // biome-ignore lint/suspicious/noExplicitAny: what the types forbid is what this asks.
    expect(() => makeScale(spec as any)).toThrow(RangeError);
  });
});

describe('values without a coordinate', () => {
  it('all 7 are in the list', () => expect(truth.undefined).toHaveLength(7));

  it.each(truth.undefined)('$id gives $expect', ({ scale, parameters, input, expect: want }) => {
    const spec = specOf(scale, parameters);
    if (scale === 'ratio') {
      const [numerator, denominator] = z.tuple([z.number(), z.number()]).parse(input);
      expect(makeRatio(RatioSpec.parse(spec))(numerator, denominator)).toBe(Number(want));
    } else expect(build(scale, parameters).forward(Number(input))).toBe(Number(want));
  });
});
