import { byText, hasErrors, type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { checkMatrix, isIdentity } from './checkMatrix.ts';
import { compareSpillovers } from './compareSpillovers.ts';
import { matchChannels } from './matchChannels.ts';
import { readMatrixText } from './readMatrixText.ts';
import { readSubtractions } from './readSubtractions.ts';
import { readUnnamedMatrix } from './readUnnamedMatrix.ts';
import type { ParameterName, Spillover, WrittenMatrix } from './spillover.ts';

/** Standard (FCS 3.1+) first, then BD's, then what exporters made of them; the first that can be used is used. */
const knownKeywords = ['$SPILLOVER', 'SPILL', 'SPILLOVER', '$SPILL'];
/** Keywords of other makers that may hold the same text; believed only where it parses to the letter. */
const vendorKeyword = /^[^$]*(?:SPILL|COMPENSATION|COMPMATRIX)/;

// Matrices printed with six digits differ by this much, which moves no value of an 18-bit scale by half a unit.
const sameMatrix = 1e-6;

/** A matrix of the file: names matched, numbers not yet looked at. */
interface Candidate {
  readonly source: string;
  readonly channels: readonly string[];
  readonly matrix: Float64Array;
  readonly problems: readonly Problem[];
}

/**
 * The spillover matrix that an FCS file carries.
 * @param keywords names in upper case
 * @param parameters all of the file, in order
 * @returns null where there is none to apply: no keyword, an empty one, or the identity (with its note);
 *   undefined where there is one that cannot be used, or two that differ
 */
export function spilloverFromKeywords(
  keywords: ReadonlyMap<string, string>,
  parameters: readonly ParameterName[],
  where: Where,
): Reading<Spillover | null> {
  const faults: Problem[] = [];
  const known: Candidate[] = [];
  for (const keyword of knownKeywords.filter((name) => keywords.has(name))) {
    const read = readWithCommaNames(keywords.get(keyword) ?? '', keyword, parameters, where);
    const candidate = toCandidate(read, keyword, parameters, where);
    if (candidate && 'channels' in candidate) known.push(candidate);
    else if (candidate) faults.push(...candidate.problems);
  }
  const conflicts = conflictsOf(known, where);
  if (conflicts.length > 0) return { value: undefined, problems: [...faults, ...conflicts] };
  const vendor = vendorCandidates(keywords, parameters, where);
  const [chosen, ...others] = [...known, ...vendor.usable];
  if (!chosen) {
    const rest = fallBack(keywords, parameters, faults, where);
    return { value: rest.value, problems: [...vendor.problems, ...rest.problems] };
  }
  const problems = [
    // A keyword that cannot be read is only worth a warning where another one holds the matrix.
    ...faults.map((fault): Problem => ({ ...fault, severity: 'warning' })),
    ...chosen.problems,
    ...(known.length === 0 ? [vendorNote(chosen, where)] : []),
    ...others.flatMap((other) => unusedNote(chosen, other, where)),
    ...vendor.problems,
  ];
  const checked = checkMatrix(chosen.channels, chosen.matrix, chosen.source, where);
  return { value: checked.value, problems: [...problems, ...checked.problems] };
}

// Stands for a comma within a name while the text is split at commas; no text of a file holds it.
const comma = '\u0001';

/** A comma within a $PnN ("APC,Cy7-A") separates nothing, although the standard forbids it there (3.2.20). */
function readWithCommaNames(
  text: string,
  keyword: string,
  parameters: readonly ParameterName[],
  where: Where,
): Reading<WrittenMatrix> {
  const names = parameters.map(({ name }) => name).filter((name) => name.includes(',') && text.includes(name));
  const longestFirst = names.sort((a, b) => b.length - a.length);
  const marked = longestFirst.reduce((rest, name) => rest.replaceAll(name, name.replaceAll(',', comma)), text);
  const { value, problems } = readMatrixText(marked, keyword, where);
  return { value: value && { ...value, names: value.names.map((name) => name.replaceAll(comma, ',')) }, problems };
}

/** Names matched, or the problems that speak against it; undefined where the keyword says nothing. */
function toCandidate(
  read: Reading<WrittenMatrix>,
  source: string,
  parameters: readonly ParameterName[],
  where: Where,
): Candidate | { readonly problems: readonly Problem[] } | undefined {
  if (!read.value) return read.problems.length > 0 ? { problems: read.problems } : undefined;
  const { names, matrix } = read.value;
  const matched = matchChannels(names, parameters, source, where);
  const problems = [...read.problems, ...matched.problems];
  return matched.value ? { source, channels: matched.value, matrix, problems } : { problems };
}

function conflictsOf(known: readonly Candidate[], where: Where): Problem[] {
  const [first, ...others] = known;
  if (!first) return [];
  return others.flatMap((other) => {
    const { largestDifference, row, column } = compareSpillovers(first, other);
    if (largestDifference <= sameMatrix) return [];
    const message =
      `${first.source} and ${other.source} differ by up to ${largestDifference.toPrecision(3)} ` +
      `("${row}" into "${column}"); programs differ in which one they take`;
    return [problem('error', 'compensation.spillover-conflict', message, where)];
  });
}

/** Matrices in other makers' keywords; a text that is none is no finding, one with foreign names is. */
function vendorCandidates(
  keywords: ReadonlyMap<string, string>,
  parameters: readonly ParameterName[],
  where: Where,
): { readonly usable: readonly Candidate[]; readonly problems: readonly Problem[] } {
  const usable: Candidate[] = [];
  const problems: Problem[] = [];
  const names = [...keywords.keys()].filter((name) => vendorKeyword.test(name) && !knownKeywords.includes(name));
  for (const name of names.sort(byText)) {
    const read = readWithCommaNames(keywords.get(name) ?? '', name, parameters, where);
    if (!read.value || read.problems.length > 0) continue;
    const candidate = toCandidate(read, name, parameters, where);
    if (candidate && 'channels' in candidate) usable.push(candidate);
    else if (!isIdentity(read.value.matrix, read.value.names.length)) {
      const message = `"${name}" holds a matrix with names that no parameters have; it is not used`;
      problems.push(problem('warning', 'compensation.spillover-unused', message, where));
    }
  }
  return { usable, problems };
}

function vendorNote(chosen: Candidate, where: Where): Problem {
  const message = `the matrix was read from "${chosen.source}", since the file has no $SPILLOVER or SPILL`;
  return problem('note', 'compensation.spillover-vendor-keyword', message, where);
}

function unusedNote(chosen: Candidate, other: Candidate, where: Where): Problem[] {
  const { largestDifference, row, column } = compareSpillovers(chosen, other);
  if (largestDifference <= sameMatrix) return [];
  const difference = `${largestDifference.toPrecision(3)} ("${row}" into "${column}")`;
  const message = `"${other.source}" differs from ${chosen.source} by up to ${difference}; ${chosen.source} is used`;
  return [problem('warning', 'compensation.spillover-unused', message, where)];
}

/** $COMP, then $DFCmTOn, for files whose other keywords hold nothing; a faulty better keyword is not papered over. */
function fallBack(
  keywords: ReadonlyMap<string, string>,
  parameters: readonly ParameterName[],
  faults: readonly Problem[],
  where: Where,
): Reading<Spillover | null> {
  if (faults.length > 0) return { value: undefined, problems: faults };
  const comp = keywords.get('$COMP');
  const unnamed = comp === undefined ? undefined : readUnnamedMatrix(comp, parameters, where);
  const isUnnamed = unnamed !== undefined && (unnamed.value !== undefined || unnamed.problems.length > 0);
  const source = isUnnamed ? '$COMP' : '$DFCmTOn';
  const read = isUnnamed ? unnamed : readSubtractions(keywords, parameters, where);
  if (hasErrors(read.problems)) return { value: undefined, problems: read.problems };
  if (!read.value) return { value: null, problems: read.problems };
  const { names, matrix } = read.value;
  const matched = matchChannels(names, parameters, source, where);
  if (!matched.value) return { value: undefined, problems: [...read.problems, ...matched.problems] };
  const checked = checkMatrix(matched.value, matrix, source, where);
  return { value: checked.value, problems: [...read.problems, ...checked.problems] };
}
