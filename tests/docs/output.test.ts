import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { associationColumns } from '../../src/analysis/index.ts';
import { exportRegistry } from '../../src/exports/index.ts';
import { moveColumns } from '../../src/pipeline/tools.ts';
import { copyOfTinyStudy, cytopair, ownFolder } from '../cli/cytopair.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'output.md'), 'utf8');
const folder = ownFolder();
const out = join(folder.path, 'out');

beforeAll(async () => {
  const study = copyOfTinyStudy(folder.path, 2);
  const formats = [...exportRegistry.keys()].join(',');
  const ended = await cytopair([
    'run',
    study,
    '--threads',
    '0',
    '--membership',
    '--quiet',
    '--out',
    out,
    '--export',
    formats,
  ]);
  if (ended.exit !== 0) throw new Error(`the run ended with ${ended.exit}: ${ended.stderr}`);
});
afterAll(() => folder.remove());

/** First cells of the tables below a heading, without their back-ticks; apart from what not every run computes. */
function documented(heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [own = ''] = section.split(/\n###? /);
  const rows = [...own.matchAll(/^\| `([^`]+)` \|.*$/gm)];
  return rows.filter(([row]) => !row.includes('| where computed:')).map((match) => match[1] ?? '');
}

/** A table's columns, those of a named denominator under the one name that the page has for all. */
function columnsOf(file: string): string[] {
  const [header = ''] = readFileSync(join(out, file), 'utf8').split('\n', 1);
  const names = header.split(',').map((name) => name.replace(/^(n_|pct_of_)[A-Z].*?(_lo|_hi)?$/, '$1D$2'));
  return [...new Set(names)];
}

describe('docs/output.md', () => {
  it('names every file and folder of a run', () => {
    const listed = [...page.matchAll(/^\| `([^`]+?)\/?` \|/gm)].map((match) => match[1]);
    const written = readdirSync(out);
    expect(written.length).toBeGreaterThanOrEqual(10);
    for (const name of written) expect(listed, name).toContain(name);
  });

  it('explains every column of every table of a run, in their order, and none that is not there', () => {
    const tables = readdirSync(out).filter((name) => name.endsWith('.csv'));
    expect(tables.length).toBeGreaterThanOrEqual(4);
    for (const table of tables) expect(documented(table), table).toEqual(columnsOf(table));
  });

  it('explains every column of the tables that only some runs write', () => {
    expect(documented('associations.csv')).toEqual(associationColumns.map(({ name }) => name));
    expect(documented('moves.csv')).toEqual(moveColumns.map(({ name }) => name));
  });

  it('has a row for every export format, in their order, and calls drafts what are drafts', () => {
    const formats = [...exportRegistry.values()];
    expect(documented('exports')).toEqual(formats.map(({ name }) => name));
    const [, section = ''] = page.split('\n## exports\n');
    for (const { name, isDraft } of formats) {
      const row = section.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row?.includes('*draft*'), name).toBe(isDraft);
    }
  });

  it('names every file of every export', () => {
    const [, section = ''] = page.split('\n## exports\n');
    const files = readdirSync(join(out, 'exports'), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThanOrEqual(15);
    for (const { name } of files) {
      const general = name
        .replace(/^P\d\d_\w+\.h5ad$/, '<sample_id>.h5ad')
        .replace(/^\w+\.parquet$/, '<table>.parquet')
        .replace(/^.*\.png$/, '<figure>.png');
      expect(section, name).toContain(general === 'README.txt' ? 'README' : general);
    }
  });

  it.each(['placements.json', 'run.json'])('explains every key of %s', (file) => {
    expect(documented(file)).toEqual(Object.keys(JSON.parse(readFileSync(join(out, file), 'utf8'))));
  });

  it('names every key within placements.json, and every kind of geometry that the code has', () => {
    const [, section = ''] = page.split('\n## placements.json\n');
    const [own = ''] = section.split('\n## ');
    const book = JSON.parse(readFileSync(join(out, 'placements.json'), 'utf8'));
    const entries = [...book.scales, ...book.alignments, ...book.gates];
    const tubes = [...book.alignments, ...book.gates].flatMap((one) => one.tubes);
    const keys = [...entries, ...tubes, ...tubes.flatMap((tube) => tube.geometry ?? [])].flatMap(Object.keys);
    const geometries = join(import.meta.dirname, '..', '..', 'src', 'gating', 'geometries');
    const source = readdirSync(geometries)
      .map((name) => readFileSync(join(geometries, name), 'utf8'))
      .join('\n');
    const kinds = [...source.matchAll(/readonly kind: '(\w+)'/g)].map(([, kind = '']) => kind);
    expect(new Set(keys).size).toBeGreaterThanOrEqual(30);
    expect(kinds.length).toBeGreaterThanOrEqual(11);
    for (const name of new Set([...keys, ...kinds])) expect(own, name).toContain(`\`${name}\``);
  });

  it('says nowhere what may not be said: a phenotype is no function, a large p no sameness, and nobody was randomised', () => {
    const forbidden =
      /regulatory B cells increased|unchanged|no difference|unmodified|trend towards|caused|due to|by MSC|significan|transiently/i;
    for (const file of ['report.html', 'methods.txt', 'comparisons.csv', 'visits.csv', 'pairs.csv']) {
      const text = readFileSync(join(out, file), 'utf8').replace(
        /<style>.*?<\/style>|<script.*?<\/script>|<[^>]*>/gs,
        ' ',
      );
      expect(text.length).toBeGreaterThan(500);
      expect(text.match(forbidden)?.[0], file).toBeUndefined();
    }
  });

  it('says of membership what its files hold', () => {
    const [header = ''] = readFileSync(join(out, 'membership', 'P01_BL.csv'), 'utf8').split('\n', 1);
    const paths = readFileSync(join(out, 'frequencies.csv'), 'utf8').split('\n').slice(2);
    const tree = paths.filter((line) => line.startsWith('P01_BL,')).map((line) => line.split(',')[8]);
    expect(header.split(',')).toEqual(tree);
  });
});
