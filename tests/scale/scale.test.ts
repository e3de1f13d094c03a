import { describe, expect, it } from 'vitest';
import { checkScale, estimateWidth, makeScale, type ScaleSpec, scaleKinds } from '../../src/scale/index.ts';
import { scaleParameters } from '../../src/scale/tools.ts';

describe('a scale that a person wrote', () => {
  it('is handed back when legal', () => {
    const spec = { kind: 'logicle', T: 262144, W: 0.5, M: 4.5, A: 0 };
    expect(checkScale(spec)).toEqual({ spec, faults: [] });
  });

  it.each([
    ['a misspelt kind', { kind: 'logical', T: 1 }, ['"logical" is not a scale; did you mean "logicle"?']],
    ['no kind', { T: 1 }, [expect.stringContaining('a scale needs a kind: linear, log, arcsinh')]],
    ['no mapping', 'arcsinh', ['a scale is a mapping with a kind']],
    ['a missing parameter', { kind: 'log', T: 1000 }, ['log: M must be a finite number; found nothing']],
    [
      'a text for a number',
      { kind: 'arcsinh', cofactor: '5' },
      ['arcsinh: cofactor must be a finite number; found "5"'],
    ],
    [
      'a misspelt parameter',
      { kind: 'arcsinh', cofactor: 5, cofacter: 6 },
      ['arcsinh: "cofacter" is not a parameter of this scale; did you mean "cofactor"?'],
    ],
    ['a foreign name of an object', { kind: 'constructor' }, [expect.stringContaining('"constructor" is not a scale')]],
  ])('with %s is refused in words', (_, spec, faults) => {
    expect(checkScale(spec)).toEqual({ faults });
  });

  it('has all its faults named at once', () => {
    const { faults } = checkScale({ kind: 'logicle', T: 0, W: -1, M: 4.5, A: 0, B: 1 });
    expect(faults).toEqual([
      'logicle: T must be > 0; found "0"',
      'logicle: W must be >= 0; found "-1"',
      'logicle: "B" is not a parameter of this scale; it has T, W, M, A',
    ]);
  });
});

describe('the list of scales', () => {
  it.each(Object.entries(scaleKinds))('%s says what it is, its source, and every parameter in words', (name, kind) => {
    expect(kind.name).toBe(name);
    expect(kind.summary.length).toBeGreaterThan(20);
    expect(kind.source.length).toBeGreaterThan(10);
    for (const { says } of scaleParameters(kind.name as ScaleSpec['kind'])) expect(says.length).toBeGreaterThan(5);
  });
});

describe('a scale that holds its ends', () => {
  const biex = makeScale({
    kind: 'biex',
    channelRange: 4096,
    positive: 4.41854,
    negative: 0,
    widthBasis: -10,
    maxValue: 262144.000029,
  });

  it('gives values beyond the table the end channel', () => {
    expect(biex.forward(-1e6)).toBe(0);
    expect(biex.forward(1e6)).toBe(4096);
    expect(biex.forward(Number.NaN)).toBeNaN();
  });

  it('has the edge of a cut where the flat begins, and nobody or everybody beyond', () => {
    expect(biex.inverse(0)).toBeCloseTo(-132.287, 3);
    expect(biex.inverse(4096)).toBeCloseTo(261622.3, 1);
    expect(biex.inverse(-0.1)).toBe(Number.NEGATIVE_INFINITY);
    expect(biex.inverse(4096.1)).toBe(Number.POSITIVE_INFINITY);
    expect(biex.inverse(Number.NaN)).toBeNaN();
  });

  it('comes back inside the table', () => {
    for (let channel = 0; channel <= 4096; channel += 0.37) {
      expect(biex.forward(biex.inverse(channel))).toBeCloseTo(channel, 8);
    }
  });

  it('refuses a width that leaves no positive decades', () => {
    const spec = { kind: 'biex', channelRange: 256, positive: 0.2, negative: 0, widthBasis: -10, maxValue: 1000 };
    expect(checkScale(spec).faults).toEqual(['biex: positive must be > half of the width (= 0.5 here); found "0.2"']);
  });

  it('in the log of FlowJo workspaces nobody lies below 0', () => {
    const log = makeScale({ kind: 'flowjo-log', offset: 10, decades: 4 });
    expect(log.inverse(0)).toBe(10);
    expect(log.inverse(-0.01)).toBe(Number.NEGATIVE_INFINITY);
    expect(log.inverse(log.forward(1234))).toBeCloseTo(1234, 9);
  });
});

describe('the width of a logicle from negative values', () => {
  const axis = { T: 262144, M: 4.5 };

  it('follows the rule of Parks: r = −262.144 on 18 bits and 4.5 decades is 0.75', () => {
    const { W, rule } = estimateWidth({ count: 5000, quantile5: -262.144 }, axis);
    expect(W).toBeCloseTo(0.75, 12);
    expect(rule).toBe('from-negatives');
  });

  it('is 0.5 with fewer than 100 negatives, and says so', () => {
    expect(estimateWidth({ count: 99, quantile5: -262 }, axis)).toEqual({ W: 0.5, rule: 'too-few-negatives' });
    expect(estimateWidth({ count: 0, quantile5: undefined }, axis)).toEqual({ W: 0.5, rule: 'too-few-negatives' });
  });

  it('is held at 0 when the negatives are next to zero', () => {
    expect(estimateWidth({ count: 500, quantile5: -0.01 }, axis)).toEqual({ W: 0, rule: 'held-at-zero' });
  });

  it('is held below M/2 when one value lies far out, and the scale accepts it', () => {
    const { W, rule } = estimateWidth({ count: 500, quantile5: -1e6 }, axis);
    expect({ W, rule }).toEqual({ W: 2.24, rule: 'held-at-most' });
    expect(checkScale({ kind: 'logicle', ...axis, W, A: 0 }).faults).toEqual([]);
  });
});
