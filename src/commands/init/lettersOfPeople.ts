import type { NameItem } from './nameItems.ts';
import { type SampleName, sampleName, visitOf } from './sampleName.ts';
import type { SubjectGuess } from './subjectColumns.ts';

/**
 * The names with letters and numbers that are people read as such: "D01" of "D01_BL" is no day, for the name has its
 * visit and no other subject; and so is the "D1" of "D1_T0", for a time counts from 0 and people do not.
 * @param subjects of the names as they are; those that have one keep their letters as visits
 */
export function withLettersOfPeople(
  names: readonly SampleName[],
  subjects: readonly SubjectGuess[],
): readonly SampleName[] {
  const isLacking = (at: number) => subjects[at]?.kind === 'open';
  const lacking = names.filter((_, at) => isLacking(at));
  const letters = new Set(lacking.filter(hasVisit).flatMap(({ maybe }) => maybe.map(letterOf)));
  const person = letters.size > 0 ? letters : lettersOfPairs(lacking);
  // The "T1" of "T1_P01_BL" is no visit, nor then is that of "T1_P01_M1"; but "post M1" is month 1.
  const beside = names.filter(
    ({ visit }, at) => !isLacking(at) && visit !== undefined && visitOf(visit).family !== 'therapy',
  );
  const noVisit = new Set(beside.flatMap(({ maybe }) => maybe.map(letterOf)));
  return names.map((name, at) => withCodes(name, isLacking(at) ? person : noVisit));
}

function hasVisit({ visit, maybe }: SampleName): boolean {
  return visit !== undefined && maybe.length === 1;
}

function letterOf(item: NameItem): string {
  return item.column;
}

/** Of two letters in each name: the one that never counts 0, where the other does; else the one with leading zeros. */
function lettersOfPairs(names: readonly SampleName[]): ReadonlySet<string> {
  const pairs = names.filter(({ visit, maybe }) => visit === undefined && maybe.length === 2);
  const columns = [...new Set(pairs.flatMap(({ maybe }) => maybe.map(letterOf)))];
  const itemsOf = (column: string) => pairs.flatMap(({ maybe }) => maybe.filter((item) => letterOf(item) === column));
  if (columns.length !== 2) return new Set();
  const isTime = (column: string) => itemsOf(column).some((item) => visitOf(item).order === 0);
  const isPadded = (column: string) => itemsOf(column).some((item) => /[A-Za-z]0\d/.test(item.text));
  const timed = columns.filter((column) => !isTime(column));
  const padded = columns.filter(isPadded);
  if (timed.length === 1) return new Set(timed);
  return new Set(padded.length === 1 ? padded : []);
}

function withCodes(name: SampleName, letters: ReadonlySet<string>): SampleName {
  const isPerson = (item: NameItem) => item.visit?.isSure === false && letters.has(letterOf(item));
  if (!name.items.some(isPerson)) return name;
  const items = name.items.map(
    (item): NameItem => (isPerson(item) ? { ...item, kind: 'code', visit: undefined } : item),
  );
  return sampleName(name.path, items);
}
