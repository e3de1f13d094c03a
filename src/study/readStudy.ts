import { basename, dirname } from 'node:path';
import { hasErrors, type Problem, problem, type Reading, sortProblems } from '../problems/index.ts';
import { decodeText, notText, onDisk, readYaml } from '../tables/index.ts';
import type { Template, TemplateRegistry } from '../template/index.ts';
import { missingControls } from './missingControls.ts';
import { missingPairs } from './missingPairs.ts';
import { findPopulation, type KnownPopulations, knownPopulations } from './populationNames.ts';
import { unknownEventSubjects } from './readEvents.ts';
import { readFileOrSay } from './readFileOrSay.ts';
import { readPlan } from './readPlan.ts';
import { readTubes } from './readTubes.ts';
import type { AbsoluteCounts, InputNames, Study, StudyInput } from './study.ts';
import { readStudyFile, type StudyDraft, type StudyUse } from './studyFile.ts';
import { loadTemplate } from './templateFiles.ts';

/** How a study is read. */
export interface StudyReading {
  /** `planned`: files need not be there yet, which is noted; for what is asked before the data. Default: needed. */
  readonly files?: 'needed' | 'planned';
  /** The template that takes the place of a written one: a path, or shipped:NAME. @param panels how many there are */
  readonly templateOf?: (written: string, panels: number) => string;
}

/**
 * A study: study.yaml, its sheet, its templates, with every name looked up and every file found.
 * @param path of study.yaml
 * @returns the study, or undefined with everything that is wrong in any of the three, sorted by place
 */
export function readStudy(
  path: string,
  registry: TemplateRegistry,
  { files = 'needed', templateOf = (written) => written }: StudyReading = {},
): Reading<Study> {
  const problems: Problem[] = [];
  const opened = openStudy(path, 'run', problems);
  if (opened === undefined) return { value: undefined, problems: sortProblems(problems) };
  const { draft, folder, inputs } = opened;
  const templates = readTemplates(draft, { folder, registry, templateOf, inputs }, problems);
  const { known, added } = knownPopulations(templates, draft.denominators, problems);
  const absolute = readAbsolute(draft, known, problems);
  const plan = readPlan(draft, { known, hasAbsolute: absolute !== undefined }, problems);
  const found: Problem[] = [];
  const tubes = readTubes(draft, folder, inputs, { files, problems: found, templates });
  problems.push(...(files === 'planned' ? withoutAbsentFiles(found) : found));
  problems.push(...unknownEventSubjects(draft.events, tubes, draft.source.at(['events'])));
  if (!hasErrors(problems))
    problems.push(
      ...missingControls(tubes, { templates, registry, families: draft.families ?? [] }),
      ...missingPairs(plan, draft.visits, tubes, { file: draft.sheet?.value ?? '', code: 'sheet.missing-pair' }),
    );
  const study = { ...studyOf(draft, folder, inputs), templates, denominators: added, tubes, plan, absolute };
  return { value: hasErrors(problems) ? undefined : study, problems: sortProblems(problems) };
}

/** Files that are not there yet as one note: before the data, a plan and its sheet are all there is. */
function withoutAbsentFiles(problems: readonly Problem[]): Problem[] {
  const isAbsent = ({ code }: Problem) => code === 'sheet.file-not-found';
  const absent = problems.filter(isAbsent);
  const [first] = absent;
  const others = problems.filter((found) => !isAbsent(found));
  if (first === undefined) return others;
  const message = absent.length === 1 ? first.message : `${absent.length} files are not there yet`;
  const { column, line, ...where } = first.where;
  return [...others, problem('note', first.code, message, where, 'a plan can be made without them')];
}

/** study.yaml itself, read part by part. */
export function openStudy(
  path: string,
  use: StudyUse,
  problems: Problem[],
): { draft: StudyDraft; folder: string; inputs: StudyInput[] } | undefined {
  const file = basename(path).normalize('NFC');
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return undefined;
  const foreign = notText(bytes, file, 'study', 'YAML');
  if (foreign !== undefined) {
    problems.push(foreign);
    return undefined;
  }
  const { text, encoding } = decodeText(bytes);
  if (encoding === 'windows-1252') {
    problems.push(problem('warning', 'study.encoding', 'not UTF-8; read as Windows-1252', { file }));
  }
  const yaml = readYaml(text, file, 'study');
  problems.push(...yaml.problems);
  const draft = yaml.value && readStudyFile(yaml.value, use, problems);
  const inputs: StudyInput[] = [{ role: 'study', displayPath: file, bytes }];
  return draft && { draft, folder: dirname(onDisk(path).path), inputs };
}

/** What a study says without its templates and its sheet. */
export function studyOf(draft: StudyDraft, folder: string, inputs: readonly StudyInput[]) {
  const { name, title, seed, visits, events, bridge, blind, allowSameFile } = draft;
  const covariates = draft.covariates?.value ?? {};
  const { columns = {}, unit = 'percent', layout, sheet } = draft.input;
  const input: InputNames = { columns, unit, layout, ...(sheet === undefined ? {} : { sheet }) };
  return {
    name,
    title,
    folder,
    seed,
    visits,
    events,
    covariates,
    bridge,
    blind,
    allowSameFile,
    hasArms: draft.arms !== undefined,
    input,
    inputs,
  };
}

interface TemplatesRequest {
  readonly folder: string;
  readonly registry: TemplateRegistry;
  readonly templateOf: NonNullable<StudyReading['templateOf']>;
  /** Filled. */
  readonly inputs: StudyInput[];
}

function readTemplates(
  draft: StudyDraft,
  { folder, registry, templateOf, inputs }: TemplatesRequest,
  problems: Problem[],
): Map<string, Template> {
  const templates = new Map<string, Template>();
  for (const [panel, { value, source, path }] of draft.templates) {
    const where = source.at(path);
    const loaded = loadTemplate(templateOf(value, draft.templates.size), { folder, registry, where });
    problems.push(...loaded.problems);
    if (loaded.value === undefined) continue;
    templates.set(panel, loaded.value.template);
    // Panels may share a file: it is one input.
    const isNew = (input: StudyInput) => !inputs.some((other) => other.displayPath === input.displayPath);
    inputs.push(...loaded.value.inputs.filter(isNew));
  }
  // With one template unreadable, a name of the study may be in it: nothing is said of names then.
  return templates.size === draft.templates.size ? templates : new Map();
}

function readAbsolute(
  { absolute }: StudyDraft,
  { paths }: KnownPopulations,
  problems: Problem[],
): AbsoluteCounts | undefined {
  if (absolute === undefined) return undefined;
  const { value } = absolute;
  switch (value.method) {
    case 'off':
      return undefined;
    case 'volumetric':
      return { method: 'volumetric' };
    case 'dual':
    case 'beads': {
      const of = findPopulation(value.of, absolute, ['of'], paths, problems) ?? value.of;
      return value.method === 'beads' ? { method: 'beads', of } : { method: 'dual', column: value.count, of };
    }
    default:
      return value satisfies never;
  }
}
