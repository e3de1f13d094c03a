import { pairedTubes, type QualityTube, type VisitPair } from './qualityTube.ts';

/** In how many batches two visits were run, and whether a batch could be mistaken for the visit. */
export interface BatchVisits extends VisitPair {
  readonly fromBatches: readonly string[];
  readonly toBatches: readonly string[];
  readonly isConfounded: boolean;
}

/**
 * Batch against visit over the pairs of a comparison. Confounded: no batch holds tubes of both visits, and at least one
 * visit shares its batches among several patients, so that a shift of a batch looks like the effect. Where every tube is
 * a batch of its own, batches scatter and are part of the noise that the test measures.
 * @returns undefined where the sheet names no batches
 */
export function batchVisits(tubes: readonly QualityTube[], pair: VisitPair): BatchVisits | undefined {
  const pairs = pairedTubes(tubes, pair).filter(([from, to]) => from.batch !== '' && to.batch !== '');
  if (pairs.length === 0) return undefined;
  const fromBatches = [...new Set(pairs.map(([from]) => from.batch))].sort();
  const toBatches = [...new Set(pairs.map(([, to]) => to.batch))].sort();
  const isApart = fromBatches.every((batch) => !toBatches.includes(batch));
  const isShared = Math.min(fromBatches.length, toBatches.length) < pairs.length;
  return { ...pair, fromBatches, toBatches, isConfounded: isApart && isShared && pairs.length > 1 };
}
