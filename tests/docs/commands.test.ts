import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/cli/program.ts';
import { shippedTemplates } from '../../src/study/tools.ts';
import { cytopair } from '../cli/cytopair.ts';

const repository = join(import.meta.dirname, '..', '..');
const folders = ['.', 'docs', 'docs/decisions', 'gating-templates', 'samples'];
const pages = folders.flatMap((folder) =>
  readdirSync(join(repository, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);
const read = (path: string) => readFileSync(join(repository, path), 'utf8');

/** What a page shows as code: fenced blocks by line, and spans in back-ticks. */
function code(page: string): string[] {
  const text = read(page);
  const fences = [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) => block.split('\n'));
  const spans = text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g);
  return [...fences, ...[...spans].map(([, span = '']) => span)];
}

/** Words of every command of ours in a line: `a && cytopair b` holds one. */
function commandsIn(line: string): string[][] {
  const parts = line.replace(/\s#.*$/, '').split(/&&|\|/);
  return parts.flatMap((part) => {
    const [, words] = /^(?:\$ |npx )?cytopair ((?:-|[a-z]).*)$/.exec(part.trim()) ?? [];
    return words === undefined ? [] : [words.trim().split(/\s+/)];
  });
}

function find(words: readonly string[]): { command: Command; rest: readonly string[] } {
  let command = program(() => undefined, '0');
  let rest = words;
  for (;;) {
    const next = command.commands.find((one) => one.name() === rest[0]);
    if (next === undefined) return { command, rest };
    command = next;
    rest = rest.slice(1);
  }
}

const commands = pages.flatMap((page) =>
  code(page).flatMap((line) => commandsIn(line).map((words) => [page, words.join(' '), words] as const)),
);

describe('what pages tell a reader to type', () => {
  it('is looked at: README, the guide and more', () => {
    expect(commands.length).toBeGreaterThanOrEqual(15);
    expect(new Set(commands.map(([page]) => page)).size).toBeGreaterThanOrEqual(3);
  });

  it.each(commands)('%s: cytopair %s exists, with its options', (_page, _text, words) => {
    const { command, rest } = find(words);
    if (command.parent === null) expect(rest[0], 'a command').toMatch(/^--/);
    const known = [command, ...(command.parent ? [program(() => undefined, '0')] : [])];
    const options = ['--help', ...known.flatMap((one) => one.options.map((option) => option.long ?? ''))];
    for (const word of rest.filter((one) => one.startsWith('--'))) expect(options).toContain(word);
    for (const [, name] of words.join(' ').matchAll(/shipped:([a-z-]+)/g)) expect(shippedTemplates()).toContain(name);
  });

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = pages.flatMap((page) => code(page).flatMap((line) => [...line.matchAll(/npm run ([a-z]+)/g)]));
    expect(named.length).toBeGreaterThan(5);
    for (const [, script] of named) expect(Object.keys(scripts)).toContain(script);
  });

  it('answers, where it needs no data', async () => {
    const cheap = commands.filter(([, text]) =>
      /^(--help|methods( [a-z]+)?|template show shipped:[a-z-]+)$/.test(text),
    );
    const texts = [...new Set(cheap.map(([, text]) => text))].filter((text) => !text.includes('NAME'));
    expect(texts.length).toBeGreaterThan(2);
    for (const text of texts) expect(await cytopair(text.split(' ')), text).toMatchObject({ exit: 0, stderr: '' });
  });
});

describe('links between pages', () => {
  it.each(pages)('%s leads to files that are there', (page) => {
    for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      expect(existsSync(join(repository, dirname(page), target)), target).toBe(true);
    }
  });
});
