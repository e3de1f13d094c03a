import { median } from 'd3-array';
import type { BatchStain } from '../placement/index.ts';
import { andMore, counted, type Problem, problem } from '../problems/index.ts';
import { type BatchVisits, batchVisits } from './batchVisits.ts';
import { alignedStains, toldStains } from './bridgeProblems.ts';
import { type BridgeShift, bridgeShifts } from './bridgeShifts.ts';
import { type LandmarkShift, landmarkShifts } from './landmarkShifts.ts';
import { type LikelySwap, likelySwaps } from './likelySwaps.ts';
import type { QualityTube, VisitPair } from './qualityTube.ts';
import { signed } from './signed.ts';

export interface QualityStudy {
  /** Tubes that were counted and are not excluded, controls among them. */
  readonly tubes: readonly QualityTube[];
  /** The pairs of visits that the plan compares. */
  readonly comparisons: readonly VisitPair[];
  readonly bridge: 'report' | 'align' | 'off';
  /** What bridging controls say of the stain of each batch where a pool decides, as placing found it. */
  readonly stains: readonly BatchStain[];
  /** What became of the endpoints that stand on an alignment; none where left out. */
  readonly moves?: readonly EndpointMove[];
}

/** The change of an endpoint in one patient, as what its cells did and what its gate did, in percentage points. */
export interface EndpointMove extends VisitPair {
  readonly alignment: string;
  readonly endpoint: string;
  readonly cells: number;
  readonly gate: number;
}

/** What several tubes together show. Lists are empty where there is nothing to show. */
export interface Quality {
  readonly landmarkShifts: readonly LandmarkShift[];
  readonly batches: readonly BatchVisits[];
  readonly bridgeShifts: readonly BridgeShift[];
  readonly bridgeStains: readonly BatchStain[];
  /** True: pooled cuts were carried by the bridging controls. */
  readonly isAligned: boolean;
  /** null: the study is too small to tell subjects apart. */
  readonly swaps: readonly LikelySwap[] | null;
  readonly problems: readonly Problem[];
}

/** Looks over a whole study once everything is placed and counted; each finding is a row and, where it matters, a problem. */
export function assessQuality({ tubes, comparisons, bridge, stains, moves = [] }: QualityStudy): Quality {
  const shifts = comparisons.flatMap((pair) => landmarkShifts(tubes, pair));
  const batches = comparisons.flatMap((pair) => batchVisits(tubes, pair) ?? []);
  const bridges = bridge === 'off' ? [] : bridgeShifts(tubes);
  const swaps = likelySwaps(tubes);
  return {
    landmarkShifts: shifts,
    batches,
    bridgeShifts: bridges,
    bridgeStains: stains,
    isAligned: bridge === 'align',
    swaps: swaps ?? null,
    problems: [
      ...shifts.flatMap((shift) => shiftProblem(shift, moves)),
      ...batches.flatMap(batchProblem),
      ...bridges.flatMap(bridgeProblem),
      ...(bridge === 'align' ? alignedStains(stains) : toldStains(stains)),
      ...(swaps ?? []).map(swapProblem),
    ],
  };
}

function shiftProblem(shift: LandmarkShift, moves: readonly EndpointMove[]): Problem[] {
  const { landmark, from, to, medianShift, pairCount, p, isMarked } = shift;
  if (!isMarked) return [];
  const size = `${signed(medianShift)} u in the median of ${counted(pairCount, 'patient')}`;
  const chance = p === null ? '' : ` (sign-flip p ${p.toFixed(4)})`;
  const message = `"${landmark}" moved from ${from} to ${to} by ${size}${chance}${movedWords(shift, moves)}`;
  return [problem('warning', 'quality.landmark-shift', message, {})];
}

/** What the shift did to the endpoints that stand on it: in the median, so much by their cells and so much by the gate. */
function movedWords({ landmark, from, to }: LandmarkShift, moves: readonly EndpointMove[]): string {
  const own = moves.filter((one) => one.from === from && one.to === to && landmark.startsWith(`${one.alignment} `));
  const endpoints = [...new Set(own.map(({ endpoint }) => endpoint))];
  return endpoints
    .map((endpoint) => {
      const of = own.filter((one) => one.endpoint === endpoint);
      const points = (key: 'cells' | 'gate') => `${signed(median(of, (one) => one[key]) ?? 0)} points`;
      return `; "${endpoint}": cells moved ${points('cells')}, gate moved ${points('gate')}`;
    })
    .join('');
}

function batchProblem({ from, to, fromBatches, toBatches, isConfounded }: BatchVisits): Problem[] {
  if (!isConfounded) return [];
  const [before, after] = [fromBatches, toBatches].map((batches) => andMore(batches.map((batch) => `"${batch}"`)));
  const message = `${from} was run in ${before}, ${to} in ${after}: no batch holds both`;
  return [problem('warning', 'quality.batch-is-visit', message, {})];
}

function bridgeProblem({ batch, landmark, shift, isMarked }: BridgeShift): Problem[] {
  if (!isMarked) return [];
  const message = `bridging controls of batch "${batch}" have "${landmark}" ${signed(shift)} u from the other batches`;
  return [problem('warning', 'quality.bridge-shift', message, {})];
}

function swapProblem({ sampleId, subject, looksLike, exchangedWith, score }: LikelySwap): Problem {
  const what =
    exchangedWith === null
      ? `"${sampleId}" of ${subject} looks like ${looksLike}`
      : `"${sampleId}" of ${subject} and "${exchangedWith}" of ${looksLike} look exchanged`;
  const message = `${what} (log likelihood ratio ${score.toFixed(1)})`;
  return problem('warning', 'quality.likely-swap', message, { sampleId });
}
