import { type Problem, problem, type Where } from '../problems/index.ts';
import { bareName } from './bareName.ts';
import type { ParameterName, Spillover } from './spillover.ts';
import { spilloverInValues } from './spilloverInValues.ts';

/** One sign that values are compensated, or (values only) that they are raw. */
export interface Evidence {
  /** names: Comp-X and its like; both: X beside Comp-X; identity, keywords, values: where it was seen. */
  readonly kind: 'names' | 'both' | 'identity' | 'keywords' | 'values';
  readonly points: 'raw' | 'compensated';
  /** A line for the record. */
  readonly says: string;
}

/** Whether to apply a matrix to the values of a file, and why. */
export interface CompensationState {
  /** raw: apply the matrix; compensated: do not; contradiction: refuse and ask. */
  readonly verdict: 'raw' | 'compensated' | 'contradiction';
  readonly evidence: readonly Evidence[];
  /** Where a file holds X and Comp-X: the compensated name for each raw one. They must not be mixed. */
  readonly compensatedTwins: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** What is known of a file; columns are those of the matrix, in its order, linear, all or a sample of the events. */
export interface FileSigns {
  readonly parameters: readonly ParameterName[];
  /** Names in upper case. */
  readonly keywords: ReadonlyMap<string, string>;
  readonly matrix: Spillover | 'identity' | 'none';
  readonly columns?: readonly Float64Array[];
}

/**
 * Weighs the signs that a file's values were compensated before it was written. Two signs, or the values alone, decide
 * so; values that look raw against names or keywords that say otherwise are a contradiction. Keywords alone are what
 * raw files of Diva and of flowCore carry as well, and decide nothing.
 */
export function detectCompensated(signs: FileSigns, where: Where): CompensationState {
  const twins = twinsOf(signs.parameters);
  const evidence = [
    ...nameEvidence(signs.parameters),
    ...twinEvidence(twins),
    ...identityEvidence(signs),
    ...keywordEvidence(signs.keywords),
    ...valueEvidence(signs),
  ];
  const verdict = weigh(evidence, twins.size > 0);
  return { verdict, evidence, compensatedTwins: twins, problems: problemsOf(verdict, evidence, where) };
}

function weigh(evidence: readonly Evidence[], hasTwins: boolean): CompensationState['verdict'] {
  const forCompensated = evidence.filter(({ points }) => points === 'compensated');
  const looksRaw = evidence.some(({ points }) => points === 'raw');
  // X beside Comp-X: that X is raw is then what the names say, too.
  if (looksRaw && !hasTwins) {
    return forCompensated.every(({ kind }) => kind === 'keywords') ? 'raw' : 'contradiction';
  }
  const byValues = forCompensated.some(({ kind }) => kind === 'values');
  return byValues || forCompensated.length >= 2 ? 'compensated' : 'raw';
}

function problemsOf(verdict: CompensationState['verdict'], evidence: readonly Evidence[], where: Where): Problem[] {
  const signs = evidence.map(({ says }) => says).join('; ');
  if (verdict === 'contradiction') return [problem('error', 'compensation.contradiction', signs, where)];
  if (verdict === 'compensated') return [problem('warning', 'fcs.already-compensated', signs, where)];
  const [lonely] = evidence.filter(({ kind }) => kind !== 'keywords' && kind !== 'values');
  return lonely ? [problem('warning', 'compensation.perhaps-compensated', lonely.says, where)] : [];
}

function nameEvidence(parameters: readonly ParameterName[]): Evidence[] {
  const names = parameters.filter(({ name }) => isCompensatedName(name)).map(({ name }) => `"${name}"`);
  if (names.length === 0) return [];
  return [{ kind: 'names', points: 'compensated', says: `channels are named ${names.join(', ')}` }];
}

/** Comp-X, FJComp-X, <X> (FlowJo 9), "X :: comp". */
function isCompensatedName(name: string): boolean {
  return /^(?:FJ)?Comp-.|^<.+>$|::\s*comp/i.test(name);
}

function twinsOf(parameters: readonly ParameterName[]): Map<string, string> {
  const names = new Set(parameters.map(({ name }) => name));
  const twins = new Map<string, string>();
  for (const name of names) {
    const raw = bareName(name);
    if (isCompensatedName(name) && names.has(raw)) twins.set(raw, name);
  }
  return twins;
}

function twinEvidence(twins: ReadonlyMap<string, string>): Evidence[] {
  if (twins.size === 0) return [];
  const pairs = [...twins].map(([raw, compensated]) => `"${raw}" beside "${compensated}"`).join(', ');
  return [{ kind: 'both', points: 'compensated', says: `the file holds ${pairs}` }];
}

// Cytek's DxP files name "FlowJoCollectorsEdition" as their creator: that one acquires, and writes raw values.
const flowjo = /flowjo(?!\s*collectors)/i;

function creatorOf(keywords: ReadonlyMap<string, string>): string {
  return keywords.get('$CREATOR') ?? keywords.get('CREATOR') ?? '';
}

function identityEvidence({ matrix, keywords }: FileSigns): Evidence[] {
  const creator = creatorOf(keywords);
  if (matrix !== 'identity' || !flowjo.test(creator)) return [];
  return [{ kind: 'identity', points: 'compensated', says: `the matrix of an export by "${creator}" is the identity` }];
}

function keywordEvidence(keywords: ReadonlyMap<string, string>): Evidence[] {
  const found: string[] = [];
  const apply = keywords.get('APPLY COMPENSATION')?.trim() ?? '';
  if (/^(?:true|yes|1)$/i.test(apply)) found.push(`APPLY COMPENSATION is "${apply}"`);
  const creator = creatorOf(keywords).trim();
  if (flowjo.test(creator)) found.push(`the creator is "${creator}"`);
  const transformation = keywords.get('TRANSFORMATION')?.trim() ?? '';
  if (/^(?:applied|custom)$/i.test(transformation)) found.push(`"transformation" is "${transformation}"`);
  return found.length === 0 ? [] : [{ kind: 'keywords', points: 'compensated', says: found.join(', ') }];
}

function valueEvidence({ matrix, columns }: FileSigns): Evidence[] {
  if (typeof matrix === 'string' || columns === undefined) return [];
  const { verdict, pairCount, rawPairCount, compensatedPairCount } = spilloverInValues(matrix, columns);
  if (verdict === 'undecided') return [];
  const count = verdict === 'raw' ? rawPairCount : compensatedPairCount;
  const says =
    verdict === 'raw'
      ? `in ${count} of ${pairCount} pairs of dye and detector the values hold the spillover of ${matrix.source}`
      : `in ${count} of ${pairCount} pairs of dye and detector the values are free of the spillover of ${matrix.source}`;
  return [{ kind: 'values', points: verdict, says }];
}
