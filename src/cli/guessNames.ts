/** What a file name seems to say; empty text where it says nothing. */
export interface GuessedName {
  readonly subject: string;
  readonly visit: string;
}

/** `BL`, `Baseline`, `SCR`, `Screening`, `Pre`, or a letter of a unit and a number: D0, W2, M1, V3, T1, Y1, Month 6. */
const visitWord = /^(bl|base|baseline|scr|screening|pre|post|(d|day|w|wk|week|m|mo|month|v|visit|t|y|year)\d{1,3})$/i;
const isNumber = /^\d+$/;

/**
 * Subjects and visits as file names show them: the visit is the last word that looks like one, the subject the words
 * before it, without those that all files share.
 * @param names file names without `.fcs`, in order
 * @returns in the order of the names; a guess, for a person to confirm
 */
export function guessNames(names: readonly string[]): readonly GuessedName[] {
  const split = names.map((name) => joinedNumbers(name.split(/[_\s.-]+/).filter((word) => word !== '')));
  const isShared = (word: string) => names.length > 1 && split.every((words) => words.includes(word));
  return split.map((words) => {
    const at = words.findLastIndex((word) => visitWord.test(word));
    const before = (at === -1 ? words : words.slice(0, at)).filter((word) => !isShared(word));
    const after = at === -1 ? [] : words.slice(at + 1).filter((word) => !isShared(word));
    const subject = (before.length > 0 ? before : after).join('_');
    return { subject, visit: at === -1 ? '' : (words[at] ?? '').toUpperCase() };
  });
}

// "Month 6" and "Visit_2" are one word each.
function joinedNumbers(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1) ?? '';
    if (isNumber.test(word) && /^(day|week|month|visit|year)$/i.test(last)) joined[joined.length - 1] = last + word;
    else joined.push(word);
  }
  return joined;
}

/** Visits in the order of time, as far as their names tell: baseline first, then by days; others by name at the end. */
export function orderedVisits(visits: Iterable<string>): readonly string[] {
  return [...new Set(visits)].filter((visit) => visit !== '').sort((a, b) => dayOf(a) - dayOf(b) || (a < b ? -1 : 1));
}

/** The planned day that a visit's name seems to say; a large number where it says none. */
export function dayOf(visit: string): number {
  if (/^(scr|screening)$/i.test(visit)) return -2;
  if (/^(bl|base|baseline|pre)$/i.test(visit)) return -1;
  const found = /^(d|day|w|wk|week|m|mo|month|y|year|v|visit|t)(\d+)$/i.exec(visit);
  if (found === null) return Number.MAX_SAFE_INTEGER;
  const unit = (found[1] ?? '').charAt(0).toLowerCase();
  // 365.25 / 12 days a month; visits and time points have an order but no days.
  const days = { d: 1, w: 7, m: 30.4375, y: 365.25 }[unit] ?? 1;
  return Math.round(Number(found[2]) * days);
}
