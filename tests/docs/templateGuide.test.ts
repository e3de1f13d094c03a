import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyOfTinyStudy, cytopair, type Ended, ownFolder } from '../cli/cytopair.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'template-guide.md'), 'utf8');
const folder = ownFolder();
beforeAll(() => {
  copyOfTinyStudy(folder.path, 2);
});
afterAll(() => folder.remove());

const blocks = [...page.matchAll(/^```(yaml|csv|console)\n([\s\S]*?)^```$/gm)].map(([, kind = '', text = '']) => {
  return { kind, text };
});

/** The commands of a block, each with the lines that the page shows of its answer. */
function commandsIn(text: string): { args: string[]; shown: string[] }[] {
  return text
    .split(/^\$ cytopair /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...shown] = part.trimEnd().split('\n');
      return { args: command.split(' '), shown };
    });
}

function expectShown(ended: Ended, shown: readonly string[], command: string): void {
  const refused = shown.some((line) => / error [a-z]+\.[a-z-]+: /.test(line));
  expect(ended.exit, `${command}: ${ended.stderr}`).toBe(refused ? 2 : 0);
  for (const line of shown) expect(ended.stdout + ended.stderr, command).toContain(line);
}

it('docs/template-guide.md works as it stands: every template is written, every command answers what it shows', async () => {
  let commandCount = 0;
  for (const { kind, text } of blocks) {
    if (kind !== 'console') {
      const name = /^# (\S+\.(?:yaml|csv))\n/.exec(text)?.[1];
      if (name === undefined) throw new Error(`a block names no file: ${text}`);
      // A table has no comments: its name is not part of it.
      writeFileSync(join(folder.path, name), kind === 'csv' ? text.replace(/^.*\n/, '') : text);
      continue;
    }
    for (const { args, shown } of commandsIn(text)) {
      const ended = await cytopair(args, { cwd: folder.path });
      expect(shown.length, args.join(' ')).toBeGreaterThan(0);
      expectShown(ended, shown, args.join(' '));
      commandCount++;
    }
  }
  expect(blocks.filter(({ kind }) => kind === 'yaml')).toHaveLength(7);
  expect(commandCount).toBeGreaterThanOrEqual(8);
});
