import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countPopulations, tubeBook } from '../../src/gating/index.ts';
import { placementRegistry } from '../../src/placement/index.ts';
import { printProblem, sortProblems } from '../../src/problems/index.ts';
import { readTemplate, showTemplate } from '../../src/template/index.ts';
import { memoryEvents } from '../gating/memoryEvents.ts';
import { placeAll, studyTube, templateWith } from '../placement/inMemory.ts';

const interval = (marker: string) => `gate: { method: interval, marker: ${marker}, min: 5, units: raw }`;
const known = [
  `{ name: T, parent: root, ${interval('A')} }`,
  `{ name: X, parent: T, ${interval('B')} }`,
  `{ name: Y, parent: T, ${interval('C')} }`,
  `{ name: Z, parent: X, ${interval('D')} }`,
];

function read(of: string, parent = 'T') {
  const lines = [...known, `{ name: G, parent: ${parent}, gate: { method: boolean, of: ${of} } }`];
  const text = [
    'cytopair: 1',
    'template: t',
    'version: 1.0.0',
    'markers: { A: {}, B: {}, C: {}, D: {} }',
    'populations:',
    ...lines.map((line) => `  - ${line}`),
  ].join('\n');
  const { value, problems } = readTemplate({ file: 't.yaml', text }, placementRegistry, () => undefined);
  return { template: value, words: sortProblems(problems).map(printProblem) };
}

describe('a combination of populations', () => {
  test('stands in brackets to any depth, and is shown so', () => {
    const { template, words } = read('{ or: [{ and: [X, { not: { or: [Y, Z] } }] }, { not: { and: [X, Y] } }] }');
    expect(words).toEqual([]);
    expect(template && showTemplate(template, placementRegistry)).toContain(
      'G: boolean of (X and not (Y or Z)) or not (X and Y)',
    );
  });

  test('two hundred brackets are read; thousands are told as what they are', () => {
    const deep = (levels: number) => `${'{ not: '.repeat(levels)}{ and: [X, Y] }${' }'.repeat(levels)}`;
    expect(read(deep(200)).words).toEqual([]);
    for (const levels of [300, 20_000]) {
      expect(read(deep(levels)).words).toEqual([
        expect.stringMatching(
          /^t\.yaml:10:\d+: error template\.yaml-syntax: lists and mappings are nested deeper than 256/,
        ),
      ]);
    }
  });

  test('a name deep in the brackets that stands for nothing is told at its place', () => {
    const { words } = read('{ or: [X, { and: [Y, { not: Zed }] }] }');
    expect(words).toEqual([
      't.yaml:10:84: error template.unknown-reference: "Zed" is not a population of this template (name a population of this template: its path or a unique end of it)',
    ]);
  });

  test.each(['{ or: [X, { nott: Y }] }', '{ and: [X, { not: { xor: [Y, Z] } }] }'])(
    '%s: the wrong key is told',
    (of) => {
      expect(read(of).words.join()).toMatch(/template\.unknown-key: key "(?:nott|xor)" is not known here/);
    },
  );
});

describe('a combination that can hold nobody is refused', () => {
  test.each([
    ['{ not: T }', '"not T" holds nobody here: "T/G" lies within it'],
    ['{ and: [X, { not: T }] }', '"not T" holds nobody here: "T/G" lies within it'],
    ['{ or: [X, { not: { or: [Y, T] } }] }', '"not T" holds nobody here: "T/G" lies within it'],
    ['{ not: root }', '"not root" holds nobody here: every population lies within root'],
    ['{ and: [X, { not: X }] }', 'the combination of "T/G" can hold nobody'],
    ['{ and: [Z, { not: X }] }', 'the combination of "T/G" can hold nobody'],
    ['{ and: [{ and: [X, Y] }, { not: { or: [X, Y] } }] }', 'the combination of "T/G" can hold nobody'],
  ])('%s under T', (of, message) => {
    const { template, words } = read(of);
    expect(template).toBeUndefined();
    expect(words).toHaveLength(1);
    expect(words[0]).toContain(`error template.empty-combination: ${message}`);
  });

  test('twice turned round it is the population itself', () => {
    expect(read('{ and: [X, { not: { not: T } }] }').words).toEqual([]);
    expect(read('{ not: T }', 'root').words).toEqual([]);
    expect(read('{ not: X }', 'Z').words[0]).toContain('"not X" holds nobody here');
  });

  test.each(['{ or: [X, T] }', '{ or: [X, { not: X }] }', '{ or: [X, { not: Z }] }'])(
    '%s holds all: a warning',
    (of) => {
      const { template, words } = read(of);
      expect(template).toBeDefined();
      expect(words).toHaveLength(1);
      expect(words[0]).toContain('warning template.full-combination: the combination of "T/G" holds every event');
    },
  );
});

test('counts are those of the definition, event for event, whatever the brackets', () => {
  type Of = string | { and: Of[] } | { or: Of[] } | { not: Of };
  const { of } = fc.letrec<{ of: Exclude<Of, string>; part: Of }>((tie) => ({
    of: fc.oneof(
      fc.record({ and: fc.array(tie('part'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ or: fc.array(tie('part'), { minLength: 2, maxLength: 3 }) }),
      fc.record({ not: tie('part') }),
    ),
    part: fc.oneof({ maxDepth: 4 }, fc.constantFrom('X', 'Y'), tie('of')),
  }));
  const inside = (part: Of, x: boolean, y: boolean): boolean => {
    if (part === 'X') return x;
    if (part === 'Y') return y;
    if (typeof part === 'string') return false;
    if ('not' in part) return !inside(part.not, x, y);
    return 'and' in part ? part.and.every((one) => inside(one, x, y)) : part.or.some((one) => inside(one, x, y));
  };
  const events = [0, 1, 2, 3].map((i) => ({ x: i % 2 === 1, y: i >= 2 }));
  let compared = 0;
  fc.assert(
    fc.property(of, (combination) => {
      const wanted = events.map(({ x, y }) => inside(combination, x, y));
      const isConstant = new Set(wanted).size === 1;
      if (isConstant) return;
      const template = templateWith(
        ['B', 'C'],
        [
          `{ name: X, parent: root, ${interval('B')} }`,
          `{ name: Y, parent: root, ${interval('C')} }`,
          `{ name: G, parent: root, gate: { method: boolean, of: ${JSON.stringify(combination)} } }`,
        ],
      );
      const values = { B: events.map(({ x }) => (x ? 9 : 1)), C: events.map(({ y }) => (y ? 9 : 1)) };
      const { book } = placeAll(template, [studyTube(template, 'tube', values)]);
      const inTube = memoryEvents({ 'B-A': values.B, 'C-A': values.C });
      const { membership } = countPopulations(inTube, tubeBook(book, 'tube'), { membership: true, pictures: false });
      expect([...(membership?.[2] ?? [])]).toEqual(wanted.map(Number));
      compared++;
    }),
  );
  expect(compared).toBeGreaterThan(20);
});
