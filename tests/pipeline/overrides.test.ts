import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlacementBook } from '../../src/gating/index.ts';
import { type Patch, patchHash, placedHash, reviewCodes, writeOverrides } from '../../src/review/index.ts';
import { copyOfTinyStudy, cytopair, ownFolder } from '../cli/cytopair.ts';

const folder = ownFolder();
const out = join(folder.path, 'out');
let study = '';
let planned: Record<string, string> = {};

const run = (...more: string[]) => cytopair(['run', study, '--threads', '0', '--quiet', '--out', out, ...more]);
const read = (name: string) => readFileSync(join(out, name), 'utf8');
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true });
const book = (): PlacementBook => JSON.parse(planned['placements.json'] ?? '');
const NK = 'Singlets/Live/Leukocytes/Lymphocytes/NK';
const B = 'Singlets/Live/Leukocytes/Lymphocytes/B';

beforeAll(async () => {
  study = copyOfTinyStudy(folder.path, 2);
  const ended = await run();
  if (ended.exit !== 0) throw new Error(ended.stderr);
  const names = ['frequencies.csv', 'comparisons.csv', 'pairs.csv', 'placements.json'];
  planned = Object.fromEntries(names.map((name) => [name, read(name)]));
});
afterAll(() => folder.remove());

function shift(sampleId: string, population: string, more: Partial<Extract<Patch, { action: 'shift' }>> = {}): Patch {
  const gate = book().gates.find((one) => one.population === population)!;
  return {
    action: 'shift',
    tube: sampleId,
    population,
    axis: 'CD56 min',
    by: 1.6,
    frame: 'u',
    scope: 'tube',
    author: 'AB',
    date: '2026-11-29',
    reason: 'valley missed',
    replaces: placedHash(gate.tubes.find((tube) => tube.sample_id === sampleId)!),
    ...more,
  };
}

function writePatches(...patches: readonly Patch[]): string {
  const path = join(folder.path, 'moved.yaml');
  writeFileSync(path, writeOverrides(patches));
  return path;
}

describe('run --overrides', () => {
  test('counts the moved population and what lies below it anew, and nothing else; the planned tables stay beside them', async () => {
    const ended = await run('--overrides', writePatches(shift('P01_BL', B, { axis: 'CD19 min', by: 0.6 })));
    expect(ended.exit).toBe(0);
    for (const [name, text] of Object.entries(planned)) expect(read(`planned/${name}`), name).toBe(text);
    const before = planned['frequencies.csv']!.split('\n');
    const changed = read('frequencies.csv')
      .split('\n')
      .filter((line, i) => line !== before[i]);
    const [first, ...below] = changed.map((line) => line.split(','));
    expect(first?.slice(0, 9)).toContain(B);
    expect(first?.at(-1)).toMatch(/\bmoved_by_hand\b/);
    expect(below.length).toBeGreaterThan(3);
    for (const cells of below) {
      expect(cells[0]).toBe('P01_BL');
      expect(cells[8]!.startsWith(`${B}/`)).toBe(true);
    }
    const entry = JSON.parse(read('placements.json')).gates.find(
      (gate: { population: string }) => gate.population === B,
    );
    expect(entry.tubes[0].override).toMatchObject([{ author: 'AB', date: '2026-11-29', reason: 'valley missed' }]);
  });

  test('both conclusions are printed, the planned one first, and who moved and looked at how many gates', async () => {
    const {
      axis: _a,
      by: _b,
      frame: _f,
      scope: _s,
      reason: _r,
      ...whole
    } = shift('P01_M1', NK) as Extract<Patch, { action: 'shift' }>;
    const ended = await run(
      '--overrides',
      writePatches(shift('P01_BL', NK), { ...whole, action: 'accept', author: 'CD' }),
    );
    const [planFirst, withMoves] = ended.stdout.split(/^1 of \d+ gates moved by AB, 2 of \d+ looked at by AB, CD$/m);
    expect(planFirst).toMatch(/^As planned, every gate where it was placed/);
    expect(withMoves).toMatch(/NK pct_of_Lymphocytes +2/);
    const page = read('report.html');
    expect(page.indexOf('As planned, every gate where it was placed')).toBeGreaterThan(0);
    expect(page).toMatch(/1 of \d+ gates moved by AB, 2 of \d+ looked at by AB, CD/);
    expect(page).toContain('moved by 1.6 u on CD56 min by AB on 2026-11-29: valley missed');
    const record = JSON.parse(read('run.json'));
    expect(record.overrides).toMatchObject([{ action: 'shift', author: 'AB', after_lock: null }, { action: 'accept' }]);
    expect(record.inputs.filter((one: { role: string }) => one.role === 'overrides')).toHaveLength(1);
    const [move] = rowsOf(read('moves.csv'));
    expect(move).toMatchObject({ sample_id: 'P01_BL', subject: 'P01', visit: 'BL', by: '1.6', after_lock: '' });
    expect(Number(move!.count_after)).toBeLessThan(Number(move!.count_before));
  });

  test('a tube may be named by its code; the same patch twice gives the same bytes', async () => {
    const hashes = new Map<string, string>(
      JSON.parse(read('run.json'))
        .inputs.filter((one: { role: string }) => one.role === 'fcs')
        .map((one: { sample_id: string; sha256: string }) => [one.sample_id, one.sha256]),
    );
    const code = reviewCodes(hashes).get('P01_BL')!;
    await run('--overrides', writePatches(shift('P01_BL', NK)));
    const first = ['frequencies.csv', 'comparisons.csv', 'moves.csv'].map(read);
    await run('--overrides', writePatches(shift('P01_BL', NK, { tube: code })), '--fresh');
    expect(['frequencies.csv', 'comparisons.csv', 'moves.csv'].map(read)).toEqual(first);
  });

  test('a stale hash and an unknown code end with 2 and their lines, and the results that lie there stay', async () => {
    await run();
    const before = read('run.json');
    const patches = writePatches(
      shift('P01_M1', NK, { replaces: '0'.repeat(64) }),
      shift('P01_BL', NK, { tube: 'T-000000' }),
    );
    const ended = await run('--overrides', patches);
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(
      /moved\.yaml:1:3: error review\.stale: .*"P01_M1" was placed anew since AB looked at it/,
    );
    expect(ended.stderr).toMatch(/moved\.yaml:12:3: error review\.unknown-tube: .*"T-000000"/);
    expect(read('run.json')).toBe(before);
    expect(existsSync(join(out, 'planned', 'frequencies.csv'))).toBe(false);
  });

  test('what is no list of patches is refused before anything runs', async () => {
    const path = join(folder.path, 'none.yaml');
    writeFileSync(path, '- tube: P01_BL\n  action: shift\n');
    const ended = await run('--overrides', path);
    expect(ended.exit).toBe(2);
    expect(ended.stderr).toMatch(/none\.yaml:1:3: error input\.missing-key: key "population" is missing/);
    expect((await run('--overrides', join(folder.path, 'nothing.yaml'))).exit).toBe(2);
  });

  test('after the lock a new patch is allowed, and listed as made after unblinding', async () => {
    const early = shift('P01_BL', NK);
    const lock = { format: 'cytopair/lock/1', hashes: {}, patches: [patchHash(early)] };
    writeFileSync(join(study, '..', 'study.lock.json'), JSON.stringify(lock));
    const ended = await run('--overrides', writePatches(early, shift('P02_BL', NK)));
    expect(ended.exit).toBe(0);
    expect(ended.stdout).toContain('; 1 patch made after unblinding');
    expect(rowsOf(read('moves.csv')).map((row) => [row.sample_id, row.after_lock])).toEqual([
      ['P01_BL', 'FALSE'],
      ['P02_BL', 'TRUE'],
    ]);
    expect(read('report.html')).toContain('made after unblinding');
  });

  test('an overrides.yaml beside the study that nobody asked for is named', async () => {
    writeFileSync(join(study, '..', 'overrides.yaml'), '[]\n');
    expect((await run()).stderr).toContain('overrides.yaml: note review.not-used');
  });
});
