import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { hasErrors, type Problem, problem, type Reading, sortProblems, withoutFolder } from '../problems/index.ts';
import { decodeText, type Located, notText, onDisk, readYaml } from '../tables/index.ts';
import type { Template, TemplateRegistry } from '../template/index.ts';
import { identifyingNames } from './identifyingNames.ts';
import { missingPairs } from './missingPairs.ts';
import { findPopulation, type KnownPopulations, knownPopulations } from './populationNames.ts';
import { readFileOrSay } from './readFileOrSay.ts';
import { readingWishes } from './readingWishes.ts';
import { readPlan } from './readPlan.ts';
import { readSheet } from './readSheet.ts';
import type { SheetTube } from './sheetRow.ts';
import type { AbsoluteCounts, InputNames, Study, StudyInput, Tube } from './study.ts';
import { manyAsOne, readStudyFile, type StudyDraft, type StudyUse, unknownName } from './studyFile.ts';
import { loadTemplate } from './templateFiles.ts';
import { tubeCompensations } from './tubeCompensations.ts';
import { displayPath, findTubeFiles } from './tubeFiles.ts';

const countColumns = ['lymphocytes_per_ul', 'leukocytes_per_ul'];

/**
 * A study: study.yaml, its sheet, its templates, with every name looked up and every file found.
 * @param path of study.yaml
 * @param files `planned`: files need not be there yet, which is noted; for what is asked before the data
 * @returns the study, or undefined with everything that is wrong in any of the three, sorted by place
 */
export function readStudy(
  path: string,
  registry: TemplateRegistry,
  files: 'needed' | 'planned' = 'needed',
): Reading<Study> {
  const problems: Problem[] = [];
  const opened = openStudy(path, 'run', problems);
  if (opened === undefined) return { value: undefined, problems: sortProblems(problems) };
  const { draft, folder, inputs } = opened;
  const templates = readTemplates(draft, folder, registry, inputs, problems);
  const { known, added } = knownPopulations(templates, draft.denominators, problems);
  const absolute = readAbsolute(draft, known, problems);
  const plan = readPlan(draft, { known, hasAbsolute: absolute !== undefined }, problems);
  const found: Problem[] = [];
  const tubes = readTubes(draft, folder, inputs, { files, problems: found, templates });
  problems.push(...(files === 'planned' ? withoutAbsentFiles(found) : found));
  if (!hasErrors(problems))
    problems.push(
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
  const { name, title, seed, visits, bridge, blind, allowSameFile } = draft;
  const covariates = draft.covariates?.value ?? {};
  const { columns = {}, unit = 'percent', layout, sheet } = draft.input;
  const input: InputNames = { columns, unit, layout, ...(sheet === undefined ? {} : { sheet }) };
  return {
    name,
    title,
    folder,
    seed,
    visits,
    covariates,
    bridge,
    blind,
    allowSameFile,
    hasArms: draft.arms !== undefined,
    input,
    inputs,
  };
}

function readTemplates(
  draft: StudyDraft,
  folder: string,
  registry: TemplateRegistry,
  inputs: StudyInput[],
  problems: Problem[],
): Map<string, Template> {
  const templates = new Map<string, Template>();
  for (const [panel, { value, source, path }] of draft.templates) {
    const where = source.at(path);
    const loaded = loadTemplate(value, { folder, registry, where });
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

interface TubeWishes {
  readonly files: 'needed' | 'planned';
  readonly problems: Problem[];
  readonly templates: ReadonlyMap<string, Template>;
}

function readTubes(
  draft: StudyDraft,
  folder: string,
  inputs: StudyInput[],
  { files, problems, templates }: TubeWishes,
): Tube[] {
  const rows = readRows(draft, folder, inputs, problems);
  const root = dataRoot(draft.data, folder, { files, problems });
  const isHidden = draft.names === 'hidden';
  const named = rows.map(({ tube, where }) => {
    const { file, sampleId, row } = tube;
    return { file, shown: isHidden ? `<${sampleId}>` : file, row: row.row, where, tube };
  });
  if (!isHidden) problems.push(...personsIn(rows));
  const paths = root === undefined ? [] : findTubeFiles(root, named, draft.allowSameFile ? 'all' : 'panels', problems);
  const wishes = readingWishes(draft, new Set(rows.map(({ tube }) => tube.sampleId)), problems);
  const panels = new Map(rows.map(({ tube }) => [tube.sampleId, tube.panel]));
  const compensation = tubeCompensations({ draft, folder, templates, inputs, panels }, problems);
  return rows.map(({ tube: { row, file, ...tube } }, index) => {
    const path = paths[index] ?? file;
    return {
      ...tube,
      path,
      displayPath: isHidden ? `<${tube.sampleId}>` : displayPath(folder, path),
      ...(wishes.get(tube.sampleId) ?? { reading: {} }),
      compensation: compensation.get(tube.sampleId),
      sheetRow: row.row,
    };
  });
}

function personsIn(rows: readonly { readonly tube: SheetTube; readonly where: Problem['where'] }[]): Problem[] {
  const tubes = rows.map(({ tube: { file, sampleId, subject, visit, batch, panel, arm } }) => {
    return { file, sampleId, subject, known: [visit ?? '', batch, panel, arm] };
  });
  const [first] = rows;
  const found = identifyingNames(tubes, first?.where.file === undefined ? {} : { file: first.where.file });
  return found === undefined ? [] : [found];
}

function dataRoot(
  part: Located<string> | undefined,
  folder: string,
  { files, problems }: { readonly files: 'needed' | 'planned'; readonly problems: Problem[] },
): string | undefined {
  if (part === undefined) return undefined;
  const root = onDisk(resolve(folder, part.value)).path;
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return root;
  const where = part.source.at(part.path);
  const message = `there is no folder "${withoutFolder(part.value)}"`;
  problems.push(problem(files === 'planned' ? 'note' : 'error', 'input.not-found', message, where));
  return undefined;
}

/** The rows of the sheet, each with the place of its file. */
export function readRows(
  draft: StudyDraft,
  folder: string,
  inputs: StudyInput[],
  problems: Problem[],
): { tube: SheetTube; where: Problem['where'] }[] {
  const { sheet } = draft;
  if (sheet === undefined) return [];
  const bytes = readFileOrSay(resolve(folder, sheet.value), sheet.value, sheet.source.at(sheet.path), problems);
  if (bytes === undefined) return [];
  const file = displayPath(folder, resolve(folder, sheet.value));
  inputs.push({ role: 'sheet', displayPath: file, bytes });
  const covariates = draft.covariates?.value ?? {};
  const absolute = draft.absolute?.value;
  const countColumn =
    absolute?.method === 'dual' && !countColumns.includes(absolute.count) ? absolute.count : undefined;
  const read = readSheet(bytes, file, {
    named: {
      subject: draft.subjectColumn,
      arm: draft.arms?.value.column,
      covariates: [...Object.keys(covariates), ...(countColumn === undefined ? [] : [countColumn])],
    },
    visits: draft.visits.length === 0 ? undefined : draft.visits.map((visit) => visit.id),
    panels: draft.templates.size === 0 ? undefined : [...draft.templates.keys()],
    covariates,
    countColumn,
  });
  problems.push(...read.problems);
  if (read.value === undefined) return [];
  const { table, columns, tubes } = read.value;
  problems.push(...absentColumns(draft, table.header, columns, countColumn));
  const position = columns.index.get('file');
  return tubes.map((tube) => {
    const where = { file, line: tube.row.line, ...(position === undefined ? {} : { column: position + 1 }) };
    return { tube, where };
  });
}

/** Columns that study.yaml names and the sheet does not have. */
function absentColumns(
  draft: StudyDraft,
  header: readonly string[],
  columns: { readonly index: ReadonlyMap<string, number>; readonly covariates: ReadonlyMap<string, number> },
  countColumn: string | undefined,
): Problem[] {
  const known = header.filter((name) => name !== '');
  const absent = (name: string, part: Located<unknown>, keys: readonly string[], what: 'key' | 'value') =>
    unknownName('column', name, known, part.source.at([...part.path, ...keys], what));
  const { covariates, arms, absolute } = draft;
  const missing: Problem[] = [];
  if (covariates !== undefined) {
    const names = Object.keys(covariates.value).filter((name) => !columns.covariates.has(name));
    missing.push(...manyAsOne('columns', names, (name) => absent(name, covariates, [name], 'key')));
  }
  if (arms !== undefined && !columns.index.has('arm'))
    missing.push(absent(arms.value.column, arms, ['column'], 'value'));
  if (absolute?.value.method === 'dual') {
    const { count } = absolute.value;
    const isThere = countColumn === undefined ? columns.index.has(count) : columns.covariates.has(count);
    if (!isThere) missing.push(absent(count, absolute, ['count'], 'value'));
  }
  return missing;
}
