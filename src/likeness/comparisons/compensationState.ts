import {
  type CompensationState,
  detectCompensated,
  isFreeOfSpillover,
  judgePairs,
  poolPairs,
} from '../../compensation/index.ts';
import { byText } from '../../problems/index.ts';
import type { TubeDecision } from '../../tube/index.ts';
import type { Compared, ComparedTube, Comparison } from '../comparison.ts';
import { compensationFindings } from './compensationFindings.ts';
import { isAsked, type JudgedTube } from './judgedTube.ts';

/** Whether the values of each tube were compensated before the file was written. */
export const compensationState: Comparison = {
  name: 'compensation',
  summary: 'whether values were compensated before: twice compensated, or not at all, moves every population',
  compare(tubes): Compared {
    const judged = [...groupsOf(tubes).values()].flatMap(judgeGroup);
    const ordered = judged.sort((a, b) => byText(a.tube.sampleId, b.tube.sampleId));
    const decisions = new Map(ordered.map((one) => [one.tube.sampleId, decisionOf(one)]));
    return { findings: compensationFindings(ordered), decisions };
  },
};

/** Tubes whose values may speak for each other: of one panel and instrument, with the same channels in their matrix. */
function groupsOf(tubes: readonly ComparedTube[]): Map<string, ComparedTube[]> {
  const groups = new Map<string, ComparedTube[]>();
  for (const tube of tubes) {
    const { cytometer, cytometerSerial, matrix } = tube.look;
    const key = JSON.stringify([tube.panel, cytometer, cytometerSerial, matrix.kind, matrix.from, matrix.channels]);
    groups.set(key, [...(groups.get(key) ?? []), tube]);
  }
  return groups;
}

function judgeGroup(tubes: readonly ComparedTube[]): JudgedTube[] {
  const alone = tubes.map((tube): JudgedTube => ({ tube, state: judge(tube, [tube]), from: 'alone' }));
  const silent = alone.filter(({ tube, state }) => tube.look.matrix.kind === 'matrix' && state.verdict === 'undecided');
  if (silent.length === 0 || tubes.length === 1) return alone;
  const sisters = new Set(alone.filter((one) => !silent.includes(one)).map(({ state }) => state.verdict));
  return alone.map((one): JudgedTube => {
    if (!silent.includes(one)) return one;
    // Only tubes with the very same matrix: another one's pairs would be held against the wrong numbers.
    const like = silent.filter(({ tube }) => hasSameMatrix(tube, one.tube)).map(({ tube }) => tube);
    const pooled = judge(one.tube, like);
    if (like.length > 1 && pooled.verdict !== 'undecided') return { ...one, state: pooled, from: 'pooled' };
    const beside = freeBesideRaw(one, alone);
    if (beside !== undefined) return { ...one, state: beside, from: 'beside' };
    const [verdict] = sisters;
    const isShown = sisters.size === 1 && isLikeSisters(one.state, verdict);
    return isShown ? { ...one, state: { ...one.state, verdict, misfit: 'none' }, from: 'sisters' } : one;
  });
}

/** False where the tube's own values speak against it: one to which the matrix fits badly is no raw one like the others. */
function isLikeSisters(
  { misfit }: CompensationState,
  verdict: CompensationState['verdict'] | undefined,
): verdict is 'raw' | 'compensated' {
  return verdict === 'raw' ? misfit === 'none' : verdict === 'compensated' && misfit !== 'transposed';
}

/** From day to day a cell of one panel's matrix moves by less. */
const NEAR_CELL = 0.03;

/**
 * Values that are free of a matrix's spillover were compensated, or the matrix is of another panel. Where raw tubes hold
 * the spillover of the very same matrix, it is not of another panel.
 * @returns undefined where this is not so, or the tube shows too few pairs
 */
function freeBesideRaw({ tube, state }: JudgedTube, group: readonly JudgedTube[]): CompensationState | undefined {
  const isKnown = group.some((other) => other.state.verdict === 'raw' && isNearMatrix(other.tube, tube));
  if (!isKnown || state.misfit === 'transposed') return undefined;
  const { channels, matrix, pairs, signs } = tube.look.matrix;
  const values = judgePairs({ channels, matrix: Float64Array.from(matrix) }, pairs);
  if (!isFreeOfSpillover(values)) return undefined;
  return detectCompensated(signs, { ...values, verdict: 'compensated', misfit: 'none' });
}

function isNearMatrix(a: ComparedTube, b: ComparedTube): boolean {
  return a.look.matrix.matrix.every((value, i) => Math.abs(value - (b.look.matrix.matrix[i] ?? 0)) <= NEAR_CELL);
}

function hasSameMatrix(a: ComparedTube, b: ComparedTube): boolean {
  return a.look.matrix.matrix.every((value, i) => value === b.look.matrix.matrix[i]);
}

function judge({ look }: ComparedTube, like: readonly ComparedTube[]): CompensationState {
  const { kind, channels, matrix, signs } = look.matrix;
  if (kind !== 'matrix') return detectCompensated(signs, undefined);
  const [only] = like;
  const pairs =
    like.length === 1 && only ? only.look.matrix.pairs : poolPairs(like.map((tube) => tube.look.matrix.pairs));
  return detectCompensated(signs, judgePairs({ channels, matrix: Float64Array.from(matrix) }, pairs));
}

function decisionOf({ tube, state }: JudgedTube): Partial<Omit<TubeDecision, 'sha256'>> {
  const { matrix } = tube.look;
  if (matrix.kind !== 'matrix') return {};
  if (isAsked(matrix) && state.verdict === 'compensated') {
    const says = 'none, the values are compensated already';
    return { compensation: { isApplied: false, says }, flags: ['already_compensated'] };
  }
  const flags = state.misfit === 'none' ? [] : ['matrix_fits_badly'];
  return { compensation: { isApplied: true, says: matrix.source }, flags };
}
