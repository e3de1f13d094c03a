import { bareName } from './bareName.ts';
import type { ValuesVerdict } from './judgePairs.ts';
import type { ParameterName } from './spillover.ts';

/** One sign that values are compensated, or (values only) that they are raw. */
export interface Evidence {
  /** names: Comp-X and its like; both: X beside Comp-X; identity, keywords, values: where it was seen. */
  readonly kind: 'names' | 'both' | 'identity' | 'keywords' | 'values';
  readonly points: 'raw' | 'compensated';
  /** A line for the record. */
  readonly says: string;
}

/** Whether values of a file are compensated, and why. */
export interface CompensationState {
  /** raw and undecided: apply the matrix; compensated: do not; contradiction: refuse and ask. */
  readonly verdict: 'raw' | 'compensated' | 'undecided' | 'contradiction';
  readonly evidence: readonly Evidence[];
  /** Of the matrix and the values. */
  readonly misfit: ValuesVerdict['misfit'];
}

/** What is known of a file beside its values. */
export interface FileSigns {
  readonly parameters: readonly ParameterName[];
  /** Names in upper case. */
  readonly keywords: ReadonlyMap<string, string>;
  readonly matrix: 'matrix' | 'identity' | 'none';
}

/** What names, matrix and keywords of a file say of its values; the values themselves are not asked. */
export function signsOf(signs: FileSigns): readonly Evidence[] {
  return [
    ...nameEvidence(signs.parameters),
    ...twinEvidence(compensatedTwins(signs.parameters)),
    ...identityEvidence(signs),
    ...keywordEvidence(signs.keywords),
  ];
}

/**
 * Weighs the signs that a file's values were compensated before it was written. Two signs, or the values alone, decide
 * so; values that look raw against names or keywords that say otherwise are a contradiction. Keywords alone are what
 * raw files of Diva and of flowCore carry as well, and decide nothing.
 * @param values undefined where there is no matrix to hold them against
 */
export function detectCompensated(signs: readonly Evidence[], values: ValuesVerdict | undefined): CompensationState {
  const evidence = [...signs, ...valueEvidence(values)];
  return { verdict: weigh(evidence), evidence, misfit: values?.misfit ?? 'none' };
}

function weigh(evidence: readonly Evidence[]): CompensationState['verdict'] {
  const forCompensated = evidence.filter(({ points }) => points === 'compensated');
  const looksRaw = evidence.some(({ points }) => points === 'raw');
  const hasTwins = evidence.some(({ kind }) => kind === 'both');
  // X beside Comp-X: that X is raw is then what the names say, too.
  if (looksRaw && !hasTwins) {
    return forCompensated.every(({ kind }) => kind === 'keywords') ? 'raw' : 'contradiction';
  }
  const byValues = forCompensated.some(({ kind }) => kind === 'values');
  if (byValues || forCompensated.length >= 2) return 'compensated';
  return looksRaw ? 'raw' : 'undecided';
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

/** Where a file holds X and Comp-X: the compensated name for each raw one. They must not be mixed. */
export function compensatedTwins(parameters: readonly ParameterName[]): Map<string, string> {
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

function valueEvidence(values: ValuesVerdict | undefined): Evidence[] {
  if (values === undefined || values.verdict === 'undecided') return [];
  const { verdict, pairCount, rawPairCount, compensatedPairCount } = values;
  const counted = verdict === 'raw' ? rawPairCount : compensatedPairCount;
  const what = verdict === 'raw' ? 'hold the spillover that the matrix takes away' : 'are free of the spillover';
  const says = `in ${counted} of ${pairCount} pairs of dye and detector the values ${what}`;
  return [{ kind: 'values', points: verdict, says }];
}
