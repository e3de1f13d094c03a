import { foldWord } from './foldWord.ts';
import { isVisitWord } from './visitWords.ts';

/** A run of letters and digits in a file's path. */
export interface NamePart {
  /** As written. */
  readonly text: string;
  /** As compared. */
  readonly key: string;
  /** What stands between it and the part before; empty where a word was split. */
  readonly gap: string;
  /** Place in the path, from 0; `end` is the first character behind it. */
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a path in order. Words that run together are split where both halves speak: "P01BL", "vorTherapie".
 * @param path in NFC, with `/`, without its ending
 */
export function nameParts(path: string): readonly NamePart[] {
  const parts: NamePart[] = [];
  let last = 0;
  for (const match of path.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    let start = match.index;
    for (const text of splitWord(match[0])) {
      const end = start + text.length;
      parts.push({ text, key: foldWord(text), gap: path.slice(last, start), start, end });
      start = end;
      last = end;
    }
  }
  return parts;
}

function splitWord(word: string): readonly string[] {
  if (isVisitWord(word)) return [word];
  // "vorTherapie", "PatVor": two words of at least three and two letters; "McNeil" and "BCell" stay whole.
  const camel = /^(\p{Ll}{3,}|\p{Lu}\p{Ll}{2,})(\p{Lu}.+)$/u.exec(word);
  if (camel !== null) return [camel[1] ?? '', ...splitWord(camel[2] ?? '')];
  // "P01BL", "017D0", "Pat1vor": a number, then all of a visit. "CD24" is no C and D24, for C holds no digit.
  const joined = /^(.*\d)(\p{L}+\d*)$/u.exec(word);
  const [, head = '', tail = ''] = joined ?? [];
  return isVisitWord(tail) && !/^cd\d/i.test(word) ? [head, tail] : [word];
}
