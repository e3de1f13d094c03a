import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { referencePages } from '../../docs/reference.ts';

const repository = join(import.meta.dirname, '..', '..');

test.each([...referencePages()])('%s is what the registries make it (npm run reference)', (path, content) => {
  expect(readFileSync(join(repository, path), 'utf8')).toBe(content);
});
