import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { PlacementBook } from '../../src/gating/index.ts';
import { placedHash, writeOverrides } from '../../src/review/index.ts';
import { cytopair, ownFolder } from '../cli/cytopair.ts';
import { writeGeneratedStudy } from './generatedStudy.ts';

const folder = ownFolder();
afterAll(() => folder.remove());

test('a study of two panels: gates of both on the page, and a patch moves the gate of its tube’s panel alone', async () => {
  const recipe = { missing: [], excluded: [0], damaged: [], controls: [], small: [], answering: 0 };
  const more = { hasCells: false, hasArms: false, hasBackground: false };
  const study = writeGeneratedStudy(folder.path, {
    seed: 7,
    panelCount: 2,
    subjectCount: 3,
    visits: ['BL', 'M1'],
    ...recipe,
    ...more,
  });
  const out = join(folder.path, 'out');
  const run = (...words: string[]) => cytopair([...words, '--threads', '0', '--quiet', '--out', out]);
  expect((await run('run', study)).exit).toBe(0);
  const reviewed = await run('review', study);
  expect(reviewed.exit, reviewed.stderr).toBe(0);
  const page = readFileSync(join(out, 'review', 'review.html'), 'utf8');
  const header = JSON.parse(/id="header">(.*?)<\/script>/s.exec(page)![1]!);
  expect(header.templates).toEqual(['made-A', 'made-B']);
  const populations = header.gates.map(
    (gate: { panel: number; population: string }) => `${gate.panel} ${gate.population}`,
  );
  expect(populations).toContain('0 Cells/Bright/OwnA');
  expect(populations).toContain('1 Cells/Bright/OwnB');
  // The excluded tube is no part of the statistics, and is not looked at.
  expect(new Set(header.items.map((item: { tube: number }) => item.tube)).size).toBe(11);

  const book: PlacementBook = JSON.parse(readFileSync(join(out, 'placements-B.json'), 'utf8'));
  const entry = book.gates.find(({ population }) => population === 'Cells/Split')!.tubes[1]!;
  const patch = {
    action: 'shift',
    tube: entry.sample_id,
    population: 'Cells/Split',
    axis: 'Z min',
    by: 0.4,
    frame: 'u',
    scope: 'tube',
    author: 'AB',
    date: '2026-11-29',
    reason: 'try',
    replaces: placedHash(entry),
  } as const;
  const file = join(folder.path, 'overrides.yaml');
  writeFileSync(file, writeOverrides([patch]));
  const panelA = readFileSync(join(out, 'placements-A.json'), 'utf8');
  const moved = await run('run', study, '--overrides', file);
  expect(moved.exit, moved.stderr).toBe(0);
  expect(readFileSync(join(out, 'placements-A.json'), 'utf8')).toBe(panelA);
  expect(readFileSync(join(out, 'moves.csv'), 'utf8').trim().split('\n')).toHaveLength(2);
  expect(readFileSync(join(out, 'placements-B.json'), 'utf8')).toContain('"author": "AB"');
});
