import * as z from 'zod';
import { type Plan, VisitId } from '../analysis/index.ts';
import { didYouMean, nearestName, type Problem, problem } from '../problems/index.ts';
import { type Located, type YamlPlace, type YamlSource, yamlParts } from '../tables/index.ts';
import { DenominatorEntry } from '../template/index.ts';
import { readEvents } from './readEvents.ts';
import type { StudyEvent, Visit } from './study.ts';
import {
  AssociationEntry,
  ComparisonEntry,
  DenominatorName,
  EventEntry,
  FamilyEntry,
  StudyFile,
  VisitEntry,
} from './studySchema.ts';

/** study.yaml, every part of it that could be read, with its place. */
export interface StudyDraft {
  readonly source: YamlSource;
  readonly name: string;
  readonly title: string;
  readonly data: Located<string> | undefined;
  readonly sheet: Located<string> | undefined;
  /** By panel; the empty name where one template serves all. */
  readonly templates: ReadonlyMap<string, Located<string>>;
  readonly subjectColumn: string;
  readonly visits: readonly Visit[];
  readonly events: readonly StudyEvent[];
  readonly denominators: ReadonlyMap<string, Located<DenominatorEntry>>;
  /** Whether outputs may print what files are called. */
  readonly names: StudyFile['names'];
  readonly seed: number;
  readonly reading: Located<NonNullable<StudyFile['reading']>> | undefined;
  readonly allowSameFile: boolean;
  readonly input: StudyFile['input'];
  /** The laboratory's own names of populations, looked up by `agree`. */
  readonly map: Located<NonNullable<StudyFile['map']>> | undefined;
  readonly comparisons: readonly Located<z.infer<typeof ComparisonEntry>>[] | undefined;
  readonly families: readonly Located<z.infer<typeof FamilyEntry>>[] | undefined;
  readonly associations: readonly Located<z.infer<typeof AssociationEntry>>[] | undefined;
  readonly alpha: Plan['alpha'] | undefined;
  readonly level: Plan['level'] | undefined;
  readonly rules: Plan['rules'] | undefined;
  readonly bridge: StudyFile['controls']['bridge'];
  readonly absolute: Located<StudyFile['absolute']> | undefined;
  readonly covariates: Located<NonNullable<StudyFile['covariates']>> | undefined;
  readonly arms: Located<NonNullable<StudyFile['arms']>> | undefined;
  readonly blind: readonly string[];
}

const { shape } = StudyFile;

/** `run`: everything; `analyze`: a table of frequencies takes the place of files, sheet and template. */
export type StudyUse = 'run' | 'analyze';

/** Reads study.yaml part by part; what names things elsewhere is looked up by others. */
export function readStudyFile(source: YamlSource, use: StudyUse, problems: Problem[]): StudyDraft | undefined {
  const parts = yamlParts(source, Object.keys(shape), problems);
  if (parts === undefined) return undefined;
  const value = source.value as object;
  const file = use === 'run' ? parts.required : parts.optional;
  const has = (key: string) => Object.hasOwn(value, key);
  const listed = parts.list<z.infer<typeof VisitEntry>>(VisitEntry, 'visits', VisitSkeleton);
  const visits = readVisits(listed, has('visits'), source, problems);
  parts.required(shape.cytopair, 'cytopair');
  return {
    source,
    name: parts.required(shape.study, 'study')?.value ?? '',
    title: parts.optional(shape.title, 'title')?.value ?? '',
    data: file(shape.data, 'data'),
    sheet: file(shape.sheet, 'sheet'),
    templates: templatesOf(file(shape.template, 'template')),
    subjectColumn: parts.optional(shape.subject, 'subject')?.value ?? 'subject',
    visits,
    events: has('events') ? readEvents(parts.list(EventEntry, 'events'), visits, problems) : [],
    denominators: parts.entries(DenominatorName, DenominatorEntry, 'denominators'),
    names: parts.optional(shape.names, 'names')?.value ?? 'shown',
    seed: parts.optional(shape.seed, 'seed')?.value ?? 1,
    reading: parts.optional(shape.reading.unwrap(), 'reading'),
    allowSameFile: parts.optional(shape.allow_same_file, 'allow_same_file')?.value ?? false,
    input: parts.optional(shape.input, 'input')?.value ?? {},
    map: parts.optional(shape.map.unwrap(), 'map'),
    comparisons: has('comparisons') ? parts.list(ComparisonEntry, 'comparisons') : undefined,
    families: has('families') ? parts.list(FamilyEntry, 'families') : undefined,
    associations: has('associations') ? parts.list(AssociationEntry, 'associations') : undefined,
    alpha: parts.optional(shape.alpha, 'alpha')?.value,
    level: parts.optional(shape.level, 'level')?.value,
    rules: parts.optional(shape.rules, 'rules')?.value,
    bridge: parts.optional(shape.controls, 'controls')?.value.bridge ?? 'report',
    absolute: parts.optional(shape.absolute, 'absolute'),
    covariates: parts.optional(shape.covariates.unwrap(), 'covariates'),
    arms: parts.optional(shape.arms.unwrap(), 'arms'),
    blind: parts.optional(shape.blind, 'blind')?.value ?? [],
  };
}

/** A visit whose day or window was refused is still named by sheet and plan. */
const VisitSkeleton = z.object({ id: VisitId });

function templatesOf(part: Located<StudyFile['template']> | undefined): Map<string, Located<string>> {
  if (part === undefined) return new Map();
  const { value, source, path } = part;
  if (typeof value === 'string') return new Map([['', { value, source, path }]]);
  return new Map(
    Object.entries(value).map(([panel, name]) => [panel, { value: name, source, path: [...path, panel] }]),
  );
}

function readVisits(
  entries: readonly Located<z.infer<typeof VisitEntry>>[],
  isGiven: boolean,
  source: YamlSource,
  problems: Problem[],
): Visit[] {
  const isList = isGiven && Array.isArray(Reflect.get(source.value as object, 'visits'));
  if (!isGiven) {
    const found = problem('error', 'study.missing-key', 'key "visits" is missing', source.at([]), 'add it: a list');
    problems.push({ ...found, key: 'visits' });
  } else if (isList && entries.length === 0) {
    problems.push(problem('error', 'study.wrong-value', 'there is no visit', source.at(['visits'])));
  }
  duplicateIds(entries, (visit) => (typeof visit === 'string' ? visit : visit.id), 'visit', problems);
  return entries.map(({ value }) => {
    if (typeof value === 'string') return { id: value, label: value, day: null, window: null };
    const { id, label = id, day = null, window = null } = value;
    return { id, label, day, window };
  });
}

/** Ids of a list are compared without case: they become columns and file names. */
export function duplicateIds<T>(
  items: readonly Located<T>[],
  idOf: (item: T) => string,
  what: string,
  problems: Problem[],
): void {
  const first = new Map<string, YamlPlace>();
  for (const { value, source, path } of items) {
    const id = idOf(value);
    const earlier = first.get(id.toLowerCase());
    if (earlier === undefined) first.set(id.toLowerCase(), source.at(path));
    else {
      const message = `${what} "${id}" stands twice (also on line ${earlier.line}; case does not count)`;
      problems.push(problem('error', 'study.duplicate-id', message, source.at(path)));
    }
  }
}

/** The problem of a name that is none of the known ones. */
export function unknownName(what: string, name: string, known: readonly string[], where: YamlPlace): Problem {
  const all = known.length === 0 ? undefined : `known: ${known.join(', ')}`;
  const hint = didYouMean(nearestName(name, known)) ?? all;
  return problem('error', 'study.unknown-name', `${what} "${name}" is not known`, where, hint);
}

/** So many unknown names are told one by one; more of them are one finding, at the first. */
const mostNamesTold = 20;

/** A finding for each name, or one for all where they are too many to be read. */
export function manyAsOne(what: string, names: readonly string[], say: (name: string) => Problem): Problem[] {
  const [first] = names;
  if (first === undefined || names.length <= mostNamesTold) return names.map(say);
  return [{ ...say(first), message: `${names.length} ${what} are not known, the first: "${first}"` }];
}
