import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { counted, hasErrors, type Problem, problem } from '../problems/index.ts';
import { onDisk, writeCsv, writeFileAtomically } from '../tables/index.ts';
import { draftStudy } from './draftStudy.ts';
import { shownPath } from './files.ts';
import { guessNames, orderedVisits } from './guessNames.ts';
import { type TubeText, tubeText } from './tubeText.ts';

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

interface SheetRow {
  readonly sample_id: string;
  readonly file: string;
  readonly subject: string;
  readonly visit: string;
}

/** Drafts sheet.csv and study.yaml; never over files that are there. */
export function draft(written: string, { out, showIdentifiers }: DraftOptions): Drafted {
  const folder = onDisk(written).path;
  const targets = ['sheet.csv', 'study.yaml'].map((name) => join(out, name));
  const taken = targets.filter((path) => statSync(path, { throwIfNoEntry: false }) !== undefined);
  const problems = taken.map((path) =>
    problem('error', 'output.exists', 'this file is there already', { file: shownPath(path) }),
  );
  const files = statSync(folder).isDirectory() ? fcsFiles(folder) : [];
  if (files.length === 0) {
    problems.push(problem('error', 'input.not-found', 'no file ends in .fcs here', { file: shownPath(folder) }));
  }
  if (hasErrors(problems)) return { exit: 2, problems, text: '' };
  const texts = files.map((file) => tubeText(join(folder, file), file, {}));
  const rows = rowsOf(files, texts, showIdentifiers);
  const visits = orderedVisits(rows.map((row) => row.visit));
  const data = relative(resolve(out), resolve(folder)).replaceAll('\\', '/').normalize('NFC') || '.';
  const stains = texts.map(({ file }) => file?.parameters.map((one) => `${one.stain ?? ''} ${one.name}`) ?? []);
  const study = draftStudy({ name: studyName(resolve(out)), data, visits, stains });
  const [sheetPath = '', studyPath = ''] = targets;
  writeFileAtomically(sheetPath, writeCsv(sheetColumns, rows));
  writeFileAtomically(studyPath, study);
  const unreadable = texts.filter((one) => one.file === undefined).flatMap((one) => one.problems);
  return { exit: 0, problems: unreadable, text: summary(targets, rows, visits) };
}

const sheetColumns = [
  { name: 'sample_id', kind: 'text' },
  { name: 'file', kind: 'text' },
  { name: 'subject', kind: 'text' },
  { name: 'visit', kind: 'text' },
] as const;

/** Paths relative to the folder, with `/`, ascending. */
function fcsFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.fcs$/i.test(file))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();
}

function rowsOf(files: readonly string[], texts: readonly TubeText[], showIdentifiers: boolean): readonly SheetRow[] {
  const names = files.map((file) =>
    basename(file)
      .replace(/\.fcs$/i, '')
      .normalize('NFC'),
  );
  const guesses = guessNames(names);
  const used = new Set<string>();
  return files.map((file, index) => {
    const name = names[index] ?? '';
    // Equal names in two folders: the folder tells them apart.
    const free = used.has(name.toLowerCase()) ? file.replace(/\.fcs$/i, '').replaceAll('/', '_') : name;
    used.add(free.toLowerCase());
    const { subject = '', visit = '' } = guesses[index] ?? {};
    const known = subject === '' && showIdentifiers ? subjectKeyword(texts[index]) : subject;
    return { sample_id: free.normalize('NFC'), file: file.normalize('NFC'), subject: known, visit };
  });
}

/** What the file calls its sample: may be a person's name, and is taken only where identifiers may be shown. */
function subjectKeyword(text: TubeText | undefined): string {
  const keywords = text?.file?.keywords;
  const names = ['PATIENT ID', '$SMNO', 'SAMPLE ID', '$SRC'];
  return names.map((name) => keywords?.get(name)?.trim() ?? '').find((value) => value !== '') ?? '';
}

function studyName(folder: string): string {
  const name = basename(folder).replace(/[^A-Za-z0-9._-]+/g, '-');
  return name.replace(/^[^A-Za-z0-9]+/, '').slice(0, 40) || 'study';
}

function summary(targets: readonly string[], rows: readonly SheetRow[], visits: readonly string[]): string {
  const subjects = new Set(rows.map((row) => row.subject).filter((subject) => subject !== ''));
  const open = rows.filter((row) => row.subject === '' || row.visit === '').length;
  const left =
    open === 0
      ? ''
      : `${open === 1 ? '1 row needs' : `${open} rows need`} a subject or a visit: fill in the empty cells\n`;
  return (
    `wrote ${targets.map(shownPath).join(' and ')}: ${counted(rows.length, 'tube')}, ${counted(subjects.size, 'subject')}, ` +
    `visits ${visits.length === 0 ? 'not recognised' : visits.join(', ')}\n${left}` +
    `all of it is a guess from file names: confirm both files, then: cytopair check ${shownPath(targets[1] ?? '')}\n`
  );
}
