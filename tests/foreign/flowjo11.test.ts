import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, test } from 'vitest';
import { importGates } from '../../src/commands/index.ts';
import { countForeign, type ForeignGating, readFlowjo } from '../../src/foreign/index.ts';
import { makeScale } from '../../src/scale/index.ts';
import { floatTube } from './floatTube.ts';

// Documents of our own making, after what others published of the format; none of the program itself was at hand.
const folder = mkdtempSync(join(tmpdir(), 'flowjo11-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const linear = (max: number, min = 0) => ({ transformType: 'Linear', minRange: min, maxRange: max });
const biex = { transformType: 'Biex', T: 262144, A: 0, M: 4.418539922, W: -100, vectorLength: 256 };
const log = { transformType: 'Log', decadesOffset: 1, numberDecades: 4, shift: 0, negate: false };
const axis = (name: string, transform: object) => ({ parameterSpec: { name, descriptiveName: 'x' }, transform });

interface Made {
  readonly name: string | readonly string[];
  readonly type?: string;
  readonly gate?: object;
  readonly desync?: Readonly<Record<string, object>>;
  readonly above: readonly string[];
  readonly part?: number;
  readonly count?: number;
}

/** An analysis of two samples that share all definitions. */
function analysis(made: Readonly<Record<string, Made>>, more: object = {}): object {
  const root = { definition: { name: ['Ungated'], type: 'root', kind: 'ungated' } };
  const definitions = Object.entries(made).map(([id, { name, type = 'gate', gate, desync = {} }]) => [
    `def-${id}`,
    { definition: { name: [name].flat(), type, gateDefinition: gate, desyncTable: desync } },
  ]);
  const populations = ['s1', 's2'].flatMap((sample) => [
    [
      `${sample}-root`,
      {
        parents: { _dataSource: [sample], populationDefinitions: ['def-root'], populations: [] },
        results: { count: 6 },
      },
    ],
    ...Object.entries(made).map(([id, { above, part = 0, count }]) => [
      `${sample}-${id}`,
      {
        definition: { populationNumber: part },
        parents: {
          _dataSource: [sample],
          populationDefinitions: [`def-${id.replace(/#.*/, '')}`],
          populations: above.map((one) => `${sample}-${one}`),
        },
        results: { status: 'valid', ...(count === undefined ? {} : { count }) },
      },
    ]),
  ]);
  const source = (file: string) => ({
    definition: { uri: `C:\\data\\${file}`, customKeywords: { 'File Name': file } },
    parents: { platforms: ['m1'] },
    results: { keywords: { $TOT: '6' }, parameters: { rawData: [{ keywords: { $P1N: 'X', $P1S: 'CD3' } }] } },
  });
  return {
    schemaVersion: '3.0.0',
    dataSources: { s1: source('one.fcs'), s2: source('two.fcs') },
    populationDefinitions: Object.fromEntries([['def-root', root], ...definitions]),
    populations: Object.fromEntries(populations),
    groups: { g: { definition: { name: 'Experiment Data' }, results: { dataSources: ['s1'] } } },
    platforms: {},
    ...more,
  };
}

function archive(document: object, path = 'analyses/analysis-1/analysis-1.json'): Uint8Array {
  return zipSync({ 'workbench.json': strToU8('{}'), [path]: strToU8(JSON.stringify(document)) });
}

function read(document: object): { readonly gating: ForeignGating; readonly said: readonly string[] } {
  const { value, problems } = readFlowjo(archive(document), 'a.flowjo');
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return {
    gating: value,
    said: problems.filter(({ code }) => code !== 'import.unverified').map(({ message }) => message),
  };
}

function members(
  gating: ForeignGating,
  columns: Readonly<Record<string, readonly number[]>>,
  rules: 'exact' | 'flowjo' = 'exact',
  at = 0,
) {
  const sample = gating.samples[at]!;
  const { counts } = countForeign(gating, sample, floatTube(columns), {
    sampleId: 'a',
    file: 'a',
    membership: true,
    rules,
  });
  return Object.fromEntries(sample.populations.map(({ name }, i) => [name, [...counts.membership![i]!]]));
}

const box = (x: readonly number[], y: readonly number[]) => ({
  type: 'rectangle',
  xAxis: axis('X', linear(1024)),
  yAxis: axis('Y', linear(1024)),
  xVertices: x,
  yVertices: y,
  gateResolution: 1024,
});
const columns = { X: [10, 100, 200, 300, 900, 1000], Y: [10, 100, 200, 300, 900, 1000] };

describe('a FlowJo 11 workbench', () => {
  test('samples, tree, groups, counts and keywords; a copy of a gate for one sample is that sample’s alone', () => {
    const { gating, said } = read(
      analysis({
        cells: { name: 'Cells', gate: box([50, 950], [50, 950]), above: ['root'], count: 4 },
        low: {
          name: 'Low',
          gate: box([100, 250], [0, 1e6]),
          desync: { s2: box([200, 250], [0, 1e6]) },
          above: ['cells'],
        },
      }),
    );
    expect(said).toEqual([]);
    expect(gating.program).toBe('FlowJo 11 (unverified)');
    const [one, two] = gating.samples;
    expect(one).toMatchObject({ name: 'one.fcs', fileNames: ['one.fcs'], eventCount: 6, groups: ['Experiment Data'] });
    expect(two?.groups).toEqual([]);
    expect(one?.keywords.get('$P1S')).toBe('CD3');
    expect(one?.populations.map(({ name, parent, storedCount }) => [name, parent, storedCount])).toEqual([
      ['Cells', null, 4],
      ['Low', 's1-cells', null],
    ]);
    expect(members(gating, columns)).toEqual({ Cells: [0, 1, 1, 1, 1, 0], Low: [0, 1, 1, 0, 0, 0] });
    expect(members(gating, columns, 'exact', 1)).toEqual({ Cells: [0, 1, 1, 1, 1, 0], Low: [0, 0, 1, 0, 0, 0] });
  });

  test('quadrants by their number, and combinations of their parents, which stand beside what they combine', () => {
    const quad = {
      ...box([250, 250, 1024, 250, 0], [500, 1024, 500, 0, 500]),
      type: 'quad',
    };
    const { gating, said } = read(
      analysis({
        q: { name: ['LL', 'HL', 'LH', 'HH'], gate: quad, above: ['root'], part: 0 },
        'q#1': { name: '', above: ['root'], part: 1 },
        'q#3': { name: '', above: ['root'], part: 3 },
        not: { name: 'Not LL', type: 'not', above: ['q'] },
        or: { name: 'Either', type: 'or', above: ['q', 'q#3'] },
      }),
    );
    expect(said).toEqual([]);
    expect(members(gating, columns)).toEqual({
      LL: [1, 1, 1, 0, 0, 0],
      HL: [0, 0, 0, 1, 0, 0],
      HH: [0, 0, 0, 0, 1, 1],
      'Not LL': [0, 0, 0, 1, 1, 1],
      Either: [1, 1, 1, 0, 1, 1],
    });
    expect(gating.samples[0]?.populations.map(({ parent }) => parent)).toEqual([null, null, null, null, null]);
  });

  test('places on the display: biexponential and logarithmic axes, open sides, a resolution of its own', () => {
    const spec = {
      kind: 'biex',
      channelRange: 4096,
      positive: 4.418539922,
      negative: 0,
      widthBasis: -100,
      maxValue: 262144,
    } as const;
    const edge = makeScale(spec).inverse(100 * 16);
    const ranges = {
      biex: { type: 'range', xAxis: axis('X', biex), xVertices: [100, 1e6] },
      fine: { type: 'range', xAxis: axis('X', biex), xVertices: [400, 1e6], gateResolution: 1024 },
      // 10^(64 · 4/256 + 1 − 1) = 10.
      log: { type: 'range', xAxis: axis('X', log), xVertices: [64, 128] },
    };
    const { gating, said } = read(
      analysis(
        Object.fromEntries(Object.entries(ranges).map(([id, gate]) => [id, { name: id, gate, above: ['root'] }])),
      ),
    );
    expect(said).toEqual([]);
    const X = [edge - 1e-6, edge + 1e-6, 262144 * 2, 9.99, 10.01, 100];
    const found = members(gating, { X });
    expect(found.biex?.slice(0, 3)).toEqual([0, 1, 1]);
    expect(found.fine).toEqual(found.biex);
    expect(found.log?.slice(3)).toEqual([0, 1, 0]);
  });

  test('polygons exactly, and by channels with vertices where they were drawn; ellipses turned on the display', () => {
    const polygon = {
      ...box([10.4, 20.6, 20.6, 10.4], [0, 0, 1024, 1024]),
      type: 'polygon',
    };
    const ellipse = { ...box([400, 600], [450, 550]), type: 'ellipse', rotationAngle: 90 };
    const { gating, said } = read(
      analysis({
        polygon: { name: 'Polygon', gate: polygon, above: ['root'] },
        ellipse: { name: 'Ellipse', gate: ellipse, above: ['root'] },
      }),
    );
    expect(said).toEqual([]);
    const tube = { X: [10.5, 10.9, 20.5, 20.9, 500, 580], Y: [500, 500, 500, 500, 590, 500] };
    expect(members(gating, tube).Polygon).toEqual([1, 1, 1, 0, 0, 0]);
    // Channel 10 lies below 10.4, channel 20 below 20.6.
    expect(members(gating, tube, 'flowjo').Polygon).toEqual([0, 0, 1, 1, 0, 0]);
    expect(members(gating, tube).Ellipse).toEqual([0, 0, 0, 0, 1, 0]);
  });

  test('the matrix of the workbench, in percent; one that unmixes spectra costs only the gates on it', () => {
    const matrix = (spectral: boolean) => ({
      spilloverMatrix: {
        m1: {
          name: 'Day 1',
          compSpec: {
            CompensationSpec: {
              spectral,
              parameters: [{ name: 'Comp-X' }, { name: 'Comp-Y' }],
              detectors: [{ name: 'X' }, { name: 'Y' }],
              coefficients: [
                [100, 50],
                [0, 100],
              ],
            },
          },
        },
      },
    });
    const gates = {
      raw: {
        name: 'Raw',
        gate: { type: 'range', xAxis: axis('Y', linear(256)), xVertices: [40, 60] },
        above: ['root'],
      },
      own: {
        name: 'Own',
        gate: { type: 'range', xAxis: axis('Comp-Y', linear(256)), xVertices: [-10, 10] },
        above: ['root'],
      },
    };
    const tube = { X: [100, 0], Y: [50, 50] };
    const { gating, said } = read(analysis(gates, { platforms: matrix(false) }));
    expect(said).toEqual([]);
    expect(gating.samples[0]?.matrices[0]).toMatchObject({
      name: 'Day 1',
      rows: [
        [1, 0.5],
        [0, 1],
      ],
    });
    expect(members(gating, tube)).toEqual({ Raw: [1, 1], Own: [1, 0] });
    const spectral = read(analysis(gates, { platforms: matrix(true) }));
    expect(spectral.said).toEqual(['matrix "m1": it unmixes spectra']);
    const counted = countForeign(spectral.gating, spectral.gating.samples[0]!, floatTube(tube), {
      sampleId: 'a',
      file: 'a',
      membership: false,
      rules: 'exact',
    });
    expect(counted.counts.populations.map(({ count }) => count)).toEqual([2, 2, null]);
  });

  test('a gate that cannot be read costs itself and what stands below it, by name', () => {
    const magnetic = { ...box([0, 10], [0, 10]), magnetic: true };
    const shifted = { type: 'range', xAxis: axis('X', { ...log, shift: 5 }), xVertices: [1, 2] };
    const unknown = { type: 'range', xAxis: axis('X', linear(0)), xVertices: [1, 2] };
    const { gating, said } = read(
      analysis({
        magnetic: { name: 'Magnetic', gate: magnetic, above: ['root'] },
        below: { name: 'Below', gate: box([0, 1e6], [0, 1e6]), above: ['magnetic'] },
        shifted: { name: 'Shifted', gate: shifted, above: ['root'] },
        unknown: { name: 'Unknown', gate: unknown, above: ['root'] },
        broken: { name: 'Broken', gate: { type: 'range', xAxis: 'X', xVertices: [1, 2] }, above: ['root'] },
        circle: { name: 'Circle', type: 'and', above: ['other'] },
        other: { name: 'Other', type: 'and', above: ['circle'] },
        sound: { name: 'Sound', gate: box([0, 500], [0, 500]), above: ['root'] },
      }),
    );
    expect(gating.samples[0]?.populations.map(({ name }) => name)).toEqual(['Sound']);
    const text = said.join('\n');
    for (const words of [
      '"Magnetic" of "one.fcs": it is a magnetic gate',
      '"Below" is left out with "Magnetic"',
      '"Shifted" of "one.fcs": "X": its logarithmic axis is shifted',
      '"Unknown" of "one.fcs": "X": its axis runs from 0 to 0',
      '"Broken" of "one.fcs": its gate cannot be read at "xAxis"',
      'gates name each other in a circle',
    ])
      expect(text).toContain(words);
  });

  test('it is imported with the word "unverified", in import.md and among the warnings', () => {
    const path = join(folder, 'a.flowjo');
    writeFileSync(
      path,
      archive(
        analysis({ cells: { name: 'Cells', gate: box([50, 950], [50, 950]), above: ['root'] } }),
        'analyses\\analysis-1\\analysis-1.json',
      ),
    );
    const out = join(folder, 'out');
    const outcome = importGates({ path, format: 'flowjo' }, { out });
    expect([outcome.exit, outcome.problems.map(({ code }) => code)]).toEqual([0, ['import.unverified']]);
    const told = readFileSync(join(out, 'import.md'), 'utf8');
    expect(told).toContain('Read as FlowJo 11 (unverified)');
    expect(told).toContain('tried on no file of the program (unverified)');
    expect(readFileSync(join(out, 'template.yaml'), 'utf8')).toContain('"Cells"');
  });

  test('an archive that is cut, empty, no workbench or too large is refused in words', () => {
    const whole = archive(analysis({}));
    const bomb = claiming(archive(analysis({})), 300_000_000);
    const cases: readonly (readonly [Uint8Array, RegExp])[] = [
      [whole.subarray(0, whole.length - 40), /no sound archive/],
      [zipSync({ 'a.txt': strToU8('x') }), /holds no analysis of FlowJo 11/],
      [zipSync({ 'analyses/analysis-1/analysis-1.json': strToU8('{') }), /no sound JSON/],
      [archive({ populations: {} }), /not written as FlowJo 11 does: "dataSources", "populationDefinitions"/],
      [bomb, /unfolds to more than 256 MB/],
    ];
    for (const [bytes, says] of cases) {
      const { value, problems } = readFlowjo(bytes, 'a.flowjo');
      expect(value).toBeUndefined();
      expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(says)]);
    }
  });
});

/** The same archive, in whose directory every file but the first is said to be so large. */
function claiming(bytes: Uint8Array, size: number): Uint8Array {
  const own = Uint8Array.from(bytes);
  const view = new DataView(own.buffer);
  for (let at = 0; at + 28 < own.length; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, size, true);
  return own;
}
