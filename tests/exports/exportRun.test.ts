import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyOfTinyStudy, cytopair, ownFolder } from '../cli/cytopair.ts';
import { ask, hasPackages } from './python.ts';

const folder = ownFolder();
const out = join(folder.path, 'out');
const exported = (...parts: string[]) => join(out, 'exports', ...parts);
let study = '';

beforeAll(async () => {
  study = copyOfTinyStudy(folder.path, 2);
  const words = ['run', study, '--threads', '0', '--quiet', '--out', out, '--export', 'xlsx,parquet,h5ad,multiqc'];
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

describe('a finished run for other programs', () => {
  it.skipIf(!hasPackages('openpyxl'))('openpyxl reads every cell of the tables, numbers as numbers', () => {
    const { sheets } = ask('readWorkbook.py', exported('tables.xlsx')) as { sheets: Record<string, unknown[][]> };
    expect(Object.keys(sheets)).toEqual(expect.arrayContaining(['about', 'frequencies', 'comparisons', 'problems']));
    const { header, rows } = csv('frequencies');
    expect(sheets.frequencies?.[0]).toEqual(header);
    expect(sheets.frequencies).toHaveLength(rows.length + 1);
    const numbers = header.map((name) => /^(n_|pct_|count|parent_count|depth|visit_index|cells)/.test(name));
    const typed = rows.map((cells) => cells.map((cell, i) => (cell === '' ? null : numbers[i] ? Number(cell) : cell)));
    expect(sheets.frequencies?.slice(1)).toEqual(typed);
  });

  it.skipIf(!hasPackages('pandas', 'pyarrow'))('pandas reads every table with the types of its columns', () => {
    const found = ask('readParquet.py', exported('parquet')) as Record<
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
    for (const name of ['exports.json', 'tables.xlsx']) writeFileSync(join(copy, 'exports', name), 'mine');
    const ended = await cytopair(['export', copy, '--as', 'xlsx']);
    expect(ended.exit).toBe(3);
    expect(ended.stderr).toMatch(/"exports\/tables\.xlsx" exists already/);
    expect(readFileSync(join(copy, 'exports', 'tables.xlsx'), 'utf8')).toBe('mine');
  });
});
