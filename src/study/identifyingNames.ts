import { counted, type Problem, problem } from '../problems/index.ts';
import { isKnownWord } from './knownWords.ts';

/** A file as a sheet or a command names it, with what may be said of it. */
export interface NamedTube {
  /** With `/`; the folders below the data root and the file's own name. */
  readonly file: string;
  readonly sampleId: string;
  readonly subject: string | null;
  /** Further cells of its row: visit, batch, panel, arm. */
  readonly known: readonly string[];
}

/** Before it nobody measured what is measured here: an older year is not that of a tube. */
const lastBirthYear = 1994;

/**
 * One warning where file or folder names hold what looks like a person beside the sample's id: two words like names, a
 * name with a year of birth, or a date of birth. The names themselves are not repeated.
 * @returns undefined where no name does
 */
export function identifyingNames(
  tubes: readonly NamedTube[],
  where: Problem['where'],
  hint?: string,
): Problem | undefined {
  const subjectsOf = new Map<string, Set<string>>();
  for (const tube of tubes) {
    for (const { word } of wordsOf(tube.file)) {
      const key = word.toLowerCase();
      subjectsOf.set(key, (subjectsOf.get(key) ?? new Set()).add(subjectOf(tube)));
    }
  }
  const subjects = new Set(tubes.map(subjectOf)).size;
  // A person's name stands in that person's files: three patients, or all of two, are not called the same.
  const isShared = (word: string) => {
    const count = subjectsOf.get(word.toLowerCase())?.size ?? 0;
    return count >= 3 || (subjects > 1 && count === subjects);
  };
  const found = tubes.filter((tube) => namesPerson(tube, isShared));
  const [first] = found;
  if (first === undefined) return undefined;
  const files =
    found.length === 1
      ? 'the name of 1 file or its folder holds'
      : `the names of ${found.length} files or their folders hold`;
  const message = `${files} what looks like a person's name or date of birth, beside the sample's id (of ${counted(tubes.length, 'file')}; the first is that of sample "${first.sampleId}")`;
  return problem('warning', 'sheet.identifying-name', message, where, hint);
}

/** Tubes without a subject, such as controls, are those of their folder. */
function subjectOf({ file, subject }: NamedTube): string {
  return subject ?? `/${file.slice(0, Math.max(0, file.lastIndexOf('/')))}`;
}

interface Word {
  readonly word: string;
  /** Letters alone, three at least. */
  readonly isWord: boolean;
}

/** Runs of letters or of digits; `MuellerHans` is two. */
function wordsOf(text: string): Word[] {
  const runs =
    text
      .normalize('NFC')
      .replace(/\.[A-Za-z0-9]{1,4}$/, '')
      .match(/\p{Lu}\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{L}+|\d+/gu) ?? [];
  return runs.map((word) => ({ word, isWord: /^\p{L}{3,}$/u.test(word) }));
}

function namesPerson({ file, sampleId, subject, known }: NamedTube, isShared: (word: string) => boolean): boolean {
  const own = new Set(
    [sampleId, subject ?? '', ...known].flatMap((text) => wordsOf(`${text}.`)).map(({ word }) => word.toLowerCase()),
  );
  const isOpen = ({ word, isWord }: Word) =>
    isWord && !own.has(word.toLowerCase()) && !isKnownWord(word) && !isShared(word);
  return file.split('/').some((part) => {
    const words = wordsOf(part);
    const isNameAt = (index: number) => {
      const [one, next] = [words[index], words[index + 1]];
      return one !== undefined && next !== undefined && isOpen(one) && isOpen(next);
    };
    const pairs = words.filter((_, index) => isNameAt(index)).length;
    const capital = words.filter((word) => isOpen(word) && isCapital(word.word));
    const isPair = words.some(
      (one, index) => isNameAt(index) && isCapital(one.word) && isCapital(words[index + 1]?.word ?? ''),
    );
    if (isPair) return true;
    if (hasBirthDate(part) && !own.has(part.toLowerCase())) return !isWithin(part, sampleId);
    return hasBirthYear(words, own) && (capital.length > 0 || pairs > 0);
  });
}

/** `Hans`, or `MUELLER`: short words in capitals are antigens, sites and dyes. */
function isCapital(word: string): boolean {
  return /^\p{Lu}\p{Ll}{2,}$/u.test(word) || /^\p{Lu}{4,}$/u.test(word);
}

function hasBirthYear(words: readonly Word[], own: ReadonlySet<string>): boolean {
  return words.some(({ word }) => /^\d{4}$/.test(word) && !own.has(word) && isBirthYear(Number(word)));
}

/** A whole date of such a year: 12.03.1950, 1950-03-12, 12031950, 19500312. */
function hasBirthDate(text: string): boolean {
  const dayFirst = [...text.matchAll(/(?<!\d)(\d{1,2})[._ -]?(\d{1,2})[._ -]?(19\d\d)(?!\d)/g)];
  const yearFirst = [...text.matchAll(/(?<!\d)(19\d\d)[._ -]?(\d{1,2})[._ -]?(\d{1,2})(?!\d)/g)];
  const isDate = (year = '', a = '', b = '') => {
    const [low, high] = [Math.min(Number(a), Number(b)), Math.max(Number(a), Number(b))];
    return isBirthYear(Number(year)) && low >= 1 && low <= 12 && high <= 31 && a.length + b.length >= 3;
  };
  return (
    dayFirst.some(([, a, b, year]) => isDate(year, a, b)) || yearFirst.some(([, year, a, b]) => isDate(year, a, b))
  );
}

function isBirthYear(year: number): boolean {
  return year >= 1900 && year <= lastBirthYear;
}

function isWithin(part: string, sampleId: string): boolean {
  return sampleId.toLowerCase().includes(part.replace(/\.[A-Za-z0-9]{1,4}$/, '').toLowerCase());
}
