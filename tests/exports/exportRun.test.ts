import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRegistry } from '../../src/exports/index.ts';
import { sha256 } from '../../src/tables/index.ts';
import { copyOfTinyStudy, cytopair, ownFolder } from '../cli/cytopair.ts';
import { ask, hasPackages, runModule } from './python.ts';

const folder = ownFolder();
const out = join(folder.path, 'out');
const exported = (...parts: string[]) => join(out, 'exports', ...parts);
let study = '';

beforeAll(async () => {
  study = copyOfTinyStudy(folder.path, 2);
  const words = [
    'run',
    study,
    '--threads',
    '0',
    '--quiet',
    '--out',
    out,
    '--export',
    [...exportRegistry.keys()].join(','),
  ];
  const ended = await cytopair(words);
  if (ended.exit !== 0) throw new Error(`the run ended with ${ended.exit}: ${ended.stderr}`);
});
afterAll(() => folder.remove());

/** The table as the run wrote it: header, and cells by column. */
function csv(name: string): { header: string[]; rows: string[][] } {
  const [header = '', ...lines] = readFileSync(join(out, `${name}.csv`), 'utf8')
    .trimEnd()
    .split('\n');
  return { header: header.split(','), rows: lines.map((line) => line.split(',')) };
}

/** A template of ImmPort as pandas would read it with two lines skipped: rows by column, without the first. */
function tabbed(...path: string[]): Record<string, string>[] {
  const [, , header = '', ...lines] = readFileSync(exported(...path), 'utf8')
    .trimEnd()
    .split('\n');
  const names = header.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, i) => [names[i] ?? '', cell])));
}

describe('a finished run for other programs', () => {
  it.skipIf(!hasPackages('openpyxl'))('openpyxl reads every cell of the tables, numbers as numbers', () => {
    const { sheets } = ask('readWorkbook.py', exported('frequencies.xlsx')) as { sheets: Record<string, unknown[][]> };
    expect(Object.keys(sheets)).toEqual(expect.arrayContaining(['about', 'frequencies', 'comparisons', 'problems']));
    expect(Object.keys(sheets)[0]).toBe('frequencies');
    const { header, rows } = csv('frequencies');
    expect(sheets.frequencies?.[0]).toEqual(header);
    expect(sheets.frequencies).toHaveLength(rows.length + 1);
    const numbers = header.map((name) => /^(n_|pct_|count|parent_count|depth|visit_index|cells)/.test(name));
    const typed = rows.map((cells) => cells.map((cell, i) => (cell === '' ? null : numbers[i] ? Number(cell) : cell)));
    expect(sheets.frequencies?.slice(1)).toEqual(typed);
  });

  it.skipIf(!hasPackages('pandas', 'pyarrow'))('pandas reads every table with the types of its columns', () => {
    const found = ask('readParquet.py', exported('.')) as Record<
      string,
      { types: Record<string, string>; rows: unknown[][] }
    >;
    const tables = readdirSync(out).filter((name) => name.endsWith('.csv'));
    expect(Object.keys(found)).toEqual(tables.map((name) => name.slice(0, -4)).sort());
    expect(found.frequencies?.types).toMatchObject({
      sample_id: 'string',
      count: 'int64',
      pct_parent: 'double',
      depth: 'int64',
    });
    expect(found.comparisons?.types).toMatchObject({ reject: 'bool', p: 'double', n_pairs: 'int64' });
    const { header, rows } = csv('frequencies');
    const [count, percent] = ['count', 'pct_parent'].map((name) => header.indexOf(name)) as [number, number];
    expect(found.frequencies?.rows.map((row) => [row[count], row[percent]])).toEqual(
      rows.map((row) => [Number(row[count]), row[percent] === '' ? null : Number(row[percent])]),
    );
  });

  it.skipIf(!hasPackages('anndata'))('anndata reads the events of a tube, and counts what the run counted', () => {
    const tube = ask('readAnnData.py', exported('h5ad', 'P01_BL.h5ad')) as {
      shape: number[];
      counts: Record<string, number>;
      categories: Record<string, number>;
      tube: object;
      channels: string[];
      first: number[];
    };
    const { header, rows } = csv('frequencies');
    const own = rows
      .filter((row) => row[0] === 'P01_BL')
      .map((row) => [row[header.indexOf('population')], Number(row[header.indexOf('count')])] as const);
    expect(own.length).toBeGreaterThan(10);
    const [root, ...populations] = own;
    expect(tube.shape[0]).toBe(root?.[1]);
    expect(Object.entries(tube.counts)).toEqual(populations);
    expect(Object.values(tube.categories).reduce((sum, one) => sum + one, 0)).toBe(root?.[1]);
    expect(tube.tube).toEqual({ sample_id: 'P01_BL', subject: 'P01', visit: 'BL' });
  });

  it.skipIf(!hasPackages('rocrate'))('rocrate finds every file of the run with its hash, and what made it', () => {
    const crate = ask('readCrate.py', out) as {
      files: Record<string, string>;
      inputs: number;
      outputs: number;
      program: string[];
    };
    const record = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
    expect(Object.keys(crate.files)).toHaveLength(record.outputs.length + 1);
    for (const [id, hash] of Object.entries(crate.files)) {
      expect(sha256(readFileSync(join(out, decodeURIComponent(id)))), id).toBe(hash);
    }
    expect([crate.inputs, crate.outputs]).toEqual([record.inputs.length, record.outputs.length + 1]);
    expect(crate.program).toEqual(['cytopair', record.versions.cytopair]);
  });

  it('the linked data of the crate names nothing that it does not describe', () => {
    const crate = JSON.parse(readFileSync(join(out, 'ro-crate-metadata.json'), 'utf8'));
    const graph: Record<string, unknown>[] = crate['@graph'];
    const ids = graph.map((one) => one['@id']);
    expect(new Set(ids).size).toBe(ids.length);
    const refer = (value: unknown): unknown[] => {
      if (Array.isArray(value)) return value.flatMap(refer);
      if (typeof value !== 'object' || value === null) return [];
      return '@id' in value ? [value['@id']] : Object.values(value).flatMap(refer);
    };
    const named = graph.flatMap((one) => Object.values(one).flatMap(refer));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((id) => !ids.includes(id))).toEqual(['https://w3id.org/ro/crate/1.1']);
  });

  it('MIFlowCyt has every item of the standard, filled or named as open', () => {
    const text = readFileSync(exported('miflowcyt.md'), 'utf8');
    const items = [...text.matchAll(/^\*\*(\d\.\d) [^*]+\.\*\* (.+)$/gm)].map(([, number = '', words = '']) => [
      number,
      words,
    ]);
    expect(items.map(([number]) => number)).toEqual([
      '1.1',
      '1.2',
      '1.3',
      '1.4',
      '1.5',
      '1.6',
      '1.7',
      '1.8',
      '2.1',
      '2.2',
      '2.3',
      '2.4',
      '3.1',
      '3.2',
      '3.3',
      '4.1',
      '4.2',
      '4.3',
      '4.4',
    ]);
    expect(text).toContain('| APC-A | CD38 APC | not recorded in the file |');
    expect(text).toContain(
      `| P01_BL | fcs/P01_BL.fcs | 4000 | ${sha256(readFileSync(join(folder.path, 'fcs', 'P01_BL.fcs')))} |`,
    );
    expect(text).toMatch(/1\.3 .*visits BL \(baseline, day 0\), M1 \(month 1, day 30\); 2 patients, 4 sample tubes/);
  });

  it('ImmPort: a row a statistic, within the lengths of its templates, times in days from the first visit', () => {
    const rows = tabbed('immport', 'FCM_Derived_data.txt');
    const { header, rows: table } = csv('frequencies');
    const of = (name: string) => header.indexOf(name);
    const trans = table.find((row) => row[0] === 'P02_M1' && row[of('population')]?.endsWith('/CD24hiCD38hi'));
    const own = rows.filter(
      (row) => row['Expsample ID'] === 'P02_M1' && row['Population Name Reported'] === 'B/CD24hiCD38hi',
    );
    expect(
      own.map((row) => [row['Population Stat Unit Reported'], row['Population Statistic (count, percentile, etc)']]),
    ).toEqual([
      ['% of B', trans?.[of('pct_parent')]],
      ['% of Lymphocytes', trans?.[of('pct_of_Lymphocytes')]],
      ['% of Leukocytes', trans?.[of('pct_of_Leukocytes')]],
      ['events', trans?.[of('count')]],
    ]);
    for (const row of rows)
      expect(
        Math.max(row['Population Name Reported']!.length, row['Gating Definition Reported']!.length),
      ).toBeLessThanOrEqual(150);
    const days = tabbed('immport', 'experimentSamples.Flow_Cytometry.txt').map((row) => [
      row['Expsample ID'],
      row['Study Time Collected'],
      row['Planned Visit ID'],
    ]);
    expect(days.slice(0, 2)).toEqual([
      ['P01_BL', '0', 'BL'],
      ['P01_M1', '32', 'M1'],
    ]);
    expect(readFileSync(exported('immport', 'README.txt'), 'utf8')).toMatch(/^DRAFT/);
  });

  it('SDTM CP: required variables everywhere, a sequence a patient, the day of the baseline is 1', () => {
    const [header = '', ...lines] = readFileSync(exported('sdtm', 'cp.csv'), 'utf8').trimEnd().split('\n');
    const names = header.split(',');
    const rows = lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell])));
    expect(rows.length).toBeGreaterThan(100);
    for (const row of rows) {
      expect([row.STUDYID, row.DOMAIN, row.USUBJID, row.CPTEST].every((cell) => cell !== '')).toBe(true);
      expect(row.CPTESTCD).toMatch(/^[A-Z][A-Z0-9_]{0,7}$/);
      expect(row.CPMRKSTR).toMatch(/^[A-Za-z0-9+-]*(\/[A-Za-z0-9+-]+)?$/);
    }
    const keys = rows.map((row) => `${row.USUBJID} ${row.CPSEQ}`);
    expect(new Set(keys).size).toBe(rows.length);
    const trans = rows.filter((row) => row.CPREFID === 'P01_M1' && row.CPSBMRKS === 'CD24hiCD38hi');
    expect(trans[0]).toMatchObject({
      CPTEST: 'B Sub',
      CPORRESU: '%',
      VISITNUM: '2',
      VISIT: 'M1',
      CPDY: '33',
      CPBLFL: '',
    });
    expect(trans[0]?.CPMRKSTR).toMatch(/CD19\+.*CD38hiCD24hi.*\/.*CD19\+$/);
    expect(readFileSync(exported('sdtm', 'README.txt'), 'utf8')).toMatch(/^DRAFT/);
  });

  it('MultiQC: a table of tubes and one of populations, a row a tube', () => {
    for (const [name, column] of [
      ['tubes', 'status'],
      ['populations', 'Singlets/Live'],
    ] as const) {
      const content = JSON.parse(readFileSync(exported(`cytopair_${name}_mqc.json`), 'utf8'));
      expect(content).toMatchObject({ id: `cytopair_${name}`, plot_type: 'table' });
      expect(Object.keys(content.data)).toEqual(['P01_BL', 'P01_M1', 'P02_BL', 'P02_M1']);
      expect(content.data.P01_BL).toHaveProperty([column]);
      expect(content.headers).toHaveProperty([column]);
    }
  });

  it.skipIf(!hasPackages('multiqc'))('MultiQC itself makes two tables of it, a row a tube', () => {
    const report = join(folder.path, 'multiqc');
    runModule('multiqc', exported(), '--outdir', report, '--quiet', '--no-ansi');
    for (const name of ['tubes', 'populations']) {
      const table = readFileSync(join(report, 'multiqc_data', `multiqc_cytopair_${name}_table.txt`), 'utf8');
      expect(
        table
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) => line.split('\t')[0]),
      ).toEqual(['P01_BL', 'P01_M1', 'P02_BL', 'P02_M1']);
    }
  });

  it('each figure as a PNG of 600 dots an inch at its width, letters and all', () => {
    const figures = readdirSync(join(out, 'figures'));
    expect(readdirSync(exported('figures'))).toEqual(figures.map((name) => name.replace('.svg', '.png')));
    for (const name of figures) {
      const { width, height, data, channels } = decode(readFileSync(exported('figures', name.replace('.svg', '.png'))));
      const [, wide, high] =
        /width="([\d.]+)mm" height="([\d.]+)mm"/.exec(readFileSync(join(out, 'figures', name), 'utf8')) ?? [];
      expect([width, height].map((dots) => Math.round((dots / 600) * 25.4))).toEqual(
        [wide, high].map((mm) => Math.round(Number(mm))),
      );
      // The title stands in the upper left: without a font nothing would be there.
      const inTitle = Array.from({ length: Math.round(height * 0.08) * Math.round(width / 2) }, (_, i) => {
        const [x, y] = [i % Math.round(width / 2), Math.floor(i / Math.round(width / 2))];
        return data[(y * width + x) * channels] ?? 255;
      });
      expect(inTitle.filter((light) => light < 100).length, name).toBeGreaterThan(200);
    }
  });

  it('after the fact the same bytes come out, and a study that was changed since is refused', async () => {
    const copy = join(folder.path, 'later');
    cpSync(out, copy, { recursive: true });
    rmSync(join(copy, 'exports'), { recursive: true });
    const words = ['export', copy, '--as', 'immport,parquet,miflowcyt', '--study'];
    const ended = await cytopair([...words, study]);
    expect([ended.exit, ended.stderr]).toEqual([0, expect.stringMatching(/^cytopair: \d+ files in 3 formats/)]);
    for (const name of ['immport/FCM_Derived_data.txt', 'pairs.parquet', 'miflowcyt.md']) {
      expect(readFileSync(join(copy, 'exports', name)), name).toEqual(readFileSync(exported(name)));
    }
    const other = join(folder.path, 'other.yaml');
    writeFileSync(other, `${readFileSync(study, 'utf8')}# a remark\n`);
    const refused = await cytopair([...words, other]);
    expect([refused.exit, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/output\.changed: the study "study\.yaml" was changed since the run/),
    ]);
    const far = ownFolder();
    cpSync(copy, far.path, { recursive: true });
    const without = await cytopair(['export', far.path, '--as', 'sdtm-cp,xlsx']);
    far.remove();
    expect([without.exit, without.stderr]).toEqual([
      2,
      expect.stringMatching(/output\.no-study: sdtm-cp: "study\.yaml" was not found from here/),
    ]);
  });

  it('a later run in the folder takes away the exports of the former, and nothing of the person', async () => {
    const copy = join(folder.path, 'again');
    cpSync(out, copy, { recursive: true });
    writeFileSync(join(copy, 'exports', 'mine.txt'), 'mine');
    expect((await cytopair(['run', study, '--threads', '0', '--quiet', '--out', copy])).exit).toBe(0);
    expect(
      readdirSync(join(copy, 'exports'), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map(({ name }) => name),
    ).toEqual(['mine.txt']);
  });

  it('a table that was changed by hand is not exported under the name of the run', async () => {
    const copy = join(folder.path, 'changed');
    cpSync(out, copy, { recursive: true });
    writeFileSync(join(copy, 'pairs.csv'), `${readFileSync(join(copy, 'pairs.csv'), 'utf8')}\n`);
    const ended = await cytopair(['export', copy, '--as', 'xlsx']);
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/output\.changed: "pairs\.csv" was changed since the run wrote it/);
  });

  it('a format that is not known is told with those that are, before anything runs', async () => {
    const none = join(folder.path, 'none');
    const ended = await cytopair(['run', study, '--out', none, '--export', 'xslx,parquet,spss']);
    expect([ended.exit, existsSync(none)]).toEqual([2, false]);
    expect(ended.stderr).toMatch(/"xslx" \(did you mean "xlsx"\? known: xlsx, parquet/);
    expect(ended.stderr).toMatch(/"spss" \(known: xlsx/);
  });

  it('a file of the person is not overwritten', async () => {
    const copy = join(folder.path, 'taken');
    cpSync(out, copy, { recursive: true });
    for (const name of ['exports.json', 'frequencies.xlsx']) writeFileSync(join(copy, 'exports', name), 'mine');
    const ended = await cytopair(['export', copy, '--as', 'xlsx']);
    expect(ended.exit).toBe(3);
    expect(ended.stderr).toMatch(/"exports\/frequencies\.xlsx" exists already/);
    expect(readFileSync(join(copy, 'exports', 'frequencies.xlsx'), 'utf8')).toBe('mine');
  });
});
