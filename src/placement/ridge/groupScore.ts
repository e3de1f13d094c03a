import { type CellDensities, cellDensities, type GroupLight } from './cellDensities.ts';
import { emShares } from './emShares.ts';

/** Shares of the regions to begin with, or to be held to. */
export interface SharesGiven {
  readonly from: Float64Array;
  readonly isHeld: boolean;
}

/** How likely the cells of one group are at a gain, its score and information, and the shares of the regions by EM. */
export function groupScore(
  light: GroupLight,
  densities: readonly Float64Array[],
  gain: readonly [number, number],
  { from, isHeld }: SharesGiven,
) {
  const cells = cellDensities(light, densities, gain, 'slopes');
  const shares = isHeld ? from : emShares(cells, from);
  const scored = scoresOf(cells, shares, isHeld);
  return {
    shares,
    logLikelihood: cells.logStretch + scored.logLikelihood,
    score: [cells.scoreX + scored.score[0], cells.scoreY + scored.score[1]] as const,
    information: scored.information,
  };
}

/** The same without score and information, which cost most. */
export function groupLikelihood(
  light: GroupLight,
  densities: readonly Float64Array[],
  gain: readonly [number, number],
  { from, isHeld }: SharesGiven,
): { readonly shares: Float64Array; readonly logLikelihood: number } {
  const cells = cellDensities(light, densities, gain, 'values');
  const shares = isHeld ? from : emShares(cells, from);
  const { value, count, parts } = cells;
  let logLikelihood = 0;
  for (let i = 0; i < count; i++) {
    let density = 0;
    for (let part = 0, at = i * parts; part < parts; part++, at++) density += shares[part]! * value[at]!;
    logLikelihood += Math.log(density);
  }
  return { shares, logLikelihood: cells.logStretch + logLikelihood };
}

/** Log likelihood, score and information of the gains, with what the shares could take over of them taken out. */
function scoresOf(cells: CellDensities, shares: Float64Array, isHeld: boolean) {
  const { value, slopeX, slopeY, moveX, moveY, count, parts } = cells;
  // Two gains, then all shares but the last.
  const size = isHeld ? 2 : parts + 1;
  const products = new Float64Array(size * size);
  const own = new Float64Array(size);
  const score = new Float64Array(size);
  let logLikelihood = 0;
  for (let i = 0; i < count; i++) {
    const first = i * parts;
    let density = 0;
    let alongX = 0;
    let alongY = 0;
    for (let part = 0; part < parts; part++) {
      const share = shares[part]!;
      density += share * value[first + part]!;
      alongX += share * slopeX[first + part]!;
      alongY += share * slopeY[first + part]!;
    }
    logLikelihood += Math.log(density);
    own[0] = (alongX * moveX[i]!) / density;
    own[1] = (alongY * moveY[i]!) / density;
    const last = value[first + parts - 1]!;
    for (let part = 0; part < size - 2; part++) own[2 + part] = (value[first + part]! - last) / density;
    for (let a = 0; a < size; a++) {
      const mine = own[a]!;
      score[a]! += mine;
      for (let b = a, at = a * size + a; b < size; b++, at++) products[at]! += mine * own[b]!;
    }
  }
  const rows = Array.from({ length: size }, (_, a) => products.subarray(a * size, (a + 1) * size));
  return { logLikelihood, ...withoutShares(rows, score) };
}

/** Shares that hardly any cell could tell apart are not taken out: their own information, of this much per cell or less. */
const LEAST_PIVOT = 1e-6;

/**
 * Score and information of the gains once the shares follow them: the Schur complement of everything behind the first two
 * rows. Shares that EM has not yet brought home are thereby foreseen.
 * @param products upper triangle; @param score one a row; both are written to
 */
function withoutShares(products: readonly Float64Array[], score: Float64Array) {
  for (let pivot = products.length - 1; pivot > 1; pivot--) {
    const diagonal = products[pivot]![pivot]!;
    if (diagonal <= LEAST_PIVOT) continue;
    for (let a = 0; a < pivot; a++) {
      const factor = products[a]![pivot]! / diagonal;
      score[a]! -= factor * score[pivot]!;
      for (let b = a; b < pivot; b++) products[a]![b]! -= factor * products[b]![pivot]!;
    }
  }
  return {
    score: [score[0]!, score[1]!] as const,
    information: [products[0]![0]!, products[0]![1]!, products[1]![1]!] as const,
  };
}
