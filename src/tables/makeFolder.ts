import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder with its parents, each by itself: where a file system lets no folder be made (/proc, say), Node's own
 * recursive form asks for ever. A folder that is there is left alone. Throws what the system says.
 * @param path absolute
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  for (let at = path; statSync(at, { throwIfNoEntry: false }) === undefined; at = dirname(at)) missing.unshift(at);
  for (const folder of missing) makeOne(folder);
  if (!statSync(path).isDirectory()) mkdirSync(path);
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (fault) {
    // Another run may have made it in between; a link that leads nowhere is there too, and is no folder.
    const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
    if (!isThere) throw fault;
  }
}
