import { type DensityValues, densitiesAt, type PlaneTube } from './plane.ts';
import { type RegistrationSettings, SEARCH } from './settings.ts';

/** Cells of one group in one tube as brightness F / c = sinh u. */
interface GroupLight {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The log gain of one tube against the study, and what it rests on. */
export interface TubeGain {
  /** Of x and y. */
  readonly gain: readonly [number, number];
  /** Shares of the regions among its cells, one list a group. */
  readonly shares: readonly Float64Array[];
  /** Variance of the gain: xx, xy, yy; never wider than the prior. */
  readonly variance: readonly [number, number, number];
  /** Mean log likelihood of its cells. */
  readonly fit: number;
}

/** Which of the two markers have a gain to be found. */
export type FreeMarkers = readonly [boolean, boolean];

/** What a tube is held against: the densities of the regions of each group. */
export interface Study {
  readonly regions: readonly (readonly Float64Array[])[];
  readonly free: FreeMarkers;
  readonly settings: RegistrationSettings;
}

/** @param most cells that are read: evenly spaced ones of the tube */
export function lightOf({ x, y, group }: PlaneTube, groups: number, most: number): readonly GroupLight[] {
  const stride = Math.max(1, x.length / most);
  const read = Array.from({ length: Math.min(most, x.length) }, (_, i) => Math.floor(i * stride));
  return Array.from({ length: groups }, (_, g) => {
    const rows = read.filter((row) => group[row] === g);
    return {
      x: Float64Array.from(rows, (row) => Math.sinh(x[row]!)),
      y: Float64Array.from(rows, (row) => Math.sinh(y[row]!)),
    };
  });
}

export function evenShares({ regions }: Study): readonly Float64Array[] {
  return regions.map((densities) => new Float64Array(densities.length).fill(1 / densities.length));
}

/** How likely the cells of a tube are at a gain, and which way the gain should move. */
export interface Looked {
  readonly gain: readonly [number, number];
  readonly logLikelihood: number;
  readonly shares: readonly Float64Array[];
  /** Slope of the log likelihood in both gains, and its information: xx, xy, yy; the shares following. */
  readonly score: readonly [number, number];
  readonly information: readonly [number, number, number];
}

/**
 * Looks at a tube under a gain: the shares of the regions by EM (Dempster, Laird & Rubin 1977), then score and information of
 * the gain from the cells' own scores (Berndt, Hall, Hall & Hausman 1974), the shares taken out.
 */
export function lookAt(
  lights: readonly GroupLight[],
  study: Study,
  { gain, shares: from }: { readonly gain: readonly [number, number]; readonly shares: readonly Float64Array[] },
): Looked {
  const [score, information] = [
    [0, 0],
    [0, 0, 0],
  ];
  const { value, slope, curvature } = logPrior(gain, study.settings);
  let logLikelihood = value;
  const shares = lights.map((light, g) => {
    const densities = study.regions[g]!;
    if (light.x.length === 0 || densities.length === 0) return from[g]!;
    const group = groupAt(light, densities, gain, from[g]!);
    logLikelihood += group.logLikelihood;
    for (const d of [0, 1]) score[d]! += group.score[d]!;
    for (const d of [0, 1, 2]) information[d]! += group.information[d]!;
    return group.shares;
  });
  const [freeX, freeY] = study.free;
  return {
    ...{ gain, logLikelihood, shares },
    score: [freeX ? score[0]! + slope[0] : 0, freeY ? score[1]! + slope[1] : 0],
    information: [
      freeX ? information[0]! + curvature[0] : 1,
      freeX && freeY ? information[1]! : 0,
      freeY ? information[2]! + curvature[1] : 1,
    ],
  };
}

/** Normal, or Student for few degrees of freedom; the slope of its log, and the curvature at its centre. */
function logPrior(gain: readonly [number, number], { priorSd, priorDegrees: n }: RegistrationSettings) {
  const each = gain.map((one) => {
    const z = (one / priorSd) ** 2;
    if (!Number.isFinite(n)) return { value: -z / 2, slope: -one / priorSd ** 2, curvature: 1 / priorSd ** 2 };
    const slope = -((n + 1) / n) * (one / priorSd ** 2 / (1 + z / n));
    return { value: -((n + 1) / 2) * Math.log1p(z / n), slope, curvature: (n + 1) / n / priorSd ** 2 / (1 + z / n) };
  }) as [Part, Part];
  return {
    value: each[0].value + each[1].value,
    slope: [each[0].slope, each[1].slope] as const,
    curvature: [each[0].curvature, each[1].curvature] as const,
  };
}

interface Part {
  readonly value: number;
  readonly slope: number;
  readonly curvature: number;
}

function groupAt(
  { x, y }: GroupLight,
  densities: readonly Float64Array[],
  [gainX, gainY]: readonly [number, number],
  from: Float64Array,
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
  for (let step = 0; step < SEARCH.emSteps; step++) shares = nextShares(out.value, count, shares);
  const scored = scoresOf(out, moves, shares);
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
) {
  const [count, parts] = [moves.x.length, shares.length];
  // Two gains, then all shares but the last.
  const size = parts + 1;
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
    for (let part = 0; part < parts - 1; part++) own[2 + part] = (value[i * parts + part]! - last) / density;
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

/**
 * The gain under which a tube's cells are likeliest, a few steps nearer.
 * @param from where the search stands
 */
export function findGain(
  lights: readonly GroupLight[],
  study: Study,
  from: { readonly gain: readonly [number, number]; readonly shares: readonly Float64Array[] },
): TubeGain {
  let best = lookAt(lights, study, from);
  let damping = 1;
  for (let step = 0; step < SEARCH.steps; step++) {
    const [dx, dy] = stepOf(best, damping);
    if (Math.max(Math.abs(dx), Math.abs(dy)) < SEARCH.arrived) break;
    const tried = lookAt(lights, study, { gain: [best.gain[0] + dx, best.gain[1] + dy], shares: best.shares });
    if (tried.logLikelihood > best.logLikelihood) best = tried;
    else damping /= 4;
  }
  const count = lights.reduce((sum, { x }) => sum + x.length, 0);
  const [xx, xy, yy] = best.information;
  const determinant = xx * yy - xy * xy;
  return {
    gain: best.gain,
    shares: best.shares,
    variance: [yy / determinant, -xy / determinant, xx / determinant],
    fit: count === 0 ? 0 : (best.logLikelihood - logPrior(best.gain, study.settings).value) / count,
  };
}

function stepOf({ score, information: [xx, xy, yy] }: Looked, damping: number): [number, number] {
  const determinant = xx * yy - xy * xy;
  const clamp = (step: number) => Math.max(-SEARCH.longest, Math.min(SEARCH.longest, damping * step));
  return [clamp((yy * score[0] - xy * score[1]) / determinant), clamp((xx * score[1] - xy * score[0]) / determinant)];
}
