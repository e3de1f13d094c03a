import { type Problem, problem, type Where } from '../problems/index.ts';

/** A subject at a visit, wherever it is written: in a sheet or in a table of shares. */
export interface WrittenSubject {
  readonly subject: string;
  readonly visit: string;
  /** What messages call the row: `row 7`, `line 7`. */
  readonly row: string;
  readonly where: Where;
}

interface Seen {
  readonly first: WrittenSubject;
  readonly visits: Set<string>;
}

/**
 * Subjects whose ids differ only by case, blanks, leading zeros or what does not show (`P3`, `p3`, `P 03`, `P3*`). Where one has only visits that
 * the other lacks, two halves of one patient stand apart and no pair can be made: an error. Where both have a visit they
 * may be two patients: a warning.
 */
export function similarSubjects(
  written: readonly WrittenSubject[],
  code: 'sheet.similar-subject' | 'input.similar-subject',
): Problem[] {
  const subjects = new Map<string, Seen>();
  for (const one of written) {
    const seen = subjects.get(one.subject) ?? { first: one, visits: new Set<string>() };
    seen.visits.add(one.visit);
    subjects.set(one.subject, seen);
  }
  const firstOf = new Map<string, Seen>();
  const pairs = [...subjects.values()].flatMap((seen): [Seen, Seen][] => {
    const key = likenessOf(seen.first.subject);
    const earlier = firstOf.get(key);
    if (earlier === undefined) firstOf.set(key, seen);
    return earlier === undefined ? [] : [[seen, earlier]];
  });
  const isSplit = ([seen, earlier]: [Seen, Seen]) => [...seen.visits].every((visit) => !earlier.visits.has(visit));
  return [
    ...oneFinding(pairs.filter(isSplit), 'error', code),
    ...oneFinding(
      pairs.filter((pair) => !isSplit(pair)),
      'warning',
      code,
    ),
  ];
}

/** The first pair with its rows; the others by their ids. */
function oneFinding(
  pairs: readonly [Seen, Seen][],
  severity: 'error' | 'warning',
  code: 'sheet.similar-subject' | 'input.similar-subject',
): Problem[] {
  const [firstPair, ...others] = pairs;
  if (firstPair === undefined) return [];
  const [seen, earlier] = firstPair;
  const [one, other] = [seen.first, earlier.first];
  const how = differenceOf(one.subject, other.subject);
  const halves = severity === 'error' ? `: ${visitsOf(seen)} here, ${visitsOf(earlier)} there` : '';
  const also = others.map(([a, b]) => `"${a.first.subject}" and "${b.first.subject}"`).join(', ');
  const more = others.length === 0 ? '' : `; ${others.length} more: ${also}`;
  const message = `subject "${one.subject}" differs from "${other.subject}" in ${other.row} by ${how} only${halves}${more}`;
  return [problem(severity, code, message, one.where)];
}

/** Cyrillic and Greek letters that no eye tells from Latin ones. */
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  [...'аеорсхукмтвнαορκμτβηνι'].map((letter, index) => [letter, [...'aeopcxykmtbhaopkmtbhvi'][index] ?? '']),
);

/**
 * An id as a tired person reads it: letters and numbers in order, without accents and without anything that does not
 * show (`P3` and a zero-width blank), marks (`P3*`, `P-3`) or the decimals that a spreadsheet adds (`3.0`); a blank
 * counts only between two numbers.
 */
function likenessOf(subject: string): string {
  const parts =
    subject
      .normalize('NFKD')
      .toLowerCase()
      .replace(/ß/g, 'ss')
      .replace(/^(\d+)[.,]0+$/, '$1')
      .replace(/[\p{Script=Cyrillic}\p{Script=Greek}]/gu, (letter) => lookAlikes[letter] ?? letter)
      .replace(/\p{M}/gu, '')
      .match(/\d+|[^\d\P{L}]+/gu) ?? [];
  const read = parts
    .map((part, index) => {
      if (!/^\d/.test(part)) return part;
      const isAfterNumber = /^\d/.test(parts[index - 1] ?? '');
      return `${isAfterNumber ? ' ' : ''}${part.replace(/^0+(?=\d)/, '')}`;
    })
    .join('');
  // An id of marks alone is like nothing but itself.
  return read === '' ? subject : read;
}

function differenceOf(one: string, other: string): string {
  const withoutZeros = (text: string) => text.replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ''));
  const isZeros = withoutZeros(one) === withoutZeros(other);
  if (isZeros) return 'leading zeros';
  const bare = (text: string) => text.toLowerCase().replace(/[\s_.-]+/g, '');
  if (bare(one) === bare(other)) return 'case or blanks';
  const isPlain = (text: string) => /^[\p{ASCII}]*$/u.test(text) && bare(text) === bare(text).replace(/[^a-z\d]/g, '');
  const hasDecimals = [one, other].some((text) => /^\d+[.,]0+$/.test(text));
  if (hasDecimals) return 'decimals';
  return isPlain(one) && isPlain(other)
    ? 'case, blanks or leading zeros'
    : 'case, zeros, or marks and letters that look alike';
}

function visitsOf({ visits }: Seen): string {
  return [...visits].sort().join(', ');
}
