import { type ControlName, controlName } from './controlNames.ts';
import { withLettersOfPeople } from './lettersOfPeople.ts';
import { nameItems } from './nameItems.ts';
import { nameParts } from './nameParts.ts';
import { panelGuesses } from './panelGuesses.ts';
import { type SampleName, sampleName } from './sampleName.ts';
import { oneSpelling } from './spellings.ts';
import { noSubject, subjectGuesses } from './subjectColumns.ts';
import { orderedVisits, visitGuesses } from './visitGuesses.ts';

/** What a file name says of its tube. */
export type NameGuess =
  | { readonly kind: 'control'; readonly role: 'fmo' | 'single' | 'unstained' | 'bridge' }
  | { readonly kind: 'sample'; readonly subject: string; readonly visit: string; readonly panel: string }
  /** Not enough to be sure: why, and what is sure all the same. */
  | { readonly kind: 'open'; readonly reason: string; readonly subject: string; readonly visit: string };

/** A visit that names show. */
export interface DraftVisit {
  readonly id: string;
  /** Planned day, where its word tells one. */
  readonly day: number | undefined;
  /** "BL" or "screening": the day before all others counts from. */
  readonly isBaseline: boolean;
}

export interface GuessedNames {
  /** In the order of the names. */
  readonly guesses: readonly NameGuess[];
  /** In the order of time. */
  readonly visits: readonly DraftVisit[];
  /** Subjects that names spell in more than one way, as sentences. */
  readonly spellings: readonly string[];
}

/**
 * Subjects, visits, panels and roles as the names of a folder show them together: a visit only by a word or a count
 * whose order is certain, a subject only where nothing in the names divides it or joins it with another.
 * @param paths in NFC, with `/`, without their ending, ascending
 */
export function guessNames(paths: readonly string[]): GuessedNames {
  const controls = paths.map((path) => controlName(nameParts(path.slice(path.lastIndexOf('/') + 1))));
  const names = paths.filter((_, at) => controls[at] === undefined).map((path) => sampleName(path, nameItems(path)));
  const found = sampleGuesses(names);
  let next = 0;
  const guesses = controls.map((control) => {
    if (control !== undefined) return controlGuess(control);
    const guess = found.guesses[next];
    next += 1;
    if (guess === undefined) throw new Error('a name without a guess');
    return guess;
  });
  return { ...found, guesses };
}

function controlGuess(control: ControlName): NameGuess {
  if (control.kind === 'role') return { kind: 'control', role: control.role };
  return { kind: 'open', reason: `the name says: ${control.what}`, subject: '', visit: '' };
}

function sampleGuesses(seen: readonly SampleName[]): GuessedNames {
  const names = withLettersOfPeople(seen, subjectGuesses(seen));
  const subjects = subjectGuesses(names);
  const visits = visitGuesses(names, subjects);
  const { texts, sentences } = oneSpelling(subjects);
  const panels = panelGuesses(names, subjects, visits);
  const guesses = names.map((_, at): NameGuess => {
    const [subject, visit, panel] = [subjects[at], visits[at], panels[at]];
    const known = {
      subject: subject?.kind === 'subject' ? (texts.get(subject.key) ?? '') : '',
      visit: visit?.kind === 'visit' ? visit.id : '',
    };
    if (subject?.kind === 'open' && visit?.kind === 'open') return { ...neither(names[at], subject.reason), ...known };
    // Without a visit beside it a number may count anything.
    if (visit?.kind === 'open' && /^\d+$/.test(known.subject))
      return { ...neither(names[at], noSubject), ...known, subject: '' };
    for (const one of [subject, visit, panel]) if (one?.kind === 'open') return { ...one, ...known };
    return { kind: 'sample', ...known, panel: panel?.kind === 'panel' ? panel.name : '' };
  });
  return { guesses, visits: orderedVisits(visits), spellings: sentences };
}

function neither(name: SampleName | undefined, reason: string): { readonly kind: 'open'; readonly reason: string } {
  if (reason !== noSubject) return { kind: 'open', reason };
  if (name?.maybe.length === 0) return { kind: 'open', reason: 'neither subject nor visit can be told from the name' };
  return { kind: 'open', reason: 'a letter with a number may be a subject or a visit' };
}
