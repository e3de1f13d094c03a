import { readdirSync } from 'node:fs';
import { join, parse, resolve, sep } from 'node:path';
import { type Problem, problem, systemRefusal, type Where } from '../problems/index.ts';

/** Where a name leads on this disk. */
export interface OnDisk {
  /** Absolute; as the disk spells it where it is there, else as it was asked for. */
  readonly path: string;
  /** A name on the way that is there twice, composed and decomposed; undefined where none is. */
  readonly twin: string | undefined;
}

/**
 * Finds a file or folder whose letters with marks may be stored composed (`ä`) or decomposed (`a` and its dots, as macOS
 * writes them): both are one name.
 */
export function onDisk(path: string): OnDisk {
  const { root } = parse(resolve(path));
  let twin: string | undefined;
  const names = resolve(path)
    .slice(root.length)
    .split(sep)
    .filter((name) => name !== '');
  const found = names.reduce((folder, name) => {
    const spellings = hasMarks(name) ? spellingsIn(folder, name) : [];
    if (spellings.length > 1) twin = name.normalize('NFC');
    const [only] = spellings;
    return join(folder, spellings.includes(name) || only === undefined ? name : only);
  }, root);
  return { path: found, twin };
}

/** The problem of two files that differ in nothing a person sees. */
export function twinProblem(twin: string, where: Where): Problem {
  const [composed, decomposed] = [twin.normalize('NFC'), twin.normalize('NFD')];
  const message = `there are two of the name "${composed}": one composed (${marks(composed)}), one decomposed (${marks(decomposed)})`;
  return problem('error', 'input.twin-names', message, where);
}

/** How the first letter with a mark is stored: `U+00E4`, `U+0061 U+0308`. */
function marks(name: string): string {
  const first = [...name.normalize('NFC')].find(hasMarks) ?? '';
  const stored = name === name.normalize('NFC') ? first : first.normalize('NFD');
  return [...stored]
    .map((letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ');
}

function hasMarks(name: string): boolean {
  return name.normalize('NFC') !== name.normalize('NFD');
}

function spellingsIn(folder: string, name: string): string[] {
  const wanted = name.normalize('NFC');
  try {
    return readdirSync(folder).filter((other) => other.normalize('NFC') === wanted);
  } catch (error) {
    // A folder that is absent or may not be listed: what is in it is asked for as it was written.
    if (systemRefusal(error) === undefined) throw error;
    return [];
  }
}
