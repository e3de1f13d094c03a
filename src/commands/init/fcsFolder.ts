import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { systemRefusal } from '../../problems/index.ts';

/** A file of the folder that may be a tube. */
export interface FoundFile {
  /** Relative to the folder, with `/`, as the disk spells it. */
  readonly path: string;
  /** The same composed (NFC), as the sheet holds it. */
  readonly name: string;
}

/** A file that gets no row, and why: the end of "left out: …". */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

/**
 * The FCS files of a folder and its folders, told by their first bytes, ascending by name: also "Data.001" of older
 * machines. What is called .fcs or .lmd and is none, hidden files and second names of a file are left out.
 */
export function fcsFolder(folder: string): {
  readonly files: readonly FoundFile[];
  readonly leftOut: readonly LeftOut[];
} {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  const leftOut: LeftOut[] = [];
  const files: FoundFile[] = [];
  const root = realpathSync(folder);
  const seen = new Map<string, string>();
  for (const path of paths.sort()) {
    const file = { path, name: path.normalize('NFC') };
    const fault = faultOf(join(folder, path), file, root);
    if (fault === 'not ours') continue;
    const real = fault === undefined ? realpathSync(join(folder, path)) : '';
    const twin = seen.get(real);
    if (fault !== undefined) leftOut.push({ name: file.name, reason: fault });
    else if (twin !== undefined) leftOut.push({ name: file.name, reason: `a second name of ${twin}` });
    else {
      seen.set(real, file.name);
      files.push(file);
    }
  }
  return withoutCopies(folder, files, leftOut);
}

function faultOf(path: string, { path: inFolder, name }: FoundFile, root: string): string | undefined {
  const isNamedFcs = /\.(fcs|lmd)$/i.test(name);
  const isHidden = inFolder.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
  if (isHidden) return isNamedFcs ? 'a hidden file, as systems make beside the real one' : 'not ours';
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return isNamedFcs ? 'a link to nothing' : 'not ours';
  if (!stat.isFile()) return 'not ours';
  const head = firstBytes(path);
  if (head.kind === 'refused') return isNamedFcs ? `cannot be opened: ${head.why}` : 'not ours';
  if (!/^FCS\d\.\d$/.test(head.text)) return isNamedFcs ? noFcs(head.text) : 'not ours';
  const inside = relative(root, realpathSync(path));
  if (inside.startsWith('..')) return 'a link to a file outside the folder';
  return nameFault(inFolder);
}

function noFcs(head: string): string {
  return head === '' ? 'an empty file' : 'no FCS file by its first bytes';
}

/** A sheet trims its cells and reads a backslash as a slash: such a file would not be found again. */
function nameFault(path: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\\\u0000-\u001F\u007F-\u009F]/.test(path)) return 'a name with "\\" or a control character: rename it';
  return path.trim() === path ? undefined : 'a name that begins or ends with a blank: rename it';
}

type Head = { readonly kind: 'read'; readonly text: string } | { readonly kind: 'refused'; readonly why: string };

function firstBytes(path: string): Head {
  try {
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(6);
      return { kind: 'read', text: bytes.toString('latin1', 0, readSync(file, bytes, 0, 6, 0)) };
    } finally {
      closeSync(file);
    }
  } catch (fault) {
    const why = systemRefusal(fault);
    if (why === undefined) throw fault;
    return { kind: 'refused', why };
  }
}

// "P01_BL (1)", "P01_BL - Kopie", "Copy of P01_BL", "Copie de", "Copia de".
const copyMark =
  /\s*\(\d+\)(?=\.[^.]*$)|[\s_-]*(kopie|copy|copie|copia)( \(\d+\))?(?=\.[^.]*$)|(copy of|kopie von|copie de|copia de) /gi;

/** A file marked as a copy whose original is there, byte for byte, is the same tube. */
function withoutCopies(folder: string, files: readonly FoundFile[], leftOut: readonly LeftOut[]) {
  const byName = new Map(files.map((file) => [file.name, file]));
  const copies = files.flatMap((file): LeftOut[] => {
    const original = byName.get(file.name.replace(copyMark, ''));
    const isCopy =
      original !== undefined && original !== file && isSame(join(folder, file.path), join(folder, original.path));
    return isCopy ? [{ name: file.name, reason: 'a copy of another file, byte for byte' }] : [];
  });
  const names = new Set(copies.map((copy) => copy.name));
  return { files: files.filter((file) => !names.has(file.name)), leftOut: [...leftOut, ...copies] };
}

function isSame(one: string, other: string): boolean {
  return statSync(one).size === statSync(other).size && readFileSync(one).equals(readFileSync(other));
}
