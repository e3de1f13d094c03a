import { foldWord } from './foldWord.ts';

/** Visits whose order among themselves a name tells; baseline goes with all of them. */
export type VisitFamily = 'any' | 'calendar' | 'visit' | 'time' | 'cycle' | 'therapy' | 'end';

/** A visit as a name spells it. */
export interface SeenVisit {
  /** Equal for "Week 4", "wk4" and "W04". */
  readonly key: string;
  readonly family: VisitFamily;
  /** Order within the family; days in `calendar`. */
  readonly order: number;
  /** Planned day, where the word tells one. */
  readonly day: number | undefined;
  /** False for a letter and a number ("M01", "V2"), which may as well be a person, a tube or a place. */
  readonly isSure: boolean;
  /** True where the same letters say another visit as well: "D-7". */
  readonly isTorn?: boolean;
}

interface Unit {
  readonly letter: string;
  readonly family: VisitFamily;
  readonly days: number;
}

// English, German, French, Spanish; 365.25 / 12 days a month. Visits and time points have an order but no days.
const units: readonly (Unit & { readonly words: string })[] = [
  { letter: 'd', family: 'calendar', days: 1, words: 'd day days tag tage j jour jours dia dias' },
  {
    letter: 'w',
    family: 'calendar',
    days: 7,
    words: 'w wk wks week weeks woche wochen sem semaine semaines semana semanas',
  },
  { letter: 'm', family: 'calendar', days: 30.4375, words: 'm mo mon mth month months monat monate mois mes meses' },
  { letter: 'y', family: 'calendar', days: 365.25, words: 'y yr year years jahr jahre an ans annee ano anos' },
  { letter: 'v', family: 'visit', days: 0, words: 'v visit visite visita vis' },
  { letter: 't', family: 'time', days: 0, words: 't tp timepoint zeitpunkt temps tiempo' },
];
const unitOf = new Map(units.flatMap((unit) => unit.words.split(' ').map((word): [string, Unit] => [word, unit])));

const plainWords: readonly { key: string; family: VisitFamily; order: number; words: string }[] = [
  { key: 'scr', family: 'any', order: -2, words: 'scr screen screening' },
  { key: 'bl', family: 'any', order: -1, words: 'bl bsl base baseline basal basale basis ausgangswert' },
  { key: 'pre', family: 'therapy', order: 0, words: 'pre prae pra vor vorher before prior avant antes' },
  { key: 'post', family: 'therapy', order: 1, words: 'post nach nachher after apres despues' },
  // Ends and follow-ups come after whatever is counted.
  { key: 'eot', family: 'end', order: 1e6, words: 'eot eos eow endoftreatment' },
  { key: 'fu', family: 'end', order: 2e6, words: 'fu followup nachsorge' },
];
const plainOf = new Map(plainWords.flatMap((one) => one.words.split(' ').map((word) => [word, one] as const)));

/** Does one word alone name a visit: "BL", "nach", "D28", "week4", "C1D1"? */
export function isVisitWord(word: string): boolean {
  return seenVisit(foldWord(word)) !== undefined;
}

/** @param key one word, or a unit and its number joined, as folded; "4w" and "w4" are the same */
export function seenVisit(key: string): SeenVisit | undefined {
  const plain = plainOf.get(key);
  if (plain !== undefined) {
    const { family, order } = plain;
    return { key: plain.key, family, order, day: plain.key === 'bl' ? 0 : undefined, isSure: true };
  }
  const cycle = /^c(\d{1,2})d(\d{1,2})$/.exec(key);
  if (cycle !== null) {
    const [c, d] = [Number(cycle[1]), Number(cycle[2])];
    return { key: `c${c}d${d}`, family: 'cycle', order: 100 * c + d, day: undefined, isSure: true };
  }
  const later = /^(fu|followup)(\d{1,2})$/.exec(key);
  if (later !== null) {
    const number = Number(later[2]);
    return { key: `fu${number}`, family: 'end', order: 2e6 + number, day: undefined, isSure: true };
  }
  const found = /^([a-z]+)(\d{1,3})$/.exec(key) ?? reverseOrder(/^(\d{1,3})([a-z]+)$/.exec(key));
  const unit = unitOf.get(found?.[1] ?? '');
  return found === null || unit === undefined ? undefined : numberVisit(unit, found[1] ?? '', Number(found[2]));
}

/** "4 weeks" is week 4; a second visit is "visit 2" and never "2 visit". */
function reverseOrder(found: RegExpExecArray | null): readonly string[] | null {
  const unit = unitOf.get(found?.[2] ?? '');
  if (found === null || unit === undefined || (unit.family !== 'calendar' && found[2]?.length === 1)) return null;
  return [found[0], found[2] ?? '', found[1] ?? ''];
}

function numberVisit({ letter, family, days }: Unit, word: string, number: number): SeenVisit | undefined {
  // V450 is a dye; nobody counts a hundred visits.
  if (family !== 'calendar' && number > 99) return undefined;
  const day = family === 'calendar' ? Math.round(number * days) : undefined;
  return { key: `${letter}${number}`, family, order: day ?? number, day, isSure: word.length > 2 };
}

/** True for the words before or behind a number that make it a visit: "week", "Monat", "T". */
export function isVisitUnit(key: string): boolean {
  return unitOf.has(key);
}
