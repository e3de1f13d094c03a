import { readFileSync } from 'node:fs';

// Sources lie two folders below package.json, built code three.
const here = import.meta.url;
const file = new URL(here.endsWith('.ts') ? '../../package.json' : '../../../package.json', here);

/** The version of this package, as the record of a run names it. */
export const version: string = versionIn(readFileSync(file, 'utf8'));

function versionIn(text: string): string {
  const found: unknown = JSON.parse(text);
  const isNamed = typeof found === 'object' && found !== null && 'version' in found;
  if (!isNamed || typeof found.version !== 'string') throw new Error('package.json names no version');
  return found.version;
}
