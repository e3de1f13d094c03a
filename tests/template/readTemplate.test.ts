import { describe, expect, test } from 'vitest';
import { printProblem, sortProblems } from '../../src/problems/index.ts';
import { readTemplate, showTemplate } from '../../src/template/index.ts';
import { templateJsonSchema } from '../../src/template/tools.ts';
import { registry } from './fakeRegistry.ts';

const head = 'cytopair: 1\ntemplate: t\nversion: 1.0.0\n';
const lineages = `cytopair: 1
template: lineages
version: 1.0.0
markers: { CD3: {}, CD19: { aliases: [anti-CD19] }, IgD: { optional: true }, FSC-A: {} }
populations:
  - { name: B, parent: Lymphocytes, gate: { method: valley, x: CD19, keep: above } }
  - { name: T, parent: Lymphocytes, gate: { method: valley, x: CD3, keep: above } }
  - { name: Singlets, parent: root, gate: { method: interval, x: FSC-A, min: 30000, units: raw } }
  - { name: Lymphocytes, parent: Singlets, label: lymphocytes, gate: { method: valley, x: FSC-A, keep: below } }
  - { name: Naive, parent: B, gate: { method: valley, x: IgD, keep: above, if_absent: { IgD: parent } } }
denominators: { B: B, Lymphocytes: Lymphocytes }
`;

function read(text: string, bases: Record<string, string> = {}) {
  const loadBase = (reference: string) => {
    const found = bases[reference];
    return found === undefined ? undefined : { file: reference, text: found };
  };
  const { value, problems } = readTemplate({ file: 't.yaml', text }, registry, loadBase);
  return { template: value, words: sortProblems(problems).map(printProblem), problems };
}

function one(text: string, bases: Record<string, string> = {}): string {
  const { words } = read(text, bases);
  expect(words).toHaveLength(1);
  return words[0] ?? '';
}

const populations = (...lines: string[]) =>
  `${head}markers: { CD3: {}, CD19: {} }\npopulations:\n${lines.map((line) => `  - ${line}`).join('\n')}\n`;
const gate = 'gate: { method: valley, x: CD3, keep: above }';

describe('the tree', () => {
  test('order in the file is free; tree order is depth first, siblings as in the file', () => {
    const { template, words } = read(lineages);
    expect(words).toEqual([]);
    expect(template?.populations.map(({ path }) => path)).toEqual([
      'Singlets',
      'Singlets/Lymphocytes',
      'Singlets/Lymphocytes/B',
      'Singlets/Lymphocytes/B/Naive',
      'Singlets/Lymphocytes/T',
    ]);
    expect(template?.populations[1]).toMatchObject({ parent: 'Singlets', depth: 2, label: 'lymphocytes' });
    expect(template?.denominators).toEqual({ B: 'Singlets/Lymphocytes/B', Lymphocytes: 'Singlets/Lymphocytes' });
  });

  test('a denominator may be without a population that lies in it', () => {
    const of = (entry: string) => lineages.replace(/denominators: .*/, `denominators: { NoB: ${entry} }`);
    expect(read(of('{ of: Lymphocytes, without: B }')).template?.denominators).toEqual({
      NoB: { of: 'Singlets/Lymphocytes', without: 'Singlets/Lymphocytes/B' },
    });
    expect(one(of('{ of: B, without: T }'))).toContain(
      'template.not-in-denominator: "Singlets/Lymphocytes/T" does not lie below "Singlets/Lymphocytes/B"',
    );
    for (const without of ['B', 'Lymphocytes', 'root']) {
      expect(one(of(`{ of: B, without: ${without} }`))).toContain('template.not-in-denominator');
    }
    expect(one(of('{ of: B, without: Bee }'))).toContain('template.unknown-reference');
  });

  test('every node knows its place in the text', () => {
    const { template } = read(lineages);
    expect(template?.populations[0]?.where).toEqual({ file: 't.yaml', line: 8, column: 5 });
    expect(template?.populations[0]?.gate.where).toEqual({ file: 't.yaml', line: 8, column: 43 });
  });

  test('a method fills in its defaults', () => {
    const naive = read(lineages).template?.populations.find(({ name }) => name === 'Naive');
    expect(naive?.gate).toMatchObject({
      settings: { x: 'IgD', keep: 'above', prominence: 0.25 },
      markers: ['IgD'],
      ifAbsent: { IgD: 'parent' },
    });
  });

  test('a wrong parent is told with its place and the nearest name', () => {
    expect(
      one(populations(`{ name: Lymphocytes, parent: root, ${gate} }`, `{ name: B, parent: Lymphocites, ${gate} }`)),
    ).toBe(
      't.yaml:7:24: error template.unknown-parent: parent "Lymphocites" of "B" is not a population of this template (did you mean "Lymphocytes"?)',
    );
  });

  test('children of a population without a place are not blamed for it', () => {
    expect(one(populations(`{ name: A, parent: Nowhere, ${gate} }`, `{ name: AA, parent: A, ${gate} }`))).toContain(
      '"Nowhere"',
    );
  });

  test('a bare parent must mean one population', () => {
    const text = populations(
      `{ name: T, parent: root, ${gate} }`,
      `{ name: CD4, parent: T, ${gate} }`,
      `{ name: CD8, parent: T, ${gate} }`,
      `{ name: Naive, parent: CD4, ${gate} }`,
      `{ name: Naive, parent: CD8, ${gate} }`,
      `{ name: CD38, parent: Naive, ${gate} }`,
    );
    expect(one(text)).toContain(
      '11:27: error template.ambiguous-reference: "Naive" is ambiguous: "T/CD4/Naive", "T/CD8/Naive"',
    );
    expect(read(text.replace('parent: Naive', 'parent: CD8/Naive')).template?.populations.at(-1)?.path).toBe(
      'T/CD8/Naive/CD38',
    );
  });

  test('a population may bear the name of its parent', () => {
    const text = populations(`{ name: X, parent: root, ${gate} }`, `{ name: X, parent: X, ${gate} }`);
    expect(read(text).template?.populations.map(({ path }) => path)).toEqual(['X', 'X/X']);
  });

  test('a circle of parents is told once', () => {
    expect(one(populations(`{ name: A, parent: B, ${gate} }`, `{ name: B, parent: A, ${gate} }`))).toContain(
      'A -> B -> A',
    );
  });

  test('siblings must differ by more than case', () => {
    expect(one(populations(`{ name: Th, parent: root, ${gate} }`, `{ name: TH, parent: root, ${gate} }`))).toContain(
      'template.duplicate-population: population "TH" is also on line 6',
    );
  });

  test.each([
    ['CD4/CD8', 'holds "/"'],
    ['-CD4', 'must begin with a letter or digit'],
    ['NA', 'read as a missing value'],
    ['Root', 'the name of all events'],
    ['a:b', 'may hold letters'],
    ['"a "', 'ends with a blank'],
    ['x'.repeat(81), '80 are allowed'],
  ])('the name %s is refused', (name, reason) => {
    expect(one(populations(`{ name: ${name}, parent: root, ${gate} }`))).toContain(reason);
  });

  test.each(['CD27+CD38lo-CD24hi', 'IgD- CD27+ (switched)', 'Gedächtnis', '1_a.b'])(
    'the name %s is allowed',
    (name) => {
      expect(read(populations(`{ name: ${name}, parent: root, ${gate} }`)).words).toEqual([]);
    },
  );
});

describe('gates', () => {
  test.each([
    [
      '{ method: vally, x: CD3, keep: above }',
      'template.unknown-method: method "vally" is not known (did you mean "valley"?)',
    ],
    [
      '{ method: valley, x: CD33, keep: above }',
      'template.unknown-marker: marker "CD33" is not in "markers:" (did you mean "CD3"?)',
    ],
    [
      '{ method: valley, x: CD3, keep: abov }',
      'template.wrong-value: "keep" must be one of above, below, found "abov" (did you mean "above"?)',
    ],
    [
      '{ method: valley, x: CD3, keep: above, prominense: 1 }',
      'template.unknown-key: key "prominense" is not known here (did you mean "prominence"?)',
    ],
    [
      '{ method: valley, x: CD3, keep: above, poool: tube }',
      'template.unknown-key: key "poool" is not known here (did you mean "pool"?)',
    ],
    ['{ method: valley, x: CD3, keep: above, pool: tubes }', 'template.wrong-value: "pool" must be one of tube'],
    [
      '{ method: valley, x: CD3, keep: above, align: core }',
      'template.unknown-alignment: alignment "core" is not known',
    ],
    [
      '{ method: valley, x: CD3, keep: above, if_absent: { CD19: drop } }',
      'template.if-absent-unused: "if_absent" names "CD19", and this gate uses CD3',
    ],
    ['{ method: ridge, part: transitional }', 'template.alignment-missing: method "ridge" needs an alignment'],
    ['{ method: interval, x: CD3, min: 3 }', 'template.units-missing: method "interval" holds coordinates'],
    ['{ method: quadrant, x: CD3, y: CD19, cut: [1, 2] }', 'template.units-missing'],
    ['{ method: boolean, of: { not: Q } }', 'template.unknown-reference: "Q" is not a population of this template'],
    ['{ method: boolean, of: { and: [A] } }', 'template.circular-reference: this gate needs itself: "A" -> "A"'],
    ['{ x: CD3 }', 'template.missing-key: key "method" is missing'],
  ])('%s', (written, expected) => {
    expect(one(populations(`{ name: A, parent: root, gate: ${written} }`))).toContain(expected);
  });

  test('a quadrant whose cuts are found needs no units', () => {
    expect(
      read(populations('{ name: A, parent: root, gate: { method: quadrant, x: CD3, y: CD19, cut: valley } }')).words,
    ).toEqual([]);
  });

  test('everything that is wrong is told at once, sorted by place', () => {
    const { words, template } = read(
      `${head}markers: { CD3: {} }\npopulatoins: []\npopulations:
  - { name: A, parent: rot, gate: { method: valley, x: CD3, keep: above } }
  - { name: B, parent: root, gate: { method: valley, x: CD4, keep: below, k: 1 }, lable: b }
  - { name: C, parent: B, gate: { method: valley, x: CD5, keep: below } }
denominators: { 1B: B, Q: Q }\n`,
    );
    expect(template).toBeUndefined();
    expect(words.map((line) => line.replace(/: error (\S+):.*/, ' $1'))).toEqual([
      't.yaml:5:1 template.unknown-key',
      't.yaml:7:24 template.unknown-parent',
      't.yaml:8:83 template.unknown-key',
      't.yaml:9:54 template.unknown-marker',
      't.yaml:10:17 template.wrong-value',
      't.yaml:10:27 template.unknown-reference',
    ]);
  });

  test('a boolean gate may not need itself through another', () => {
    expect(
      one(
        populations(
          `{ name: P, parent: root, ${gate} }`,
          '{ name: A, parent: P, gate: { method: boolean, of: { not: B } } }',
          '{ name: B, parent: P, gate: { method: boolean, of: { not: A } } }',
        ),
      ),
    ).toContain('"P/A" -> "P/B" -> "P/A"');
  });

  test('an alignment is looked up with its markers and parent', () => {
    const text = (more: string) =>
      `${head}markers: { CD24: {}, CD38: {}, IgD: { optional: true } }
alignments: [{ name: core, parent: B, method: ridge, x: CD38, y: CD24, axes: [IgD] }]
populations:
  - { name: B, parent: root, gate: { method: valley, x: CD24, keep: above${more} } }
  - { name: Tr, parent: B, gate: { method: ridge, align: core, part: transitional, if_absent: { IgD: drop } } }
`;
    const { template, words } = read(text(''));
    expect(words).toEqual([]);
    expect(template?.alignments[0]).toMatchObject({
      parent: 'B',
      markers: ['CD38', 'CD24', 'IgD'],
      settings: { axes: ['IgD'] },
    });
    expect(one(text(', align: core'))).toContain('this gate needs itself: "B" -> "B"');
  });
});

describe('extending', () => {
  const child = (more: string) => `cytopair: 1\ntemplate: child\nversion: 2.0.0\nextends: base.yaml\n${more}`;

  test('what the base has comes first; an equal path is replaced where it stands', () => {
    const { template, words } = read(
      child(`markers: { CD27: {} }
populations:
  - { name: B, parent: Lymphocytes, label: b cells, gate: { method: valley, x: CD19, keep: below } }
  - { name: Memory, parent: B, gate: { method: valley, x: CD27, keep: above } }
`),
      { 'base.yaml': lineages },
    );
    expect(words).toEqual([]);
    expect(template?.name).toBe('child');
    expect(template?.markers.map(({ name }) => name)).toEqual(['CD3', 'CD19', 'IgD', 'FSC-A', 'CD27']);
    expect(template?.populations.map(({ path, label }) => `${path}: ${label}`).slice(2)).toEqual([
      'Singlets/Lymphocytes/B: b cells',
      'Singlets/Lymphocytes/B/Naive: Naive',
      'Singlets/Lymphocytes/B/Memory: Memory',
      'Singlets/Lymphocytes/T: T',
    ]);
  });

  test('remove takes a population and all below it, and tells who still names it', () => {
    expect(read(child('remove: [T]\n'), { 'base.yaml': lineages }).template?.populations).toHaveLength(4);
    expect(one(child('remove: [B]\n'), { 'base.yaml': lineages })).toContain(
      'base.yaml:11:20: error template.removed-reference: "B" was removed by a template that extends this one',
    );
  });

  test('a population added on top does not make a name of the base ambiguous', () => {
    const more = 'populations:\n  - { name: B, parent: T, gate: { method: valley, x: CD3, keep: below } }\n';
    const { template, words } = read(child(more), { 'base.yaml': lineages });
    expect(words).toEqual([]);
    expect(template?.denominators.B).toBe('Singlets/Lymphocytes/B');
  });

  test('a missing base and a circle are told at extends', () => {
    expect(one(child(''))).toContain('t.yaml:4:10: error template.base-not-found: template "base.yaml" is not there');
    const { words } = read(child(''), { 'base.yaml': `${lineages}extends: base.yaml\n` });
    expect(words).toHaveLength(1);
    expect(words[0]).toContain('base.yaml:12:10: error template.base-circular');
  });

  test('a fault in the base is told in the file of the base', () => {
    expect(one(child(''), { 'base.yaml': lineages.replace('x: CD3,', 'x: CD33,') })).toContain(
      'base.yaml:7:64: error template.unknown-marker',
    );
  });
});

describe('the other parts', () => {
  const with_ = (more: string) => `${lineages}${more}`;

  test('scales: estimated, in numbers, by marker; logicle and linear where nothing is said', () => {
    const { template } = read(
      with_(
        'scales: { scatter: { scale: linear }, CD3: { scale: arcsinh, cofactor: 150 }, CD19: { scale: logicle, width: 0.5 }, IgD: { scale: logicle, T: 262144, W: 0.5, M: 4.5, A: 0 } }\n',
      ),
    );
    expect(template?.scales).toEqual({
      fluorescence: { kind: 'logicle', width: 'estimate', decades: 4.5 },
      scatter: { kind: 'linear' },
      byMarker: {
        CD3: { kind: 'fixed', spec: { kind: 'arcsinh', cofactor: 150 } },
        CD19: { kind: 'logicle', width: 0.5, decades: 4.5 },
        IgD: { kind: 'fixed', spec: { kind: 'logicle', T: 262144, W: 0.5, M: 4.5, A: 0 } },
      },
    });
  });

  test.each([
    ['scales: { CD4: { scale: linear } }', 'template.unknown-marker: scale for "CD4", which is no marker'],
    ['scales: { CD3: { scale: logicl } }', 'did you mean "logicle"?'],
    ['scales: { CD3: { scale: logicle, width: 3 } }', 'width 3 is more than half of the 4.5 decades'],
    ['scales: { CD3: { scale: arcsinh, cofactor: -1 } }', 'template.wrong-scale'],
    ['compensation: flie', 'compensation must be file, none, or the name of a CSV file, found "flie"'],
    ['assertions: [{ sum: [T, B], of: Lymphocyte, atLeast: 90, unit: percent }]', 'did you mean "Lymphocytes"?'],
    ['assertions: [{ population: B, of: Lymphocite, between: [1, 20] }]', 'did you mean "Lymphocytes"?'],
    ['assertions: [{ population: B, of: Lymphocytes, between: [20, 1] }]', 'template.'],
    [
      'reservoirs: [{ name: b, for: B, above: { CD20: -0.5 } }]',
      'marker "CD20" is not in "markers:" (did you mean "CD3"?)',
    ],
    ['intensities: { markers: [CD3], populations: [BB] }', '"BB" is not a population'],
    ['amplification: log', '"amplification" must be one of linear, stored'],
    ['values: logicl', 'log4, logicle, arcsinh5'],
    ['values: { scale: log }', 'decades'],
  ])('%s', (more, expected) => {
    expect(one(with_(`${more}\n`))).toContain(expected);
  });

  test('the scale of stored values is detected unless a file says it, the last of them', () => {
    expect(read(lineages).template?.values).toBe('detect');
    const own = read(with_('values: log4\n')).template;
    expect(own?.values).toMatchObject({ kind: 'display', spec: { kind: 'log', T: 10_000, M: 4 }, unit: 'channels' });
    expect(own && showTemplate(own, registry)).toContain('\nvalues: log4\n');
  });

  test('reservoirs, assertions and intensities are looked up', () => {
    const { template, words } = read(
      with_(`reservoirs: [{ name: b-like, for: B, above: { CD19: -0.5 }, below: { CD3: 0.5 } }]
assertions: [{ sum: [T, B], of: Lymphocytes, atLeast: 90, unit: percent }]
intensities: { markers: [CD19], populations: [B, root] }
compensation: matrix.csv
`),
    );
    expect(words).toEqual([]);
    expect(template).toMatchObject({
      reservoirs: [{ name: 'b-like', for: 'Singlets/Lymphocytes/B', above: { CD19: -0.5 }, below: { CD3: 0.5 } }],
      assertions: [
        { sum: ['Singlets/Lymphocytes/T', 'Singlets/Lymphocytes/B'], of: 'Singlets/Lymphocytes', atLeastPercent: 90 },
      ],
      intensities: { markers: ['CD19'], populations: ['Singlets/Lymphocytes/B', 'root'] },
      compensation: { kind: 'named', path: 'matrix.csv', apply: 'default' },
    });
  });

  test('the range in which a population is expected is the one of the last file that states it', () => {
    const { template, words } = read(
      with_(`assertions:
  - { population: B, of: Lymphocytes, between: [1, 20], unit: percent }
  - { population: B, of: Lymphocytes, between: [0, 50], unit: percent }
`),
    );
    expect(words).toEqual([]);
    expect(template?.expectedRanges).toMatchObject([
      { population: 'Singlets/Lymphocytes/B', of: 'Singlets/Lymphocytes', betweenPercent: [0, 50] },
    ]);
  });

  test('two markers may not answer to the same name', () => {
    expect(one(lineages.replace('CD3: {}', 'CD3: { aliases: [CD 19] }'))).toContain('template.duplicate-marker');
  });

  test('a template without populations is refused', () => {
    expect(one(head)).toBe(
      't.yaml: error template.no-populations: the template has no populations (add `populations:`)',
    );
  });

  test('the tree in words', () => {
    const { template } = read(lineages);
    expect(template && showTemplate(template, registry)).toBe(`lineages 1.0.0

markers: CD3, CD19 (or anti-CD19), IgD (optional), FSC-A
compensation: the matrix of each file

root
  Singlets: interval x FSC-A, min 30000; units raw
    Lymphocytes (lymphocytes): valley x FSC-A, keep below
      B: valley x CD19, keep above
        Naive: valley x IgD, keep above; without IgD: equals its parent
      T: valley x CD3, keep above

denominators:
  B = Singlets/Lymphocytes/B
  Lymphocytes = Singlets/Lymphocytes

where nothing else is said:
  interval: min none, max none
  valley: prominence 0.25
`);
  });

  test('the JSON Schema for editors knows the keys of every method', () => {
    const schema = JSON.stringify(templateJsonSchema(registry));
    for (const key of ['prominence', 'if_absent', 'transitional', 'reservoirs', 'atLeast'])
      expect(schema).toContain(`"${key}"`);
  });
});
