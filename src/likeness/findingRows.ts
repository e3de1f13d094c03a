import { counted, type Severity } from '../problems/index.ts';
import type { Likeness, NamedFinding } from './compareTubes.ts';
import { comparisons } from './registry.ts';
import { grouped, someOf } from './sisters.ts';

/** A line of the table of what is unlike. */
export interface FindingRow {
  /** `P03_M1`, `P01_M1, P02_M1 and 4 more`. */
  readonly tubes: string;
  readonly comparison: string;
  readonly severity: Severity;
  readonly words: string;
}

/** What is unlike, as a table: the same of several tubes is one line, also where only numbers differ. */
export function findingRows({ findings }: Pick<Likeness, 'findings'>): readonly FindingRow[] {
  const alike = grouped(findings, ({ comparison, words, problem }) =>
    JSON.stringify([comparison, problem.severity, words.replace(/\d+(?:[.,]\d+)*/g, '#')]),
  );
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const ids = [...new Set(group.flatMap((one) => one.sampleIds))].sort();
    const { comparison, words, problem } = first;
    return [{ tubes: someOf(ids), comparison, severity: problem.severity, words }];
  });
}

/**
 * `41 of 43 tubes alike; P03_M1: CD24 and CD38 on exchanged channels`. What is found in all tubes makes none unlike, and
 * neither does a note.
 * @returns the line without its end; empty where there are not two tubes
 */
export function likeTubesLine({ tubeCount, findings }: Pick<Likeness, 'tubeCount' | 'findings'>): string {
  if (tubeCount < 2) return '';
  const telling = findings.filter((one) => one.problem.severity !== 'note' && !isOfAll(one, findings, tubeCount));
  const unlike = new Set(telling.flatMap((one) => one.sampleIds));
  const head = `${tubeCount - unlike.size} of ${counted(tubeCount, 'tube')} alike`;
  if (telling.length === 0)
    return `${head} in ${someOf(
      comparisons.map((one) => one.name),
      comparisons.length,
    )}`;
  const rows = findingRows({ findings: telling }).map((row) => `${row.tubes}: ${row.words}`);
  return [head, ...rows.slice(0, 3), ...(rows.length > 3 ? [`and ${rows.length - 3} more`] : [])].join('; ');
}

function isOfAll({ comparison }: NamedFinding, findings: readonly NamedFinding[], tubeCount: number): boolean {
  const own = findings.filter((one) => one.comparison === comparison);
  // Two tubes that are one file are unlike nobody, and yet not to be compared.
  return comparison !== 'same events' && own.length === 1 && own[0]!.sampleIds.length === tubeCount;
}
