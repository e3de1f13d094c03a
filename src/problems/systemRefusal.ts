/** The system's commonest reasons to refuse a file or folder, as said of "it". */
const reasons: ReadonlyMap<string, string> = new Map([
  ['EISDIR', 'it is a folder, not a file'],
  ['ENOENT', 'it is not there'],
  ['ENOTDIR', 'something on the way to it is no folder'],
  ['ELOOP', 'a link on the way to it leads round in a circle'],
  ['ENAMETOOLONG', 'its name is too long for this disk'],
  ['EROFS', 'its disk can be read only'],
  ['EACCES', 'its rights forbid it'],
  ['EPERM', 'its rights forbid it'],
]);

/**
 * Why the system refuses a file or folder, in words with its code, the same wherever one is opened.
 * @returns undefined where a fault is none of the system's
 */
export function systemRefusal(fault: unknown): string | undefined {
  if (!(fault instanceof Error && 'code' in fault && typeof fault.code === 'string')) return undefined;
  return `${reasons.get(fault.code) ?? 'the system refuses'} (${fault.code})`;
}
