import { type Problem, sortProblems } from './problem.ts';

/** Below this many tubes, messages that differ in their numbers are each worth a line. */
const MANY = 4;
/** So many further tubes are named. */
const NAMED = 5;

/**
 * For reading: what is found alike in several tubes as one line, with its number and the first names. Findings at a line of
 * a text file are each their own, since each has its own place to mend; notes are gathered wherever they lie.
 * @returns sorted by place; the record of a run keeps each finding
 */
export function gatherProblems(problems: readonly Problem[]): readonly Problem[] {
  const alike = groupsBy(sortProblems(problems), (one) => sayingOf(one, one.message));
  // One sentence that names several tubes stands as it is; what each tube has in its own words is laid together.
  const single = new Set(alike.filter((group) => group.length === 1).flat());
  const ownWords = (one: Problem) => (single.has(one) ? withoutNames(one) : one.message);
  const groups = groupsBy(alike.flat(), (one) => sayingOf(one, withoutNumbers(one, ownWords(one))));
  return sortProblems(
    groups.flatMap((group) => {
      const same = groupsBy(group, (one) => sayingOf(one, ownWords(one)));
      const isOneThing = same.length === 1 || tubesOf(group).length >= MANY;
      return isOneThing ? [together(group, same.length === 1)] : same.map((one) => together(one, true));
    }),
  );
}

function groupsBy(problems: readonly Problem[], keyOf: (one: Problem) => unknown): Problem[][] {
  const groups = new Map<unknown, Problem[]>();
  for (const one of problems) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** What is said, in the words given; the finding itself where it is not to be gathered. */
function sayingOf(one: Problem, words: string): unknown {
  const { severity, code, hint, where } = one;
  if (severity !== 'note' && (where.line !== undefined || (where.sampleId ?? where.byte) === undefined)) return one;
  // A hint may name the tube that it is about.
  const advice = where.sampleId === undefined ? hint : hint.replaceAll(where.sampleId, '*');
  return JSON.stringify([severity, code, advice, where.channel, where.gate, words]);
}

function withoutNames({ where, message }: Problem): string {
  const names = [where.sampleId, where.file].filter((name) => name !== undefined && name !== '');
  return names.reduce<string>((text, name) => text.replaceAll(`"${name}"`, '"*"'), message);
}

/** A note at a line of a text file is about that line's own numbers. */
function withoutNumbers({ where }: Problem, words: string): string {
  return where.line === undefined ? words.replace(/\d+(?:[.,]\d+)*/g, '#') : words;
}

function together(group: readonly Problem[], isSame: boolean): Problem {
  const [first] = group;
  if (first === undefined) throw new Error('a group of problems is empty');
  // A sentence that names the tubes itself needs no list of them behind it.
  const others = tubesOf(group)
    .slice(1)
    .filter((name) => !first.message.includes(`"${name}"`));
  if (others.length === 0) return first;
  const named = others.slice(0, NAMED).join(', ');
  const rest = others.length > NAMED ? ' …' : '';
  const how = isSame ? 'the same' : 'likewise, with other numbers,';
  return { ...first, message: `${first.message}; ${how} in ${others.length} more: ${named}${rest}` };
}

function tubesOf(group: readonly Problem[]): readonly string[] {
  return [...new Set(group.map(({ where }) => where.sampleId ?? placeOf(where)))];
}

function placeOf({ file = '', line }: Problem['where']): string {
  return line === undefined ? file : `${file}:${line}`;
}
