import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { hasErrors, type Problem, problem, type Reading, sortProblems } from '../problems/index.ts';
import { decodeText, type Located, readYaml } from '../tables/index.ts';
import type { Template, TemplateRegistry } from '../template/index.ts';
import { missingPairs } from './missingPairs.ts';
import { findPopulation, type KnownPopulations, knownPopulations } from './populationNames.ts';
import { readFileOrSay } from './readFileOrSay.ts';
import { readPlan } from './readPlan.ts';
import { readSheet } from './readSheet.ts';
import type { SheetTube } from './sheetRow.ts';
import type { AbsoluteCounts, InputNames, Study, StudyInput, Tube } from './study.ts';
import { readStudyFile, type StudyDraft, type StudyUse, unknownName } from './studyFile.ts';
import { loadTemplate } from './templateFiles.ts';
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
  const tubes = readTubes(draft, folder, inputs, { files, problems: found });
  problems.push(...(files === 'planned' ? withoutAbsentFiles(found) : found));
  if (!hasErrors(problems)) problems.push(...missingPairs(plan, draft.visits, tubes, draft.sheet?.value ?? ''));
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
  const file = basename(path);
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return undefined;
  const { text, encoding } = decodeText(bytes);
  if (encoding === 'windows-1252') {
    problems.push(problem('warning', 'study.encoding', 'not UTF-8; read as Windows-1252', { file }));
  }
  const yaml = readYaml(text, file, 'study');
  problems.push(...yaml.problems);
  const draft = yaml.value && readStudyFile(yaml.value, use, problems);
  const inputs: StudyInput[] = [{ role: 'study', displayPath: file, bytes }];
  return draft && { draft, folder: dirname(resolve(path)), inputs };
}

/** What a study says without its templates and its sheet. */
export function studyOf(draft: StudyDraft, folder: string, inputs: readonly StudyInput[]) {
  const { name, title, seed, visits, bridge, blind } = draft;
  const covariates = draft.covariates?.value ?? {};
  const { columns = {}, unit = 'percent', layout } = draft.input;
  const input: InputNames = { columns, unit, layout };
  return {
    name,
    title,
    folder,
    seed,
    visits,
    covariates,
    bridge,
    blind,
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

function readTubes(
  draft: StudyDraft,
  folder: string,
  inputs: StudyInput[],
  { files, problems }: { readonly files: 'needed' | 'planned'; readonly problems: Problem[] },
): Tube[] {
  const rows = readRows(draft, folder, inputs, problems);
  const root = dataRoot(draft.data, folder, { files, problems });
  const named = rows.map(({ tube, where }) => ({ file: tube.file, row: tube.row.row, where }));
  const paths = root === undefined ? [] : findTubeFiles(root, named, problems);
  const reading = readingOptions(
    draft,
    rows.map(({ tube }) => tube.sampleId),
    problems,
  );
  return rows.map(({ tube: { row, file, ...tube } }, index) => {
    const path = paths[index] ?? file;
    const shown = displayPath(folder, path);
    return { ...tube, path, displayPath: shown, reading: reading[tube.sampleId] ?? {}, sheetRow: row.row };
  });
}

function dataRoot(
  part: Located<string> | undefined,
  folder: string,
  { files, problems }: { readonly files: 'needed' | 'planned'; readonly problems: Problem[] },
): string | undefined {
  if (part === undefined) return undefined;
  const root = resolve(folder, part.value);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory()) return root;
  const where = part.source.at(part.path);
  problems.push(
    problem(files === 'planned' ? 'note' : 'error', 'input.not-found', `there is no folder "${part.value}"`, where),
  );
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
  for (const name of Object.keys(covariates?.value ?? {})) {
    if (covariates !== undefined && !columns.covariates.has(name))
      missing.push(absent(name, covariates, [name], 'key'));
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

function readingOptions(
  { reading }: StudyDraft,
  sampleIds: readonly string[],
  problems: Problem[],
): Readonly<Record<string, Tube['reading']>> {
  const entries = Object.entries(reading?.value ?? {}).map(([sampleId, options]): [string, Tube['reading']] => {
    const id = sampleId.normalize('NFC');
    if (reading !== undefined && sampleIds.length > 0 && !sampleIds.includes(id)) {
      const where = reading.source.at([...reading.path, sampleId], 'key');
      problems.push(unknownName('sample_id', sampleId, sampleIds, where));
    }
    return [id, readingOf(options)];
  });
  return Object.fromEntries(entries);
}

/** Without the keys that were not written, so that a default stays the reader's own. */
function readingOf(written: NonNullable<StudyDraft['reading']>['value'][string]): Tube['reading'] {
  const { offsets, data_set: dataSet, accept_truncated: acceptTruncated, accept_trailing: acceptTrailing } = written;
  const { bit_order: bitOrder } = written;
  return {
    ...(offsets === undefined ? {} : { offsets }),
    ...(dataSet === undefined ? {} : { dataSet }),
    ...(acceptTruncated === undefined ? {} : { acceptTruncated }),
    ...(acceptTrailing === undefined ? {} : { acceptTrailing }),
    ...(bitOrder === undefined ? {} : { bitOrder }),
  };
}
