import { byText } from '../problems/index.ts';
import { gateMoves, type PopulationMoves } from './gateMoves.ts';
import type { RunConclusion, RunContents, RunCount, RunInput } from './runContents.ts';
import { templateWords } from './templateWords.ts';

export interface InputChange {
  readonly role: string;
  readonly path: string;
  readonly sample_id: string | null;
  readonly change: 'added' | 'removed' | 'changed' | 'renamed';
}

/** Tubes of one population whose count or state is another. */
export interface CountChange {
  readonly population: string;
  readonly tubes: readonly {
    readonly sample_id: string;
    readonly count: readonly [number | null, number | null];
    readonly percent: readonly [number | null, number | null];
    readonly status: readonly [string, string];
  }[];
}

export interface ConclusionChange {
  readonly family: string;
  readonly endpoint: string;
  readonly visits: string;
  readonly analysis: string;
  readonly isOtherVerdict: boolean;
  readonly from: RunConclusion | null;
  readonly to: RunConclusion | null;
}

/** What changed from one run to another; every list is empty where nothing did. */
export interface RunDifference {
  readonly facts: readonly string[];
  readonly versions: readonly string[];
  readonly inputs: readonly InputChange[];
  readonly template: readonly string[];
  readonly tubes: readonly string[];
  readonly gates: readonly PopulationMoves[];
  readonly counts: readonly CountChange[];
  readonly conclusions: readonly ConclusionChange[];
  /** Files of other content, also where none of the above says why. */
  readonly outputs: readonly string[];
}

/** What changed from one run to another: inputs by their hashes, template, versions, gates in u, counts and conclusions. */
export function compareRuns(from: RunContents, to: RunContents): RunDifference {
  return {
    facts: factWords(from, to),
    versions: versionWords(from, to),
    inputs: inputChanges(from.inputs, to.inputs),
    template: bookPairs(from, to, templateWords),
    tubes: tubeWords(from, to),
    gates: bookPairs(from, to, gateMoves),
    counts: countChanges(from.counts, to.counts),
    conclusions: conclusionChanges(from.conclusions, to.conclusions),
    outputs: [...new Set([...from.outputs.keys(), ...to.outputs.keys()])]
      .filter((path) => from.outputs.get(path) !== to.outputs.get(path))
      .sort(byText),
  };
}

export function isNothing(difference: RunDifference): boolean {
  return Object.values(difference).every((list) => list.length === 0);
}

function factWords(from: RunContents, to: RunContents): string[] {
  const words: string[] = [];
  if (from.study !== to.study) words.push(`study "${from.study}" became "${to.study}"`);
  if (from.command !== to.command) words.push(`command ${from.command} became ${to.command}`);
  if (from.planSha256 !== to.planSha256) words.push('the analysis plan is another one');
  if (from.overrideCount !== to.overrideCount) {
    words.push(`${from.overrideCount} patches of gates became ${to.overrideCount}`);
  }
  return words;
}

function versionWords(from: RunContents, to: RunContents): string[] {
  const names = [...new Set([...Object.keys(from.versions), ...Object.keys(to.versions)])].sort();
  return names.flatMap((name) => {
    const [before = 'none', after = 'none'] = [from.versions[name], to.versions[name]];
    return before === after ? [] : [`${name} ${before} became ${after}`];
  });
}

/** Tubes go by their id, all else by role and path; a file of the same content under another name is told as renamed. */
function inputChanges(from: readonly RunInput[], to: readonly RunInput[]): InputChange[] {
  const keyOf = ({ role, path, sampleId }: RunInput) => `${role}\n${sampleId ?? path}`;
  const [before, after] = [from, to].map((list) => new Map(list.map((input) => [keyOf(input), input])));
  const keys = [...new Set([...before!.keys(), ...after!.keys()])].sort(byText);
  return keys.flatMap((key): InputChange[] => {
    const [earlier, later] = [before!.get(key), after!.get(key)];
    const { role, path, sampleId: sample_id } = (later ?? earlier)!;
    const told = (change: InputChange['change']) => [{ role, path, sample_id, change }];
    if (earlier === undefined) return told('added');
    if (later === undefined) return told('removed');
    if (earlier.sha256 !== later.sha256) return told('changed');
    return earlier.path === later.path ? [] : told('renamed');
  });
}

function bookPairs<T>(
  from: RunContents,
  to: RunContents,
  compare: (a: NonNullable<Book>, b: NonNullable<Book>) => readonly T[],
): T[] {
  return [...to.books].flatMap(([name, book]) => {
    const earlier = from.books.get(name);
    return earlier === undefined ? [] : compare(earlier, book);
  });
}
type Book = ReturnType<RunContents['books']['get']>;

function tubeWords(from: RunContents, to: RunContents): string[] {
  const ids = [...new Set([...from.tubes.keys(), ...to.tubes.keys()])].sort(byText);
  return ids.flatMap((id) => {
    const [before, after] = [from.tubes.get(id), to.tubes.get(id)];
    if (before === after) return [];
    if (before === undefined) return [`tube "${id}" is new (${after})`];
    return [after === undefined ? `tube "${id}" is no more` : `tube "${id}" was ${before} and is ${after}`];
  });
}

function countChanges(from: readonly RunCount[], to: readonly RunCount[]): CountChange[] {
  const keyOf = ({ sampleId, population }: RunCount) => `${sampleId}\n${population}`;
  const before = new Map(from.map((row) => [keyOf(row), row]));
  const changes = new Map<string, CountChange['tubes'][number][]>();
  for (const row of to) {
    const earlier = before.get(keyOf(row));
    if (earlier === undefined) continue;
    if (earlier.count === row.count && earlier.percentOfParent === row.percentOfParent && earlier.status === row.status)
      continue;
    const list = changes.get(row.population) ?? [];
    list.push({
      sample_id: row.sampleId,
      count: [earlier.count, row.count],
      percent: [earlier.percentOfParent, row.percentOfParent],
      status: [earlier.status, row.status],
    });
    changes.set(row.population, list);
  }
  return [...changes].map(([population, tubes]) => ({ population, tubes }));
}

function conclusionChanges(from: readonly RunConclusion[], to: readonly RunConclusion[]): ConclusionChange[] {
  const [before, after] = [from, to].map((list) => new Map(list.map((row) => [row.key, row])));
  const keys = [...new Set([...after!.keys(), ...before!.keys()])];
  return keys.flatMap((key) => {
    const [earlier, later] = [before!.get(key), after!.get(key)];
    const texts = (row: RunConclusion | undefined) =>
      row && [row.estimate, row.p, row.pAdjusted, row.verdict, row.status, row.sentence].join('\n');
    if (texts(earlier) === texts(later)) return [];
    const { family, endpoint, visits, analysis } = (later ?? earlier)!;
    const isOtherVerdict = earlier?.verdict !== later?.verdict || earlier?.status !== later?.status;
    return [{ family, endpoint, visits, analysis, isOtherVerdict, from: earlier ?? null, to: later ?? null }];
  });
}
