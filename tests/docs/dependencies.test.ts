import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const repository = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');

/** Names in back-ticks in the first cells of a section's table. */
function named(heading: string): string[] {
  const [, section = ''] = read('docs/dependencies.md').split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const cells = [...own.matchAll(/^\| (`[^|]+`) \|/gm)].map((match) => match[1] ?? '');
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')).sort();
}

test.each([
  ['At run time', 'dependencies'],
  ['Optional', 'optionalDependencies'],
  ['For development', 'devDependencies'],
])('docs/dependencies.md gives a reason for every package: %s', (heading, key) => {
  const manifest: Record<string, Record<string, string>> = JSON.parse(read('package.json'));
  expect(named(heading)).toEqual(Object.keys(manifest[key] ?? {}).sort());
});
