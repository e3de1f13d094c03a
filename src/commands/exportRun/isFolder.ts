import { statSync } from 'node:fs';

/** Whether a name on the command line is that of a folder. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
