import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { repository } from './scratchHouse.ts';

const page = readFileSync(join(repository, 'docs', 'architecture.md'), 'utf8');
const table = page.slice(page.indexOf('| to add | touch |'));

/** What is to be added -> what is touched, as the last table of the page has it. */
export const rows: ReadonlyMap<string, string> = new Map(
  [...table.matchAll(/^\| (.+?) \| (.+) \|$/gm)]
    .map(([, add = '', touch = '']) => [add, touch] as const)
    .filter(([add]) => add !== 'to add' && add !== '---'),
);

/**
 * The files of the house that a row names for a thing of this name, ascending. A path is as it stands; a bare file name
 * is beside the new file, or in the room's own folder. Tests, vectors and pages are no part of the house.
 */
export function filesOfRow(add: string, name: string): string[] {
  const touch = rows.get(add);
  if (touch === undefined) throw new Error(`docs/architecture.md has no row "${add}"`);
  const named = [...touch.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file.replace('<name>', name));
  const [own = ''] = named;
  const folder = posix.dirname(own);
  const near = [folder, posix.dirname(folder)];
  const placed = named.map((file) => {
    if (file.includes('/')) return file;
    const found = near.map((place) => posix.join(place, file)).find((path) => existsSync(join(repository, path)));
    if (found === undefined) throw new Error(`row "${add}": there is no ${file} in ${near.join(' or ')}`);
    return found;
  });
  return placed.filter((file) => /^(src|workers|gating-templates)\//.test(file)).sort();
}
