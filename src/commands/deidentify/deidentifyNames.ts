import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { hasErrors, type Problem, problem, type Reading } from '../../problems/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { columnKey, makeFolder, readCsvText, readTable, writeCsv } from '../../tables/index.ts';

/** One line of the map from old names to new ones: with the secret beside it, all that undoes a de-identification. */
export interface MapRow {
  /** As typed, made absolute. */
  readonly file: string;
  readonly new_file: string;
  readonly subject: string;
  readonly date_shift_days: number;
}

/** @returns the subject of a file by its path, or undefined where the sheet has no such file */
export type SubjectOf = (path: string) => string | undefined;

/**
 * Subjects by file out of a sample sheet (columns file and subject): by the path, relative to the sheet's folder or
 * to a folder above the file, so by its base name where that is enough.
 */
export function readSubjects(path: string, shown: string): Reading<SubjectOf> {
  const found: Problem[] = [];
  const bytes = readFileOrSay(path, shown, { file: shown }, found);
  if (bytes === undefined) return { value: undefined, problems: found };
  const { value: table, problems } = readTable(bytes, { file: shown, required: ['file', 'subject'], area: 'sheet' });
  if (table === undefined || hasErrors(problems)) return { value: undefined, problems };
  const keys = table.header.map(columnKey);
  const cell = (cells: readonly string[], name: string) => cells[keys.indexOf(name)] ?? '';
  const rows = table.rows.map(({ cells }) => ({
    file: cell(cells, 'file').replaceAll('\\', '/').replace(/^\.\//, '').normalize('NFC'),
    subject: cell(cells, 'subject'),
  }));
  return {
    value: (file) => {
      const whole = resolve(file).replaceAll('\\', '/').normalize('NFC');
      const fitting = rows.filter((row) => row.file !== '' && (whole === row.file || whole.endsWith(`/${row.file}`)));
      const subjects = new Set(fitting.map((row) => row.subject));
      return subjects.size === 1 && !subjects.has('') ? [...subjects][0] : undefined;
    },
    problems,
  };
}

/** The secret beside the map: the one of an earlier call, or a new one that nobody else may read. */
export function secretOf(mapPath: string): string {
  const path = `${mapPath}.secret`;
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return readFileSync(path, 'utf8').trim();
  const secret = randomBytes(32).toString('hex');
  writePrivately(path, `${secret}\n`);
  return secret;
}

/** The lines of an earlier call; none where there is no map yet. */
export function readMap(path: string, shown: string): Reading<readonly MapRow[]> {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return { value: [], problems: [] };
  const wanted = ['file', 'new_file', 'subject', 'date_shift_days'];
  const unread: Problem[] = [];
  const bytes = readFileOrSay(path, shown, { file: shown }, unread);
  if (bytes === undefined) return { value: undefined, problems: unread };
  const { value: table, problems } = readCsvText(bytes, shown, wanted);
  const isMap = table !== undefined && wanted.every((name, i) => table.header[i] === name);
  if (!isMap) {
    const found: Problem = problem('error', 'output.exists', `"${basename(path)}" is no map of ours`, { file: shown });
    return { value: undefined, problems: [...problems, found] };
  }
  const rows = table.rows.map(({ cells }) => {
    const [file = '', new_file = '', subject = '', shift = '0'] = cells;
    return { file, new_file, subject, date_shift_days: Number(shift) };
  });
  return { value: rows, problems };
}

/** Writes the map, old lines of other files kept. */
export function writeMap(path: string, before: readonly MapRow[], now: readonly MapRow[]): void {
  const files = new Set(now.map((row) => row.file));
  const rows = [...before.filter((row) => !files.has(row.file)), ...now];
  const text = writeCsv<MapRow>(
    [
      { name: 'file', kind: 'text' },
      { name: 'new_file', kind: 'text' },
      { name: 'subject', kind: 'text' },
      { name: 'date_shift_days', kind: 'count' },
    ],
    rows,
  );
  writePrivately(path, text);
}

/** Whole or not at all, for the owner's eyes. */
function writePrivately(path: string, text: string): void {
  makeFolder(dirname(resolve(path)));
  const draft = `${path}.partial`;
  const descriptor = openSync(draft, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(draft, path);
}
