import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlacementBook } from '../../src/gating/index.ts';
import { placedHash, writeOverrides } from '../../src/review/index.ts';
import { copyOfTinyStudy, cytopair, ownFolder } from '../cli/cytopair.ts';

const folder = ownFolder();
const at = (name: string) => join(folder.path, name);
const NK = 'Singlets/Live/Leukocytes/Lymphocytes/NK';
let study = '';

async function run(out: string, ...more: string[]): Promise<void> {
  const ended = await cytopair(['run', study, '--threads', '0', '--quiet', '--out', at(out), ...more]);
  if (ended.exit !== 0) throw new Error(ended.stderr);
}

beforeAll(async () => {
  study = copyOfTinyStudy(folder.path, 2);
  await run('first');
});
afterAll(() => folder.remove());

describe('cytopair compare', () => {
  test('a run and the same run again: nothing changed', async () => {
    cpSync(at('first'), at('copy'), { recursive: true });
    await run('copy', '--fresh');
    const ended = await cytopair(['compare', at('first'), at('copy')]);
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toBe('nothing changed from first to copy\n');
  });

  test('a gate moved by hand: by how much u in which tube, the counts, the patch as an input', async () => {
    const book: PlacementBook = JSON.parse(readFileSync(join(at('first'), 'placements.json'), 'utf8'));
    const entry = book.gates.find((gate) => gate.population === NK)!.tubes[0]!;
    const patch = {
      action: 'shift',
      tube: entry.sample_id,
      population: NK,
      axis: 'CD56 min',
      by: 1.6,
      frame: 'u',
      scope: 'tube',
      author: 'AB',
      date: '2026-11-29',
      reason: 'try',
      replaces: placedHash(entry),
    } as const;
    writeFileSync(at('moved.yaml'), writeOverrides([patch]));
    await run('moved', '--overrides', at('moved.yaml'));
    const { stdout } = await cytopair(['compare', at('first'), at('moved')]);
    expect(stdout).toContain('0 patches of gates became 1');
    expect(stdout).toContain('overrides moved.yaml: added');
    expect(stdout).toContain('Lymphocytes/NK: moved in 1 tube, the most CD56 min +1.60 u in P01_BL; 1 of them by hand');
    expect(stdout).toMatch(
      /Lymphocytes\/NK: another count in 1 tube, the most [\d.]+ % to [\d.]+ % \(\d+ to \d+ events\) in P01_BL/,
    );
    const found = JSON.parse((await cytopair(['compare', at('first'), at('moved'), '--json'])).stdout);
    expect(found.gates).toHaveLength(1);
    expect(found.gates[0].moves[0].by).toBeCloseTo(1.6, 9);
    expect(found.counts.map((one: { population: string }) => one.population)).toEqual([NK]);
    expect(found.conclusions.length).toBeGreaterThan(0);
  });

  test('another template, a tube left out: in words; other verdicts come first; the page holds every tube', async () => {
    const sheet = at('sheet.csv');
    const rows = readFileSync(sheet, 'utf8').trimEnd().split('\n');
    writeFileSync(sheet, `${rows.slice(0, -2).join('\n')}\n`);
    const text = readFileSync(study, 'utf8');
    const own =
      'extends: shipped:b-regulatory\npopulations:\n  - { name: NK, parent: Singlets/Live/Leukocytes/Lymphocytes, gate: { method: interval, units: raw, marker: CD56, min: 900 } }\n';
    writeFileSync(at('own.yaml'), `cytopair: 1\ntemplate: own\nversion: 1.0.0\nabout: another NK\n${own}`);
    writeFileSync(study, text.replace('shipped:b-regulatory', 'own.yaml'));
    await run('other');
    const { stdout, stderr } = await cytopair(['compare', at('first'), at('other'), '--html', at('changes.html')]);
    expect(stdout).toContain('template "b-regulatory" became "own"');
    expect(stdout).toContain(`"${NK}": method valley became interval`);
    expect(stdout).toContain('tube "P02_BL" is no more');
    expect(stdout).toContain('sheet sheet.csv: changed');
    expect(stdout.indexOf('Conclusions')).toBeLessThan(stdout.indexOf('Inputs'));
    expect(stderr).toContain('changes.html');
    const page = readFileSync(at('changes.html'), 'utf8');
    expect(page).toContain('Gates tube by tube');
    expect(page).not.toMatch(/https?:\/\/|<script/);
  });

  test('a folder without a run, and a book that somebody edited, are refused; an edited table is named', async () => {
    expect((await cytopair(['compare', at('first'), folder.path])).exit).toBe(2);
    cpSync(at('first'), at('edited'), { recursive: true });
    const table = join(at('edited'), 'frequencies.csv');
    writeFileSync(table, readFileSync(table, 'utf8').replace('P01_BL', 'P01_BX'));
    const named = await cytopair(['compare', at('first'), at('edited')]);
    expect(named.stderr).toContain('compare.changed-file');
    writeFileSync(join(at('edited'), 'placements.json'), '{}\n');
    const refused = await cytopair(['compare', at('first'), at('edited')]);
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toContain('"placements.json" is not as the run wrote it');
  });
});
