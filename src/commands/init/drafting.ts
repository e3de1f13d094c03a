import { statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { counted, hasErrors, type Problem, problem } from '../../problems/index.ts';
import { onDisk, shownPath, writeCsv, writeFileAtomically } from '../../tables/index.ts';
import type { TubeText } from '../inspect/tubeText.ts';
import { type DraftPanel, panelLine } from './draftPanels.ts';
import { type DraftRows, draftRows, type SheetRow } from './draftRows.ts';
import { draftStudy } from './draftStudy.ts';
import { fcsFolder, type LeftOut } from './fcsFolder.ts';
import type { DraftVisit } from './guessNames.ts';
import { leftOutText } from './leftOutText.ts';
import { cleaned } from './sampleIds.ts';

interface DraftOptions {
  /** Folder of the two files. */
  readonly out: string;
  readonly showIdentifiers: boolean;
}

interface Drafted {
  readonly exit: 0 | 2;
  readonly problems: readonly Problem[];
  /** What was written and what is left to do. */
  readonly text: string;
}

/** Drafts sheet.csv and study.yaml, and a template where none that is shipped fits; never over files that are there. */
export function draft(written: string, { out, showIdentifiers }: DraftOptions): Drafted {
  const folder = onDisk(written).path;
  const found = statSync(folder).isDirectory() ? fcsFolder(folder) : { files: [], leftOut: [] };
  const rows = draftRows(folder, found.files, showIdentifiers ? subjectKeyword : () => '');
  const unread = [...found.leftOut, ...rows.wrecks];
  const texts = draftTexts(rows, unread, { out, folder });
  const taken = [...texts.keys()].filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
  const problems = taken.map((path) =>
    problem('error', 'output.exists', 'this file is there already', { file: shownPath(path) }),
  );
  if (rows.rows.length + rows.open.length === 0) problems.push(noTube(folder, unread));
  if (hasErrors(problems)) return { exit: 2, problems, text: leftOutText(unread, unread.length) };
  for (const [path, text] of texts) writeFileAtomically(path, text);
  return { exit: 0, problems: [], text: summary([...texts.keys()], rows, unread) };
}

function noTube(folder: string, unread: readonly LeftOut[]): Problem {
  const message = unread.length === 0 ? 'there is no FCS file here' : 'no file here can be read as FCS';
  return problem('error', 'input.not-found', message, { file: shownPath(folder) });
}

/** Path -> text of every file to be written; the sheet and the study first. */
function draftTexts(
  { rows, open, panels, guessed }: DraftRows,
  unread: readonly LeftOut[],
  { out, folder }: { readonly out: string; readonly folder: string },
): ReadonlyMap<string, string> {
  const columns = columnsOf([...rows, ...open.map(({ row }) => row)]);
  const study = draftStudy({
    name: studyName(resolve(out)),
    data: relative(resolve(out), resolve(folder)).replaceAll('\\', '/').normalize('NFC') || '.',
    visits: guessed.visits.filter((visit) => rows.some((row) => row.visit === visit.id)),
    panels: panels.panels,
    spellings: guessed.spellings,
    open: open.map(({ row, reason }) => ({ reason, line: csvLine(row, columns) })),
    unread,
  });
  const drafts = panels.panels.flatMap(({ template, draft: text }) =>
    text === undefined ? [] : [[template, text] as const],
  );
  return new Map([
    [join(out, 'sheet.csv'), writeCsv(columns, rows)],
    [join(out, 'study.yaml'), study],
    ...drafts.map(([name, text]): [string, string] => [join(out, name), text]),
  ]);
}

const always = ['sample_id', 'file', 'subject', 'visit'] as const;

/** Panels and roles only where there are any. */
function columnsOf(rows: readonly SheetRow[]) {
  const further = (['panel', 'role'] as const).filter((name) => rows.some((row) => row[name] !== ''));
  return [...always, ...further].map((name) => ({ name, kind: 'text' as const }));
}

function csvLine(row: SheetRow, columns: ReturnType<typeof columnsOf>): string {
  return writeCsv(columns, [row]).split('\n')[1] ?? '';
}

/** What the file calls its sample: may be a person's name, and is taken only where identifiers may be shown. */
function subjectKeyword(text: TubeText): string {
  const keywords = text.file?.keywords;
  const names = ['PATIENT ID', '$SMNO', 'SAMPLE ID', '$SRC'];
  return cleaned(names.map((name) => keywords?.get(name)?.trim() ?? '').find((value) => value !== '') ?? '');
}

function studyName(folder: string): string {
  const name = basename(folder).replace(/[^A-Za-z0-9._-]+/g, '-');
  return name.replace(/^[^A-Za-z0-9]+/, '').slice(0, 40) || 'study';
}

function summary(
  targets: readonly string[],
  { rows, open, guessed, panels }: DraftRows,
  unread: readonly LeftOut[],
): string {
  const leftOut = [...open.map(({ row, reason }) => ({ name: row.file, reason })), ...unread];
  const lines = [
    `wrote ${targets.map(shownPath).join(', ')}`,
    ...foundLines(rows, panels.panels, guessed.visits),
    ...guessed.spellings.map((sentence) => `  look at  ${sentence}`),
  ];
  const left = leftOutText(leftOut, rows.length + leftOut.length);
  const toDo =
    open.length === 0
      ? ''
      : `their lines stand at the end of study.yaml: complete those that you want and move them to sheet.csv\n`;
  const study = shownPath(targets[1] ?? '');
  return `${lines.join('\n')}\n${left}${toDo}all of it is a guess from file names: confirm what was written, then: cytopair check ${study}\n`;
}

function foundLines(
  rows: readonly SheetRow[],
  panels: readonly DraftPanel[],
  known: readonly DraftVisit[],
): readonly string[] {
  const samples = rows.filter((row) => row.role === '');
  const subjects = new Set(samples.map((row) => row.subject));
  const visits = known.map(({ id }) => id).filter((id) => samples.some((row) => row.visit === id));
  const isOf = (visit: string) => new Set(samples.filter((row) => row.visit === visit).map((row) => row.subject)).size;
  const roles = [...new Set(rows.map((row) => row.role))].filter((role) => role !== '').sort();
  const lines = [
    `  ${counted(samples.length, 'tube')} of ${counted(subjects.size, 'subject')}: ${firstNames([...subjects])}`,
  ];
  const shown = visits.map((visit) => `${visit} (${counted(isOf(visit), 'subject')})`).join(', ');
  lines.push(`  visits: ${shown || 'not recognised'}`);
  const templates = panels.map((panel) => panelLine(panel, samples.filter((row) => row.panel === panel.panel).length));
  if (rows.length > 0) lines.push(`  ${panels.length > 1 ? 'panels' : 'template'}: ${templates.join('; ')}`);
  const controls = roles.map((role) => `${rows.filter((row) => row.role === role).length} ${role}`);
  if (controls.length > 0) lines.push(`  controls: ${controls.join(', ')}`);
  return lines;
}

// A line of the terminal holds about so many.
const mostSubjects = 8;

function firstNames(names: readonly string[]): string {
  if (names.length === 0) return 'no name says enough';
  return names.length <= mostSubjects ? names.join(', ') : `${names.slice(0, mostSubjects).join(', ')}, …`;
}
