import { andMore } from '../problems/index.ts';
import type { Findings } from './findings.ts';
import type { Entry } from './parseText.ts';
import { isLayoutKeyword, isStandardKeyword } from './standardKeywords.ts';

/** Keywords of one data set; where a keyword stands twice, the first. */
export interface KeywordTable {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Layout keywords that stand more than once with values that differ: all their entries. */
  readonly conflicts: ReadonlyMap<string, readonly Entry[]>;
}

/** Folds entries into a table and reports the keywords that stand twice. */
export function keywordTable(list: readonly Entry[], findings: Findings): KeywordTable {
  const entries = new Map<string, Entry>();
  const conflicts = new Map<string, Entry[]>();
  const equal: Entry[] = [];
  const differing: Entry[] = [];
  for (const entry of list) {
    const first = entries.get(entry.key);
    if (first === undefined) {
      entries.set(entry.key, entry);
    } else if (first.value === entry.value) {
      equal.push(entry);
    } else if (isLayoutKeyword(entry.key)) {
      conflicts.set(entry.key, [...(conflicts.get(entry.key) ?? [first]), entry]);
    } else {
      differing.push(entry);
    }
  }
  report(equal, differing, findings);
  return { entries, conflicts };
}

function report(equal: readonly Entry[], differing: readonly Entry[], findings: Findings): void {
  if (equal.length > 0) {
    const message = `keywords stand twice with the same value: ${names(equal)}`;
    findings.add('note', 'fcs.keyword-duplicate', message, equal[0]?.offsetBytes);
  }
  if (differing.length > 0) {
    const message = `keywords stand twice with values that differ: ${names(differing)}; the first was used`;
    findings.add('warning', 'fcs.keyword-duplicate-conflict', message, differing[0]?.offsetBytes);
  }
}

/** Only keywords of the standard are named: in a damaged TEXT a value, and a person's name, can stand as a keyword. */
function names(entries: readonly Entry[]): string {
  const keys = [...new Set(entries.map((entry) => entry.key))];
  const standard = keys.filter(isStandardKeyword);
  const otherCount = keys.length - standard.length;
  const others = otherCount === 0 ? [] : [`${otherCount} of the vendor`];
  return [...(standard.length > 0 ? [andMore(standard)] : []), ...others].join(' and ');
}

// A file with more than this many ways to be read is not read by trying them all.
const mostVariants = 16;

/**
 * Every way to choose among conflicting layout keywords, the first values first.
 * @returns one map without conflicts; undefined where there are too many
 */
export function tableVariants(table: KeywordTable): ReadonlyMap<string, Entry>[] | undefined {
  let variants: ReadonlyMap<string, Entry>[] = [table.entries];
  for (const [key, choices] of table.conflicts) {
    const distinct = choices.filter((c, i) => choices.findIndex((d) => d.value === c.value) === i);
    variants = variants.flatMap((map) => distinct.map((choice) => new Map(map).set(key, choice)));
    if (variants.length > mostVariants) return undefined;
  }
  return variants;
}
