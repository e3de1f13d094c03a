import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agree } from '../../src/commands/index.ts';
import type { AgreeOptions } from '../../src/commands/tools.ts';
import { printProblem } from '../../src/problems/index.ts';

const path = 'Live/Lymphocytes/B';
const shares = [4.1, 6, 3.6, 2.6, 6.2, 2.1, 1.4, 6];
const auto = [4.4, 6.3, 3.3, 2.9, 6.6, 2, 1.7, 6.1];
const frequencies = `sample_id,subject,role,population,count,pct_parent,status\n${auto
  .map((share, i) => `P${i}_BL,P${i},sample,${path},${10 * share},${share},ok\n`)
  .join('')}P9_BL,P9,sample,${path},,,failed\nbridge,,bridge,${path},1,1,ok\n`;
const manual = `Tube_ID,Gate,pct_parent\n${shares.map((share, i) => `P${i}_BL,B cells,${share}\n`).join('')}`;

async function answer(files: Record<string, string>, options: Partial<AgreeOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'agree-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const inside = (name: string | undefined) => (name === undefined ? undefined : join(folder, name));
  const { map, out, json = false } = options;
  const outcome = await agree(join(folder, 'f.csv'), join(folder, 'm.csv'), {
    map: inside(map),
    out: inside(out),
    json,
  });
  return { ...outcome, folder, words: outcome.problems.map(printProblem) };
}

describe('agree', () => {
  const three = { 'f.csv': frequencies, 'm.csv': manual, 'map.yaml': 'B cells: Lymphocytes/B\n' };

  test("joins the laboratory's names through a map and says what it took for what", async () => {
    const { exit, text, words } = await answer(three, { map: 'map.yaml' });
    expect(exit).toBe(0);
    expect(text).toMatch(/^f\.csv against m\.csv/);
    // bias = (33.3 − 32) / 8
    expect(text).toContain('Lymphocytes/B pct_parent: 8 tubes of 8 subjects\n  points  bias +0.16 (');
    expect(words[0]).toContain('m.csv:1:1: note input.alias: column "Tube_ID" taken for "sample_id"');
    expect(words[1]).toContain('column "Gate" taken for "population"');
  });

  test('counts with thousands are counts: no percentage above 100 follows', async () => {
    const rows = shares.map((_, i) => `P${i}_BL,${path},"1,${200 + i}","12,${100 + i}"\n`).join('');
    const ours = shares.map((_, i) => `P${i}_BL,${path},${1200 + i},${12_100 + i}\n`).join('');
    const columns = 'sample_id,population,count,parent_count\n';
    const { exit, text, words } = await answer({
      'f.csv': columns + ours,
      'm.csv': `${columns}${rows}Mean,${path},"1,204","12,104"\n`,
    });
    expect(exit).toBe(0);
    expect(text).toMatch(/B pct_parent: 8 tubes.*\n {2}points {2}bias 0\.00 /);
    expect(words.join('\n')).toContain('m.csv:10: warning input.summary-row: 1 row left out (line 10): "Mean"');
  });

  test('a manual percentage that its counts contradict is refused', async () => {
    const columns = 'sample_id,population,count,parent_count,pct_parent\n';
    const { exit, words } = await answer({ 'f.csv': frequencies, 'm.csv': `${columns}P0_BL,${path},130,1000,31\n` });
    expect(exit).toBe(2);
    expect(words).toContainEqual(expect.stringContaining('m.csv:2:5: error input.contradiction: "pct_parent" is 31 %'));
  });

  test('the same from study.yaml, with figures and the machine form in a folder, twice', async () => {
    const study = `cytopair: 1\nstudy: s\nvisits: [BL, M1]\nmap: { B cells: ${path} }\n`;
    const first = await answer({ ...three, 'study.yaml': study }, { map: 'study.yaml', out: 'out', json: true });
    expect(first.exit).toBe(0);
    const { populations } = JSON.parse(first.text);
    expect(populations[0]).toMatchObject({ population: path, measure: 'pct_parent', n_tubes: 8, model: 'independent' });
    expect(readdirSync(join(first.folder, 'out', 'figures'))).toEqual([
      'agree-01-B-pct_parent-counts.svg',
      'agree-01-B-pct_parent-differences.svg',
    ]);
    const svg = readFileSync(join(first.folder, 'out', 'figures', 'agree-01-B-pct_parent-counts.svg'), 'utf8');
    expect(svg.match(/<circle/g)).toHaveLength(8);
    const again = await agree(join(first.folder, 'f.csv'), join(first.folder, 'm.csv'), {
      map: join(first.folder, 'study.yaml'),
      out: join(first.folder, 'out'),
      json: true,
    });
    expect(again.exit).toBe(0);
  });

  test('names of files are enough', async () => {
    const files = manual.replace('Tube_ID', 'file').replaceAll('_BL,', '_BL.fcs,').replaceAll('B cells', 'B');
    expect((await answer({ ...three, 'm.csv': files })).text).toContain('8 tubes of 8 subjects');
  });

  test('counts and their denominators give percentages', async () => {
    const counted = `sample_id,population,count,parent_count\n${shares.map((x, i) => `P${i}_BL,B,${10 * x},1000\n`).join('')}`;
    expect((await answer({ ...three, 'm.csv': counted })).text).toContain('pct_parent: 8 tubes of 8 subjects');
  });

  test('every fault is told at once, and nothing is compared', async () => {
    const bad = 'sample_id,population,pct_parent\nP0_BL,B,140\nP1_BL,B,x\nP2_BL,,3\nP3_BL,B,1\nP3_BL,B,2\n';
    const { exit, text, words } = await answer({ 'f.csv': frequencies, 'm.csv': bad });
    expect([exit, text]).toEqual([2, '']);
    expect(words.map((word) => word.split(' ').slice(0, 3).join(' '))).toEqual([
      'm.csv:2:3: error input.out-of-range:',
      'm.csv:3:3: error input.not-a-number:',
      'm.csv:4: error input.missing-cell:',
      'm.csv:6: error input.duplicate-row:',
    ]);
  });

  test('what has no partner is named, with what may have been meant', async () => {
    const other = 'sample_id,population,pct_parent\nP0_BL,B,4\nP77_BL,B,4\nP1_BL,Bcells,3\n';
    const { exit, words } = await answer(
      { 'f.csv': frequencies, 'm.csv': other, 'map.yaml': 'Bcell: B\n' },
      { map: 'map.yaml' },
    );
    expect(exit).toBe(0);
    expect(words.join('\n')).toMatch(/population "Bcells" is not in "f.csv"/);
    expect(words.join('\n')).toMatch(/"Bcell" of the map is no population of "m.csv" \(did you mean "Bcells"\?\)/);
    expect(words.join('\n')).toMatch(/tube only in "m.csv", not in "f.csv": "P77_BL"/);
    const none = await answer({ 'f.csv': frequencies, 'm.csv': 'sample_id,population,pct_of_T\nP0_BL,B,4\n' });
    expect(none.exit).toBe(2);
    expect(none.words.at(-1)).toContain('input.nothing-common');
  });

  test("a folder with somebody's files is left alone", async () => {
    const { exit, words } = await answer({ ...three, 'm.csv': manual.replaceAll('B cells', 'B') }, { out: '.' });
    expect(exit).toBe(2);
    expect(words.at(-1)).toContain('output.not-ours');
  });
});
