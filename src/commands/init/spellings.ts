import type { SubjectGuess } from './subjectColumns.ts';
import { commonest } from './visitGuesses.ts';

/** The one text by which each subject is called, and a sentence for each that names spell in several ways. */
export function oneSpelling(guesses: readonly SubjectGuess[]): {
  readonly texts: ReadonlyMap<string, string>;
  readonly sentences: readonly string[];
} {
  const written = new Map<string, string[]>();
  for (const guess of guesses) {
    if (guess.kind === 'subject') written.set(guess.key, [...(written.get(guess.key) ?? []), guess.text]);
  }
  const texts = new Map([...written].map(([key, spelled]) => [key, commonest(spelled)]));
  const sentences = [...written].flatMap(([key, spelled]) => {
    const distinct = [...new Set(spelled)];
    if (distinct.length < 2) return [];
    return [`${distinct.map((text) => `"${text}"`).join(', ')}: taken for one subject, "${texts.get(key)}"`];
  });
  return { texts, sentences };
}
