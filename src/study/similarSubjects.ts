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
 * Subjects whose ids differ only by case, blanks or leading zeros (`P3`, `p3`, `P 03`). Where one has only visits that
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

/** An id as a tired person reads it: letters and numbers in order; a blank counts only between two numbers. */
function likenessOf(subject: string): string {
  const parts =
    subject
      .normalize('NFKC')
      .toLowerCase()
      .match(/\d+|[^\d\s_.-]+/g) ?? [];
  return parts
    .map((part, index) => {
      if (!/^\d/.test(part)) return part;
      const isAfterNumber = /^\d/.test(parts[index - 1] ?? '');
      return `${isAfterNumber ? ' ' : ''}${part.replace(/^0+(?=\d)/, '')}`;
    })
    .join('');
}

function differenceOf(one: string, other: string): string {
  const withoutZeros = (text: string) => text.replace(/\d+/g, (digits) => digits.replace(/^0+(?=\d)/, ''));
  const isZeros = withoutZeros(one) === withoutZeros(other);
  if (isZeros) return 'leading zeros';
  const bare = (text: string) => text.toLowerCase().replace(/[\s_.-]+/g, '');
  return bare(one) === bare(other) ? 'case or blanks' : 'case, blanks or leading zeros';
}

function visitsOf({ visits }: Seen): string {
  return [...visits].sort().join(', ');
}
