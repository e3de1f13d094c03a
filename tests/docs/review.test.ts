import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { PlacementBook } from '../../src/gating/index.ts';
import { placedHash } from '../../src/review/index.ts';
import { copyOfTinyStudy, cytopair, ownFolder } from '../cli/cytopair.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'review.md'), 'utf8');
const folder = ownFolder();
afterAll(() => folder.remove());

/** Fenced blocks of one language, in order. */
function fences(language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

it('every command of docs/review.md does what stands beside it, one after the other, with its own patch', async () => {
  copyOfTinyStudy(folder.path, 2);
  const out = join(folder.path, 'cytopair-out', 'synthetic-islands');
  const commands = fences('sh').flatMap((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '')),
  );
  expect(commands.length).toBeGreaterThanOrEqual(6);
  const ran: string[] = [];
  for (const command of commands) {
    if (command.includes('--overrides')) writePatches(out);
    if (command.includes('compare')) {
      for (const name of ['results-may', 'results-june']) cpSync(out, join(folder.path, name), { recursive: true });
    }
    const ended = await cytopair([...command.split(/\s+/).slice(1), '--quiet'], { cwd: folder.path });
    expect(ended.exit, `${command}: ${ended.stderr}`).toBe(0);
    ran.push(ended.stdout);
  }
  for (const name of ['review.html', 'review-second.html', 'key.json'])
    expect(existsSync(join(out, 'review', name))).toBe(true);
  expect(ran.join('')).toMatch(/2 of \d+ gates moved by AB, 1 of \d+ looked at/);
  expect(ran.join('')).toContain('both looked at 1 gate');
  expect(ran.at(-1)).toContain('nothing changed');
});

/** The patch of the page, for a tube of this study. */
function writePatches(out: string): void {
  const [text = ''] = fences('yaml');
  const { tubes }: { tubes: { code: string; sample_id: string }[] } = JSON.parse(
    readFileSync(join(out, 'review', 'key.json'), 'utf8'),
  );
  const book: PlacementBook = JSON.parse(readFileSync(join(out, 'placements.json'), 'utf8'));
  const population = /population: (\S+)/.exec(text)![1];
  const { code, sample_id: id } = tubes[0]!;
  const entry = book.gates.find((gate) => gate.population === population)!.tubes.find((one) => one.sample_id === id)!;
  const own = text.replace('T-3fa91c', code).replace(/replaces: \S+/, `replaces: ${placedHash(entry)}`);
  for (const name of ['overrides.yaml', 'overrides-second.yaml']) writeFileSync(join(folder.path, name), own);
}
