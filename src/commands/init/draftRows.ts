import { join } from 'node:path';
import { codes, hasErrors } from '../../problems/index.ts';
import { type TubeText, tubeText } from '../inspect/tubeText.ts';
import { type DraftPanels, draftPanels, type NamedTube } from './draftPanels.ts';
import type { FoundFile } from './fcsFolder.ts';
import { type GuessedNames, guessNames, type NameGuess } from './guessNames.ts';
import { sampleIds } from './sampleIds.ts';

/** A row of sheet.csv; of a file that is left out, as far as it is known. */
export interface SheetRow {
  readonly sample_id: string;
  readonly file: string;
  readonly subject: string;
  readonly visit: string;
  readonly panel: string;
  readonly role: string;
}

export interface OpenRow {
  readonly row: SheetRow;
  readonly reason: string;
}

export interface DraftRows {
  readonly rows: readonly SheetRow[];
  /** Files that can be read and get no row. */
  readonly open: readonly OpenRow[];
  /** Files that cannot be read. */
  readonly wrecks: readonly { readonly name: string; readonly reason: string }[];
  readonly guessed: GuessedNames;
  readonly panels: DraftPanels;
}

/** A row for each file whose name says enough, and whose markers its template finds: one that `check` accepts. */
export function draftRows(
  folder: string,
  files: readonly FoundFile[],
  subjectOf: (text: TubeText) => string,
): DraftRows {
  const read = files.map((file) => ({ file, text: tubeText(join(folder, file.path), file.name, {}) }));
  const isReadable = ({ text }: { text: TubeText }) => text.file !== undefined && !hasErrors(text.problems);
  const tubes = read.filter(isReadable);
  const wrecks = read
    .filter((one) => !isReadable(one))
    .map(({ file, text }) => ({ name: file.name, reason: wreckReason(text) }));
  const names = tubes.map(({ file }) => file.name.replace(/\.(fcs|lmd)$/i, ''));
  const ids = sampleIds(names);
  const guessed = guessNames(names);
  const guesses = tubes.map(({ text }, at) => withKeyword(guessed.guesses[at], () => subjectOf(text)));
  const named = tubes.map(({ file, text }, at): NamedTube | undefined => {
    const guess = guesses[at];
    if (guess === undefined || guess.kind === 'open') return undefined;
    const panel = guess.kind === 'sample' ? guess.panel : '';
    return { name: file.name, text, panel, isControl: guess.kind === 'control' };
  });
  const all = tubes.map(({ text }) => text);
  const panels = draftPanels(
    named.filter((one) => one !== undefined),
    all,
  );
  const rows: SheetRow[] = [];
  const open: OpenRow[] = [];
  tubes.forEach(({ file }, at) => {
    const [guess, tube] = [guesses[at], named[at]];
    const place = tube === undefined ? undefined : panels.of(tube);
    const row = { ...rowOf(guess), sample_id: ids[at] ?? '', file: cellPath(file.name) };
    if (place === undefined) open.push({ row, reason: guess?.kind === 'open' ? guess.reason : '' });
    else if ('reason' in place) open.push({ row, reason: place.reason });
    else rows.push({ ...row, panel: place.panel });
  });
  return { rows, open, wrecks, guessed, panels };
}

function rowOf(guess: NameGuess | undefined) {
  if (guess?.kind === 'control') return { subject: '', visit: '', panel: '', role: guess.role };
  const { subject = '', visit = '' } = guess ?? {};
  return { subject, visit, panel: guess?.kind === 'sample' ? guess.panel : '', role: '' };
}

/** A keyword may name the subject where identifiers may be shown, and nothing but the subject is open. */
function withKeyword(guess: NameGuess | undefined, subjectOf: () => string): NameGuess | undefined {
  if (guess?.kind !== 'open' || guess.subject !== '' || guess.visit === '') return guess;
  const subject = subjectOf();
  return subject === '' ? guess : { kind: 'sample', subject, visit: guess.visit, panel: '' };
}

/** By the kind of its first error, so that files of one fault are one line. */
function wreckReason({ problems }: TubeText): string {
  const first = problems.find((found) => found.severity === 'error');
  const says = first === undefined ? 'no reason is known' : codes[first.code].says;
  return `check refuses the file: ${says} (cytopair inspect shows it)`;
}

/** A name that a spreadsheet would take for a formula is the same file with "./" before it. */
function cellPath(name: string): string {
  return /^[=+\-@']/.test(name) ? `./${name}` : name;
}
