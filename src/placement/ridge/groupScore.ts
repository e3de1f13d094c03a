import { type DensityValues, densitiesAt } from './plane.ts';
import { SEARCH } from './settings.ts';

/** Cells of one group in one tube as brightness F / c = sinh u. */
export interface GroupLight {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * How likely the cells of one group are at a gain, its score and information, and the shares of the regions by EM.
 * @param from shares to begin with, or to be held to
 */
export function groupScore(
  { x, y }: GroupLight,
  densities: readonly Float64Array[],
  [gainX, gainY]: readonly [number, number],
  { from, isHeld }: { readonly from: Float64Array; readonly isHeld: boolean },
) {
  const [count, parts] = [x.length, densities.length];
  const out = {
    value: new Float64Array(count * parts),
    slopeX: new Float64Array(count * parts),
    slopeY: new Float64Array(count * parts),
  };
  const [factorX, factorY] = [Math.exp(-gainX), Math.exp(-gainY)];
  // How far u moves with the gain, and how the axes of u stretch: the density of cells is the study's times that.
  const moves = { x: new Float64Array(count), y: new Float64Array(count) };
  const score: [number, number] = [0, 0];
  let logLikelihood = -count * (gainX + gainY);
  for (let i = 0; i < count; i++) {
    const [lightX, lightY] = [x[i]! * factorX, y[i]! * factorY];
    const [rootX, rootY] = [Math.sqrt(1 + lightX * lightX), Math.sqrt(1 + lightY * lightY)];
    densitiesAt(densities, { x: Math.log(lightX + rootX), y: Math.log(lightY + rootY) }, out, i * parts);
    moves.x[i] = -lightX / rootX;
    moves.y[i] = -lightY / rootY;
    logLikelihood -= Math.log(rootX * rootY);
    score[0] -= 1 / (rootX * rootX);
    score[1] -= 1 / (rootY * rootY);
  }
  let shares = from;
  for (let step = 0; step < SEARCH.emSteps && !isHeld; step++) shares = nextShares(out.value, count, shares);
  const scored = scoresOf(out, moves, shares, isHeld);
  return {
    shares,
    logLikelihood: logLikelihood + scored.logLikelihood,
    score: [score[0] + scored.score[0], score[1] + scored.score[1]] as const,
    information: scored.information,
  };
}

function nextShares(values: Float64Array, count: number, shares: Float64Array): Float64Array {
  const parts = shares.length;
  const next = new Float64Array(parts);
  for (let i = 0; i < count; i++) {
    let density = 0;
    for (let part = 0; part < parts; part++) density += shares[part]! * values[i * parts + part]!;
    for (let part = 0; part < parts; part++) next[part]! += (shares[part]! * values[i * parts + part]!) / density;
  }
  return next.map((value) => value / count);
}

/** Log likelihood, score and information of the gains, with what the shares could take over of them taken out. */
function scoresOf(
  { value, slopeX, slopeY }: DensityValues,
  moves: { readonly x: Float64Array; readonly y: Float64Array },
  shares: Float64Array,
  isHeld: boolean,
) {
  const [count, parts] = [moves.x.length, shares.length];
  // Two gains, then all shares but the last.
  const size = isHeld ? 2 : parts + 1;
  const products = Array.from({ length: size }, () => new Float64Array(size));
  const own = new Float64Array(size);
  const score = new Float64Array(size);
  let logLikelihood = 0;
  for (let i = 0; i < count; i++) {
    let [density, alongX, alongY] = [0, 0, 0];
    for (let part = 0, at = i * parts; part < parts; part++, at++) {
      density += shares[part]! * value[at]!;
      alongX += shares[part]! * slopeX[at]!;
      alongY += shares[part]! * slopeY[at]!;
    }
    logLikelihood += Math.log(density);
    own[0] = (alongX * moves.x[i]!) / density;
    own[1] = (alongY * moves.y[i]!) / density;
    const last = value[i * parts + parts - 1]!;
    for (let part = 0; part < size - 2; part++) own[2 + part] = (value[i * parts + part]! - last) / density;
    for (let a = 0; a < size; a++) {
      const row = products[a]!;
      score[a]! += own[a]!;
      for (let b = a; b < size; b++) row[b]! += own[a]! * own[b]!;
    }
  }
  return { logLikelihood, ...withoutShares(products, score) };
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
