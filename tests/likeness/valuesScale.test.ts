import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { quantile } from 'd3-array';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFcs } from '../../src/fcs/tools.ts';
import { compareTubes, decideAlone } from '../../src/likeness/index.ts';
import { makeScale } from '../../src/scale/index.ts';
import { lookAtTube, type TubeLook } from '../../src/tube/index.ts';
import { template } from '../batch/tasks.ts';
import { cytopair, ownFolder } from '../cli/cytopair.ts';
import { readNpy } from '../npy.ts';
import { hasTruth, truthPath } from '../truth.ts';
import { valuesRule } from './valuesRule.ts';

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());

interface Written {
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly range?: number;
}

/** Writes a tube and looks at it as a study with `values: …` would; undefined: the key is absent. */
function looked(name: string, { names, columns, range = 262_144 }: Written, values?: string): TubeLook {
  const path = join(folder.path, `${name}.fcs`);
  const parameters = names.map((one) => ({ name: one, range }));
  writeFileSync(path, writeFcs({ parameters, columns, eventCount: columns[0]!.length }));
  const tube = { sampleId: name, path, displayPath: `${name}.fcs`, reading: {} };
  const rule = values === undefined ? {} : { values: valuesRule(values) };
  const look = lookAtTube({ ...tube, ...rule }, template).value;
  if (look === undefined) throw new Error(`${name} cannot be looked at`);
  return look;
}

const inStudy = (look: TubeLook) =>
  ({
    sampleId: look.sampleId,
    subject: null,
    visit: null,
    visitIndex: null,
    panel: '',
    role: 'sample',
    batch: '',
    date: null,
    excluded: false,
    look,
  }) as const;
const codesOf = (look: TubeLook) => decideAlone(look).problems.map((one) => `${one.severity} ${one.code}`);

/** Three stains with a dim and a bright population each, in channels of a log amplifier. */
function logChannels(channels: number, count = 1000): Written {
  const column = (at: number) =>
    Float64Array.from({ length: count }, (_, i) =>
      Math.floor(((i % 3 === at % 3 ? 680 : 160) + ((i * 37 + at * 11) % 90)) * (channels / 1024)),
    );
  return { names: ['FL1-H', 'FL2-H', 'FL3-H'], columns: [0, 1, 2].map(column), range: channels };
}

describe('values that a study says stand on a scale', () => {
  it('are linear in all that a look holds, and in what is decided; the matrix is not applied', () => {
    const look = looked('a', logChannels(1024), 'log4');
    const median = look.channels[0]?.quantiles?.[3] ?? 0;
    expect(median).toBeGreaterThan(10 ** ((160 * 4) / 1024));
    expect(median).toBeLessThan(10 ** ((250 * 4) / 1024));
    const { decision, problems } = decideAlone(look);
    expect(problems).toEqual([]);
    expect(decision).toMatchObject({ values: { kind: 'display', word: 'log4' }, flags: ['display_values'] });
    expect(decision?.compensation).toMatchObject({ isApplied: false });
  });

  it.each([
    ['log4', 256, 'another number of channels, in a file whose $PnR says nothing'],
    ['logicle', 1024, 'channels named as decades'],
    ['{scale: biex}', 256, 'a table of 4096 for one of 256'],
  ])('are refused where they cannot: %s of %i channels (%s)', (values, channels) => {
    const written = { ...logChannels(channels), range: 262_144 };
    expect(codesOf(looked('a', written, values))).toEqual(['error values.beyond-scale']);
  });

  it('are refused where they are plainly linear', () => {
    const columns = [0, 1, 2].map((k) =>
      Float64Array.from({ length: 1000 }, (_, i) => (i % 40 === k ? 150_000 : 100 + i)),
    );
    const look = looked('a', { names: ['A', 'B', 'C'], columns }, 'log4');
    expect(codesOf(look)).toEqual(['error values.beyond-scale']);
    expect(decideAlone(look).decision).toBeUndefined();
  });

  it('are taken as linear, without a word, where the author says so', () => {
    expect(codesOf(looked('a', logChannels(1024)))).toContain('error values.display-scale');
    const linear = decideAlone(looked('a', logChannels(1024), 'linear'));
    expect(linear.problems.filter((one) => one.code.startsWith('values.'))).toEqual([]);
    expect(linear.decision?.values).toEqual({ kind: 'linear' });
  });

  it('on some channels only leave the others as they are', () => {
    const look = looked('a', logChannels(1024), '{scale: log, decades: 4, only: [FL2-H]}');
    expect(look.channels.map((one) => (one.quantiles?.[6] ?? 0) > 1024)).toEqual([false, false, false]);
    expect(look.channels.map((one) => Number.isInteger(one.quantiles?.[6]))).toEqual([true, false, true]);
  });
});

describe('small tubes of a panel', () => {
  it('are judged together where one alone shows too little', () => {
    const looks = Array.from({ length: 4 }, (_, i) => looked(`t${i}`, logChannels(1024, 120)));
    expect(codesOf(looks[0]!)).toContain('warning values.perhaps-display-scale');
    const { findings, decisions } = compareTubes(looks.map(inStudy));
    const found = findings.filter((one) => one.comparison === 'scale of values');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ isRefused: true, sampleIds: ['t0', 't1', 't2', 't3'] });
    expect(decisions.size).toBe(0);
  });
});

describe.skipIf(!hasTruth)("R's logicle values of a real tube", () => {
  const rows = hasTruth
    ? readFileSync(truthPath('truth', 'bcell_pbmc_biir_scale.csv'), 'utf8').trim().split('\n').slice(1)
    : [];
  const scales = rows.map((row) => row.split(','));
  const names = scales.map((cells) => cells[1] ?? '');
  const columnsOf = (file: string, factor = 1): Float64Array[] => {
    const { shape, values } = readNpy(truthPath('truth', file));
    const [count = 0, width = 0] = shape;
    return names.map((_, c) => Float64Array.from({ length: count }, (_x, i) => values[i * width + c]! * factor));
  };

  it('are recognised on 0-4.5 and on 0-1', () => {
    for (const factor of [1, 1 / 4.5]) {
      const look = looked('a', { names, columns: columnsOf('bcell_pbmc_biir_R_logicle.npy', factor) });
      const { decision, problems } = decideAlone(look);
      expect(decision).toBeUndefined();
      expect(problems.map((one) => one.code)).toEqual(['values.display-scale']);
      expect(problems[0]?.hint).toContain(factor === 1 ? '"values: logicle"' : 'unit: 1');
    }
  });

  it("are brought back to R's compensated values by its own widths", () => {
    const logicle = columnsOf('bcell_pbmc_biir_R_logicle.npy');
    const linear = columnsOf('bcell_pbmc_biir_R_compensated.npy');
    for (const [c, [, name = '', , T, W]] of scales.entries()) {
      const values = `{scale: logicle, T: ${T}, W: ${W}, only: ["${name}"]}`;
      const look = looked('a', { names, columns: logicle.map((one) => one.slice(0, 9000)) }, values);
      const own = look.channels.find((one) => one.name === name)?.quantiles ?? [];
      const expected = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map(
        (p) => quantile(linear[c]!.slice(0, 9000), p) ?? 0,
      );
      // Both are printed in single precision, which the logicle stretches at its top.
      own.forEach((value, i) => {
        expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5 * Math.abs(expected[i]!) + 0.002);
      });
    }
  });

  it('of the half-range kind are refused where the unit is another: 0-1 read as 0-4.5', () => {
    const look = looked('a', { names, columns: columnsOf('bcell_pbmc_biir_R_logicle.npy', 1 / 4.5) }, 'logicle');
    expect(codesOf(look)).toEqual(['error values.beyond-scale']);
  });
});

describe.skipIf(!hasTruth)('a published table of scaled values', () => {
  it('is recognised as channels of a biexponential display', () => {
    const text = gunzipSync(readFileSync(truthPath('hipc_tcell', 'hipc_stanford_1228_1A.csv.gz'))).toString('utf8');
    const [header = '', ...lines] = text.trim().split('\n');
    const names = header
      .split(',')
      .slice(0, 7)
      .map((name) => name.replaceAll('"', ''));
    const cells = lines.map((line) => line.split(',').slice(0, 7).map(Number));
    const columns = names.map((_, c) => Float64Array.from(cells, (row) => row[c] ?? 0));
    const { decision, problems } = decideAlone(looked('a', { names, columns }));
    expect(decision).toBeUndefined();
    expect(problems.map((one) => one.message).join()).toContain('channels 0-4095');
    expect(codesOf(looked('a', { names, columns }, 'biex'))).toEqual([]);
  });
});

describe.skipIf(!hasTruth)('channel numbers of a logarithmic display, gated', () => {
  const files = ['x1.fcs', 'x2.fcs', 'x3.fcs', 'x4.fcs'].map((name) =>
    truthPath('cases', 'display-scale-values', name),
  );
  const gate = async (values: string) => {
    const text = readFileSync(truthPath('cases', 'display-scale-values', 'template.yaml'), 'utf8');
    writeFileSync(join(folder.path, 'template.yaml'), `${text}${values}`);
    const ended = await cytopair(['gate', '--template', 'template.yaml', '--threads', '0', '--out', 'out', ...files], {
      cwd: folder.path,
    });
    return { ...ended, table: readFileSync(join(folder.path, 'out', 'frequencies.csv'), 'utf8') };
  };

  it('give no number without a word', async () => {
    const { exit, stderr, table } = await gate('');
    expect(exit).toBe(3);
    expect(stderr).toContain('x1.fcs: error values.display-scale: "FL3-H", "FL1-H" stand on a display scale');
    expect(stderr).toContain('the same in 3 more: x2, x3, x4');
    expect(stderr).toContain('"values: log4"');
    expect(table).not.toMatch(/,ok,/);
  });

  it('give the right numbers where the template names the scale', async () => {
    const { exit, stderr, table } = await gate('values: log4\n');
    expect(exit).toBe(0);
    expect(stderr).not.toContain('error');
    const [head = '', ...rows] = table.trim().split('\n');
    const at = (name: string) => head.split(',').indexOf(name);
    const counts = (population: string) =>
      rows
        .map((row) => row.split(','))
        .flatMap((row) => (row[at('population')] === population ? [Number(row[at('count')])] : []));
    // Drawn: 900 T of 3,000, 540 CD4 of them; the groups lie at 160 and 680 with nothing between.
    expect(counts('T')).toHaveLength(4);
    for (const count of counts('T')) expect(Math.abs(count - 900)).toBeLessThanOrEqual(5);
    for (const count of counts('T/CD4')) expect(Math.abs(count - 540)).toBeLessThanOrEqual(3);
  });

  it('are told by inspect', async () => {
    const { exit, stdout } = await cytopair(['inspect', ...files.slice(0, 1)]);
    expect(exit).toBe(3);
    expect(stdout).not.toContain('right');
    expect(stdout).toMatch(/values +on a display scale: channels 0-1023/);
    const [json] = JSON.parse((await cytopair(['inspect', '--json', ...files.slice(0, 1)])).stdout);
    expect(json.verdict).toMatchObject({ values: 'display', values_keys: expect.arrayContaining(['log4']) });
  });
});

describe('the key "values"', () => {
  it.each([
    ['log4', [1024, 10_000]],
    ['arcsinh150', [1, 150 * Math.sinh(1)]],
    ['log10', [3, 1000]],
    ['log2', [10, 1024]],
    ['ln', [Math.log(5000), 5000]],
    ['{scale: log2, only: [FITC-A]}', [3, 8]],
    ['{scale: log, decades: 5, channels: 256}', [256, 100_000]],
    ['{scale: logicle, unit: 1}', [1, 262_144]],
    ['logicle', [4.5, 262_144]],
    // The last of the table's 4,097 nodes lies one channel below its top value.
    ['biex', [4096, 261_589.9189905]],
  ])('%s reads what the scale writes', (word, [stored = 0, linear = 0]) => {
    const rule = valuesRule(word);
    if (rule === 'detect' || rule.kind === 'linear') throw new Error('a scale was written');
    const unit = rule.unit === 'channels' ? 1024 : rule.unit;
    expect(makeScale(rule.spec).inverse(stored / unit)).toBeCloseTo(linear, 4);
  });

  it.each([
    'log',
    'logical',
    'arcsinh0',
    'log12',
    '{scale: log}',
    '{scale: logicle, W: 4}',
    '{scale: log, decades: 4, chanels: 3}',
    '7',
  ])('refuses %s', (text) => {
    expect(() => valuesRule(text)).toThrow();
  });
});
