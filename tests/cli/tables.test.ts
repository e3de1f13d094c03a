import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasTruth, truthPath } from '../truth.ts';
import { copyOfTinyStudy, cytopair, ownFolder } from './cytopair.ts';

let folder = ownFolder();
beforeEach(() => {
  folder = ownFolder();
});
afterEach(() => folder.remove());
const here = (...args: string[]) => cytopair(args, { cwd: folder.path });

const study = `cytopair: 1
study: tables
visits: [BL, M1]
comparisons: [{ id: c, from: BL, to: M1 }]
families:
  - { id: f, comparison: c, test: signed_rank, scale: log-ratio, adjust: none, sensitivity: [], endpoints: [{ population: T, measure: cells_per_ul }] }
`;
const cells = [985, 1234, 870, 1120, 1010, 1350, 640, 905, 1420, 1610, 955, 1180];
const rows = cells.map((x, i) => [`P${1 + Math.floor(i / 2)}`, i % 2 === 0 ? 'BL' : 'M1', 'T', x] as const);
const columns = ['subject', 'visit', 'population', 'cells_per_ul'];
const grouped = (x: number, mark: string) => String(x).replace(/\B(?=(?:\d{3})+$)/g, mark);

async function analyzed(name: string, content: string | Uint8Array) {
  writeFileSync(join(folder.path, 'study.yaml'), study);
  writeFileSync(join(folder.path, name), content);
  return here('analyze', name, '--study', 'study.yaml', '--out', `out-${name}`, '--quiet');
}

/** 6 of 6 up, ratio 1.27, exact p 2 of 64: by hand from the twelve counts. */
const right = /T cells_per_ul {6}6 {6}6\/0 {2}ratio 1\.27 /;

describe('the same counts, as Excel writes them in three countries', () => {
  it.each([
    ['us.csv', `${columns.join(',')}\n${rows.map(([s, v, p, x]) => `${s},${v},${p},"${grouped(x, ',')}"\n`).join('')}`],
    ['de.csv', `${columns.join(';')}\n${rows.map(([s, v, p, x]) => `${s};${v};${p};${grouped(x, '.')}\n`).join('')}`],
    ['ch.csv', `${columns.join(';')}\n${rows.map(([s, v, p, x]) => `${s};${v};${p};${grouped(x, '’')}\n`).join('')}`],
  ])('%s', async (name, text) => {
    const ended = await analyzed(name, text);
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toMatch(right);
    expect(ended.stderr).toContain('note input.thousands');
  });

  it('as a workbook', async () => {
    const sheets = [{ name: 'T', rows: [columns, ...rows.map((row) => [...row])] }];
    const ended = await analyzed('t.xlsx', await writeXlsx({ sheets }));
    expect(ended.stderr).toMatch(/^cytopair: \d+ comparisons?, 0 warnings/);
    expect(ended.stdout).toMatch(right);
  });
});

describe.skipIf(!hasTruth)('cases with their right values', () => {
  const run = async (set: string, name: string, plan = 'study.yaml') => {
    const at = (file: string) => truthPath('cases', set, file);
    return here('analyze', at(name), '--study', at(plan), '--out', 'out', '--quiet');
  };

  it.each(['plain.csv', 'excel_us.csv', 'excel_de.csv'])('thousands-separator: %s', async (name) => {
    const ended = await run('thousands-separator', name);
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toMatch(right);
    expect(ended.stdout).toContain('p = 0.0313 (2 of 64)');
  });

  it.each(['plain.csv', 'summary_rows.csv'])('analyze-tables: %s has six patients', async (name) => {
    const ended = await run('analyze-tables', name);
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toMatch(/B pct_parent {6}6 {6}6\/0 /);
    expect(ended.stdout).toContain('p = 0.0313 (2 of 64)');
    expect(ended.stderr.includes('4 rows left out (lines 14, 15, 16, 17): "Mean", "SD"')).toBe(name !== 'plain.csv');
  });

  it.each([
    ['zeros_lost.csv', ['error input.similar-subject: subject "03" differs from "3"', '"04" and "4"']],
    ['case_differs.csv', ['error input.similar-subject: subject "P3" differs from "p3"']],
    [
      'counts_contradict.csv',
      [
        ':2:4: error input.contradiction: "count" 150 is more than "parent_count" 100',
        ':6:6: error input.contradiction: "pct_parent" is 31 %, and 130 of 1000 are 13 %',
        ':7:6: error input.contradiction: "pct_parent" is 8 %, and 180 of 1000 are 18 %',
      ],
    ],
  ])('analyze-tables: %s is refused', async (name, words) => {
    for (const plan of ['study.yaml', 'study_log.yaml']) {
      const ended = await run('analyze-tables', name, plan);
      expect(ended).toMatchObject({ exit: 2, stdout: '' });
      for (const word of words) expect(ended.stderr).toContain(word);
    }
  });
});

describe('a sample sheet as a workbook', () => {
  /** The sheet of the small study as a workbook, its days as days. */
  async function workbook(): Promise<string> {
    const path = copyOfTinyStudy(folder.path, 2);
    const [header = [], ...more] = readFileSync(join(folder.path, 'sheet.csv'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    const dated = more.map((row) => row.map((cell, i) => (header[i] === 'date' ? new Date(cell) : cell)));
    const sheets = [{ name: 'tubes', rows: [header, ...dated] }];
    writeFileSync(join(folder.path, 'sheet.xlsx'), await writeXlsx({ sheets }));
    writeFileSync(path, readFileSync(path, 'utf8').replace('sheet.csv', 'sheet.xlsx'));
    return path;
  }

  it('is checked by itself and through study.yaml, and says what the text says', async () => {
    await workbook();
    expect(await here('check', 'sheet.xlsx')).toEqual(
      expect.objectContaining({ exit: 0, stdout: 'sheet.xlsx (sheet): nothing stands in the way\n' }),
    );
    const book = await here('check', 'study.yaml');
    writeFileSync(
      join(folder.path, 'study.yaml'),
      readFileSync(join(folder.path, 'study.yaml'), 'utf8').replace('sheet.xlsx', 'sheet.csv'),
    );
    const text = await here('check', 'study.yaml');
    expect(book.exit).toBe(0);
    expect(book.stdout).toBe(text.stdout);
    expect(book.stderr).toBe(text.stderr.replaceAll('sheet.csv', 'sheet.xlsx'));
  });
});

describe('a tube may be called what every object is called', () => {
  it('constructor, toString and __proto__ are gated and compared like others', async () => {
    const path = copyOfTinyStudy(folder.path, 2);
    writeFileSync(path, readFileSync(path, 'utf8').replace('draws: 50', 'draws: 0'));
    const sheet = join(folder.path, 'sheet.csv');
    const named = await here('run', path, '--threads', '0', '--quiet', '--out', 'named');
    expect(named.exit).toBe(0);
    const ids = new Map([
      ['P01_BL', 'constructor'],
      ['P01_M1', 'toString'],
      ['P02_BL', '__proto__'],
    ]);
    const renamed = readFileSync(sheet, 'utf8').replace(
      /^(P0\d_\w\d?L?),/gm,
      (_, id: string) => `${ids.get(id) ?? id},`,
    );
    writeFileSync(sheet, renamed);
    writeFileSync(path, `${readFileSync(path, 'utf8')}reading:\n  toString: { offsets: text }\n`);
    const odd = await here('run', path, '--threads', '0', '--quiet', '--out', 'odd');
    expect(odd.exit).toBe(0);
    const counts = (out: string) => {
      const lines = readFileSync(join(folder.path, out, 'frequencies.csv'), 'utf8')
        .trimEnd()
        .split('\n');
      const known = new Map([...ids].map(([id, other]) => [other, id]));
      return lines.map((line) => line.replace(/^[^,]*/, (id) => known.get(id) ?? id)).sort();
    };
    expect(counts('odd')).toEqual(counts('named'));
  });
});

describe('a file of another kind', () => {
  it.each([
    ['check', 'tube.yaml'],
    ['run', 'tube.yaml'],
    ['analyze', 'tube.yaml', '--study', 'tube.yaml'],
    ['gate', 'tube.yaml', '--template', 'tube.yaml'],
  ])('%s: one line', async (...args) => {
    copyOfTinyStudy(folder.path, 1);
    copyFileSync(join(folder.path, 'fcs', 'P01_BL.fcs'), join(folder.path, 'tube.yaml'));
    const ended = await here(...args);
    expect(ended.exit).toBe(2);
    const errors = ended.stderr.split('\n').filter((line) => line.includes(' error '));
    expect(errors).toEqual([expect.stringMatching(/not-text: the file is not YAML: it seems to be an FCS file/)]);
  });
});
