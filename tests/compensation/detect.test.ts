import { describe, expect, it } from 'vitest';
import { detectCompensated, judgePairs, pairSlopes, type Spillover, signsOf } from '../../src/compensation/index.ts';
import { compensatedTwins, type ParameterName } from '../../src/compensation/tools.ts';

const named = (...names: string[]): ParameterName[] =>
  names.map((name, i) => ({ index: i + 1, name, stain: undefined }));
const keywords = (entries: Record<string, string>): Map<string, string> => new Map(Object.entries(entries));
const none = keywords({});
const diva = keywords({ 'APPLY COMPENSATION': 'TRUE', CREATOR: 'BD FACSDiva Software Version 8.0.1' });

const channels = ['A', 'B', 'C', 'D'];
const spill: Spillover = {
  channels,
  matrix: Float64Array.of(1, 0.2, 0.1, 0.02, 0.15, 1, 0.3, 0, 0, 0.1, 1, 0.2, 0, 0, 0.08, 1),
  source: 'SPILL',
  conditionNumber: 2,
};
/** 4,000 events, each bright in one dye with a spread of intensities, dim in the others. */
const dyes = channels.map((_, k) =>
  Float64Array.from({ length: 4000 }, (_event, i) => (i % 4 === k ? 1000 + ((i * 7919) % 50000) : (i * 31) % 40)),
);
const mixed = channels.map((_, to) =>
  Float64Array.from({ length: 4000 }, (_event, i) =>
    dyes.reduce((sum, column, from) => sum + (column[i] ?? 0) * (spill.matrix[from * 4 + to] ?? 0), 0),
  ),
);

interface Signs {
  readonly parameters: ParameterName[];
  readonly keywords: Map<string, string>;
  readonly matrix: Spillover | 'identity' | 'none';
  readonly columns?: readonly Float64Array[];
}
function detect({ parameters, keywords: own, matrix, columns = [] }: Signs) {
  const kind = typeof matrix === 'string' ? matrix : 'matrix';
  const values = typeof matrix === 'string' ? undefined : judgePairs(matrix, pairSlopes(matrix, columns));
  return detectCompensated(signsOf({ parameters, keywords: own, matrix: kind }), values);
}

describe('whether the values of a file are compensated already', () => {
  it('a raw file of Diva is raw, in peace, although a keyword speaks of compensation', () => {
    const state = detect({ parameters: named('FSC-A', ...channels), keywords: diva, matrix: spill, columns: mixed });
    expect(state.verdict).toBe('raw');
    expect(state.evidence.map(({ kind, points }) => `${kind} ${points}`)).toEqual([
      'keywords compensated',
      'values raw',
    ]);
  });

  it('values without their spillover decide alone', () => {
    const state = detect({ parameters: named(...channels), keywords: none, matrix: spill, columns: dyes });
    expect(state.verdict).toBe('compensated');
    expect(state.evidence.at(-1)?.says).toContain(
      'of 7 pairs of dye and detector the values are free of the spillover',
    );
  });

  it.each(['Comp-FITC-A', 'FJComp-FITC-A', '<FITC-A>', 'FITC-A :: comp'])(
    'a name like %s alone decides nothing',
    (name) => {
      const state = detect({ parameters: named(name), keywords: none, matrix: 'none' });
      expect(state).toMatchObject({ verdict: 'undecided', evidence: [{ kind: 'names' }] });
    },
  );

  it('such names in an export of FlowJo are two signs', () => {
    const state = detect({
      parameters: named('Comp-FITC-A'),
      keywords: keywords({ CREATOR: 'FlowJo 10.8' }),
      matrix: 'none',
    });
    expect(state.verdict).toBe('compensated');
  });

  it('an identity matrix in an export of FlowJo is another sign; of an instrument it is none', () => {
    const flowjo = keywords({ $CREATOR: 'FlowJo 9' });
    const exported = detect({ parameters: named('FITC-A'), keywords: flowjo, matrix: 'identity' });
    expect(exported.verdict).toBe('compensated');
    const acquired = keywords({ CREATOR: 'FlowJoCollectorsEdition 7.5.109.7' });
    const raw = detect({ parameters: named('FITC-A'), keywords: acquired, matrix: 'identity' });
    expect(raw).toMatchObject({ verdict: 'undecided', evidence: [] });
  });

  it('X beside Comp-X: the pairs are named, so that nobody mixes them', () => {
    const parameters = named('FITC-A', 'PE-A', 'Comp-FITC-A', 'Comp-PE-A');
    const state = detect({ parameters, keywords: none, matrix: 'none' });
    expect(state.verdict).toBe('compensated');
    expect([...compensatedTwins(parameters)]).toEqual([
      ['FITC-A', 'Comp-FITC-A'],
      ['PE-A', 'Comp-PE-A'],
    ]);
  });

  it('names that say compensated over values that look raw: refused, a person decides', () => {
    const parameters = named(...channels.map((name) => `Comp-${name}`));
    const state = detect({ parameters, keywords: none, matrix: spill, columns: mixed });
    expect(state.verdict).toBe('contradiction');
  });

  it.each([
    ['no events', channels.map(() => new Float64Array())],
    ['all equal', channels.map(() => new Float64Array(500).fill(3))],
    ['all zero', channels.map(() => new Float64Array(500))],
  ])('with %s the values decide nothing that names do not', (_, columns) => {
    const state = detect({ parameters: named(...channels), keywords: none, matrix: spill, columns });
    expect(state.verdict).toBe('undecided');
  });
});
