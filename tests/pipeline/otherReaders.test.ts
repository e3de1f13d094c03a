import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { analyze } from '../../src/pipeline/index.ts';

const runs = (command: string, args: readonly string[]) =>
  spawnSync(command, [...args], { stdio: 'ignore' }).status === 0;
const hasPython = runs('python3', ['--version']);
const hasPandas = runs('python3', ['-c', 'import pandas']);
const hasDuckdb = runs('python3', ['-c', 'import duckdb']);
const hasR = runs('Rscript', ['--version']);
for (const [name, isThere] of Object.entries({ pandas: hasPandas, duckdb: hasDuckdb, Rscript: hasR })) {
  if (!isThere) console.log(`skipped: ${name} is not installed, so its reading of our tables is not tried`);
}

const out = join(mkdtempSync(join(tmpdir(), 'readers-')), 'out');
const tables = ['comparisons.csv', 'pairs.csv', 'visits.csv'];

// A patient without M1, a zero, a name with an umlaut: what makes columns change their type in other readers.
const rows = [
  ['Müller', 4.1, 6.3],
  ['P02', 2.2, 4.9],
  ['P03', 0, 0.4],
  ['P04', 3.3, 3.3],
  ['P05', 5.1, 8.8],
  ['P06', 1.9, null],
] as const;

beforeAll(async () => {
  const folder = join(out, '..');
  const lines = rows.flatMap(([subject, from, to]) => [
    `${subject},BL,B/Tr,${from}`,
    ...(to === null ? [] : [`${subject},M1,B/Tr,${to}`]),
  ]);
  writeFileSync(join(folder, 'f.csv'), `subject,visit,population,pct_parent\n${lines.join('\n')}\n`);
  writeFileSync(
    join(folder, 'study.yaml'),
    'cytopair: 1\nstudy: s\nvisits: [BL, M1]\nfamilies: [{ id: f, role: primary, comparison: M1-BL, endpoints: [{ population: B/Tr }] }]\n',
  );
  const { signal } = new AbortController();
  const options = { out, threads: 0, quiet: true, fresh: false, membership: false, signal };
  const { exit, problems } = await analyze(join(folder, 'f.csv'), join(folder, 'study.yaml'), options);
  if (exit !== 0) throw new Error(JSON.stringify(problems));
});

describe('the tables in other programs, read without options', () => {
  test.runIf(hasPython)(
    "python's csv: as many cells as the header in every row, logical values in capitals, no NaN",
    () => {
      const program = `
import csv, json, sys
found = []
for name in sys.argv[2:]:
    rows = list(csv.DictReader(open(sys.argv[1] + '/' + name, encoding='utf-8', newline='')))
    assert all(None not in row and None not in row.values() for row in rows), name
    cells = [cell for row in rows for cell in row.values()]
    assert not any(cell in ('NaN', 'nan', 'Infinity', 'NA', 'null', 'true', 'false', '-0') for cell in cells), name
    found.append([name, len(rows)])
print(json.dumps(found))`;
      const said = execFileSync('python3', ['-c', program, out, ...tables], { encoding: 'utf8' });
      const found: [string, number][] = JSON.parse(said);
      expect(found.map(([name]) => name)).toEqual(tables);
      for (const [, count] of found) expect(count).toBeGreaterThan(0);
    },
  );

  test.runIf(hasPandas)('pandas: numbers are numbers, logical values are logical, gaps are gaps', () => {
    const program = `
import pandas as pd, sys
c = pd.read_csv(sys.argv[1] + '/comparisons.csv'); p = pd.read_csv(sys.argv[1] + '/pairs.csv')
assert c['planned'].dtype == bool and p['used'].dtype == bool
assert all(pd.api.types.is_numeric_dtype(p[k]) for k in ('pct_from', 'pct_to', 'delta', 'rank'))
assert p['pct_to'].isna().sum() == 1 and 'Müller' in set(p['subject'])
print('read')`;
    expect(execFileSync('python3', ['-c', program, out], { encoding: 'utf8' })).toBe('read\n');
  });

  test.runIf(hasDuckdb)('DuckDB: the same types', () => {
    const program = `
import duckdb, sys
kinds = dict((r[0], r[1]) for r in duckdb.sql("describe select * from '" + sys.argv[1] + "/pairs.csv'").fetchall())
assert kinds['pct_to'] == 'DOUBLE' and kinds['used'] == 'BOOLEAN', kinds
print('read')`;
    expect(execFileSync('python3', ['-c', program, out], { encoding: 'utf8' })).toBe('read\n');
  });

  test.runIf(hasR)('R: the same types', () => {
    const program = `p <- read.csv(file.path(commandArgs(TRUE)[1], "pairs.csv")); stopifnot(is.numeric(p$pct_to), is.logical(p$used), sum(is.na(p$pct_to)) == 1); cat("read\\n")`;
    expect(execFileSync('Rscript', ['-e', program, out], { encoding: 'utf8' })).toBe('read\n');
  });
});
