import { describe, expect, it } from 'vitest';
import { detectCompensated, type ParameterName, type Spillover } from '../../src/compensation/index.ts';

const where = { sampleId: 'P01_BL' };
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

describe('whether the values of a file are compensated already', () => {
  it('a raw file of Diva is raw, in peace, although a keyword speaks of compensation', () => {
    const state = detectCompensated(
      { parameters: named('FSC-A', ...channels), keywords: diva, matrix: spill, columns: mixed },
      where,
    );
    expect(state.verdict).toBe('raw');
    expect(state.problems).toEqual([]);
    expect(state.evidence.map(({ kind, points }) => `${kind} ${points}`)).toEqual([
      'keywords compensated',
      'values raw',
    ]);
  });

  it('values without their spillover decide alone', () => {
    const state = detectCompensated(
      { parameters: named(...channels), keywords: none, matrix: spill, columns: dyes },
      where,
    );
    expect(state.verdict).toBe('compensated');
    expect(state.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'warning fcs.already-compensated',
    ]);
    expect(state.problems[0]?.message).toContain('of 7 pairs of dye and detector the values are free of the spillover');
  });

  it.each(['Comp-FITC-A', 'FJComp-FITC-A', '<FITC-A>', 'FITC-A :: comp'])(
    'a name like %s alone is a warning',
    (name) => {
      const state = detectCompensated({ parameters: named(name), keywords: none, matrix: 'none' }, where);
      expect(state.verdict).toBe('raw');
      expect(state.problems.map(({ code }) => code)).toEqual(['compensation.perhaps-compensated']);
    },
  );

  it('such names in an export of FlowJo are two signs', () => {
    const state = detectCompensated(
      { parameters: named('Comp-FITC-A'), keywords: keywords({ CREATOR: 'FlowJo 10.8' }), matrix: 'none' },
      where,
    );
    expect(state.verdict).toBe('compensated');
  });

  it('an identity matrix in an export of FlowJo is another sign; of an instrument it is none', () => {
    const flowjo = keywords({ $CREATOR: 'FlowJo 9' });
    const exported = detectCompensated({ parameters: named('FITC-A'), keywords: flowjo, matrix: 'identity' }, where);
    expect(exported.verdict).toBe('compensated');
    const acquired = keywords({ CREATOR: 'FlowJoCollectorsEdition 7.5.109.7' });
    const raw = detectCompensated({ parameters: named('FITC-A'), keywords: acquired, matrix: 'identity' }, where);
    expect(raw).toMatchObject({ verdict: 'raw', evidence: [], problems: [] });
  });

  it('X beside Comp-X: the pairs are named, so that nobody mixes them', () => {
    const state = detectCompensated(
      { parameters: named('FITC-A', 'PE-A', 'Comp-FITC-A', 'Comp-PE-A'), keywords: none, matrix: 'none' },
      where,
    );
    expect(state.verdict).toBe('compensated');
    expect([...state.compensatedTwins]).toEqual([
      ['FITC-A', 'Comp-FITC-A'],
      ['PE-A', 'Comp-PE-A'],
    ]);
  });

  it('names that say compensated over values that look raw: refused, a person decides', () => {
    const parameters = named(...channels.map((name) => `Comp-${name}`));
    const state = detectCompensated({ parameters, keywords: none, matrix: spill, columns: mixed }, where);
    expect(state.verdict).toBe('contradiction');
    expect(state.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error compensation.contradiction',
    ]);
  });

  it.each([
    ['no events', channels.map(() => new Float64Array())],
    ['all equal', channels.map(() => new Float64Array(500).fill(3))],
    ['all zero', channels.map(() => new Float64Array(500))],
  ])('with %s the values decide nothing that names do not', (_, columns) => {
    const state = detectCompensated({ parameters: named(...channels), keywords: none, matrix: spill, columns }, where);
    expect(state.verdict).toBe('raw');
  });
});
