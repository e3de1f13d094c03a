import { readdirSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import {
  deidentifiedHead,
  type FcsReadingOptions,
  type OpenSource,
  openFile,
  pseudonymousName,
  readFcs,
  sha256Of,
  subjectPseudonyms,
  writeDeidentified,
} from '../../fcs/index.ts';
import { type Outcome, refused, warningsOf } from '../../pipeline/index.ts';
import { andMore, hasErrors, type Problem, problem, systemRefusal, withoutFolder } from '../../problems/index.ts';
import { makeFolder, onDisk } from '../../tables/index.ts';
import { type MapRow, readMap, readSubjects, type SubjectOf, secretOf, writeMap } from './deidentifyNames.ts';

export interface DeidentifyOptions {
  /** Folder of the new files. */
  readonly out: string;
  /** Sample sheet with the columns file and subject. */
  readonly subjects: string | undefined;
  /** Map from old to new names; never inside `out`. */
  readonly map: string | undefined;
  readonly reading: FcsReadingOptions;
}

interface Setting {
  readonly out: string;
  readonly secret: string;
  readonly subjectOf: SubjectOf;
  readonly reading: FcsReadingOptions;
}

/**
 * New FCS files without persons: the keywords that computing needs, dates moved by whole weeks one subject, DATA byte
 * for byte; each read back before it gets its name. What undoes it (map and secret) is written elsewhere, for the owner.
 * Pseudonymous, not anonymous: events, panels and voltages stay as they are.
 */
export function deidentify(files: readonly string[], options: DeidentifyOptions): Outcome {
  const out = resolve(options.out);
  const mapPath = resolve(options.map ?? `${basename(out)}-private/map.csv`);
  const found = [...missing(files), ...refusedPlaces(out, mapPath, options)];
  if (hasErrors(found)) return refused(found);
  const before = readMap(mapPath, basename(mapPath));
  const subjects =
    options.subjects === undefined ? undefined : readSubjects(options.subjects, basename(options.subjects));
  found.push(...before.problems, ...(subjects?.problems ?? []));
  found.push(...notOurs(out, before.value ?? [], options));
  if (hasErrors(found)) return refused(found);
  makeFolder(out);
  const setting: Setting = {
    out,
    secret: secretOf(mapPath),
    subjectOf: subjects?.value ?? (() => undefined),
    reading: options.reading,
  };
  const rows: MapRow[] = [];
  for (const file of files) {
    const one = deidentifyFile(onDisk(file).path, setting);
    found.push(...one.problems);
    if (one.row !== undefined) rows.push(one.row);
  }
  if (rows.length > 0) writeMap(mapPath, before.value ?? [], rows);
  const failedCount = files.length - rows.length;
  const shownMap = options.map === undefined ? relative(process.cwd(), mapPath) : withoutFolder(options.map);
  const apart = rows.length === 0 ? '' : `; names and secret -> ${shownMap.replaceAll('\\', '/')} (keep it apart)`;
  return {
    exit: failedCount > 0 ? 3 : 0,
    problems: found,
    text: rows.map((row) => `${options.out.replace(/\/$/, '')}/${row.new_file}\n`).join(''),
    closing:
      `cytopair: ${rows.length} of ${files.length} files written, ${failedCount} failed, ${warningsOf(found)} -> ` +
      `${withoutFolder(options.out)}${apart}`,
  };
}

function missing(files: readonly string[]): Problem[] {
  return files
    .filter((file) => statSync(onDisk(file).path, { throwIfNoEntry: false }) === undefined)
    .map((file) =>
      problem('error', 'input.not-found', `there is no file "${basename(file)}"`, { file: basename(file) }),
    );
}

function refusedPlaces(out: string, mapPath: string, { out: written }: DeidentifyOptions): Problem[] {
  const shown = withoutFolder(written);
  const found: Problem[] = [];
  const inside = relative(out, mapPath);
  if (!inside.startsWith('..') && !isAbsolute(inside)) {
    const message = 'the map of names would lie inside the folder that is passed on';
    found.push(problem('error', 'cli.usage', message, { file: shown }, 'name another place with --map'));
  }
  return found;
}

/** A folder may hold the files of earlier calls with the same map, and nothing else. */
function notOurs(out: string, before: readonly MapRow[], { out: written }: DeidentifyOptions): Problem[] {
  const shown = withoutFolder(written);
  const status = statSync(out, { throwIfNoEntry: false });
  if (status === undefined) return [];
  const ours = new Set(before.map((row) => row.new_file));
  const isFree = status.isDirectory() && readdirSync(out).every((name) => ours.has(name));
  if (isFree) return [];
  return [problem('error', 'output.not-ours', `the folder "${basename(out)}" holds other files`, { file: shown })];
}

interface OneFile {
  readonly row?: MapRow;
  readonly problems: readonly Problem[];
}

function deidentifyFile(path: string, setting: Setting): OneFile {
  const name = basename(path).normalize('NFC');
  const source = openToRead(path, name);
  if ('code' in source) return { problems: [source] };
  try {
    const { value: file, problems } = readFcs(source, setting.reading);
    if (file === undefined) return { problems };
    const known = setting.subjectOf(path);
    const content = sha256Of(source);
    const pseudonyms = subjectPseudonyms(setting.secret, known ?? `file ${content}`);
    const newFile = pseudonymousName(setting.secret, `${content} ${file.dataSet}`);
    const made = deidentifiedHead(file, pseudonyms);
    // A file may hold its own name as the disk spells it, or composed.
    const stems = new Set([name, basename(path)].map((one) => one.replace(/\.[^.]*$/, '')));
    const alsoRemoved = [
      ...[...stems].map((value) => ({ keyword: 'file name', value })),
      ...(known === undefined ? [] : [{ keyword: 'subject', value: known }]),
    ];
    const written = writeDeidentified(source, file.layout, made, join(setting.out, newFile), alsoRemoved);
    const said = [...written, ...remarks(name, known, made.replacedNames, file.dataSetCount)];
    if (hasErrors(written)) return { problems: said };
    const row = { file: path, new_file: newFile, subject: known ?? '', date_shift_days: pseudonyms.shiftDays };
    return { row, problems: said };
  } finally {
    source.close();
  }
}

function openToRead(path: string, name: string): OpenSource | Problem {
  try {
    return openFile(path, name);
  } catch (fault) {
    const refusal = systemRefusal(fault);
    if (refusal === undefined) throw fault;
    return problem('error', 'fcs.unreadable-file', `the file cannot be opened: ${refusal}`, { file: name });
  }
}

function remarks(
  file: string,
  subject: string | undefined,
  replaced: readonly string[],
  dataSetCount: number,
): Problem[] {
  const where = { file };
  const found: Problem[] = [];
  if (subject === undefined) {
    const message = 'its subject is not known; its dates move by themselves, not with other files of the subject';
    found.push(problem('warning', 'fcs.deidentify-subject-unknown', message, where));
  }
  if (replaced.length > 0) {
    const message = `${andMore(replaced)}: not all words are known markers, dyes or detectors; replaced by a number such as "P3"`;
    found.push(problem('warning', 'fcs.deidentify-name-replaced', message, where));
  }
  if (dataSetCount > 1) {
    const message = `the file holds ${dataSetCount} data sets; one was written`;
    found.push(problem('note', 'fcs.deidentify-one-data-set', message, where));
  }
  return found;
}
