import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of real files with truth that nobody here made; the one place where tests learn of it. */
const truthRoot = resolve(process.env.CYTOPAIR_TRUTH ?? join(import.meta.dirname, '..', '..', 'shared', 'data'));

export const hasTruth = existsSync(join(truthRoot, 'manifest.csv'));

if (!hasTruth) console.log(`skipped: no reference data at ${truthRoot} (set CYTOPAIR_TRUTH to its folder)`);

export function truthPath(...parts: string[]): string {
  return join(truthRoot, ...parts);
}
