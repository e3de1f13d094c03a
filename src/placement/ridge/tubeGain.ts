import type { GroupLight } from './cellDensities.ts';
import { groupLikelihood, groupScore } from './groupScore.ts';
import type { PlaneTube } from './plane.ts';
import { type RegistrationSettings, SEARCH } from './settings.ts';

/** The light of a tube's cells, one entry a group. */
export type TubeLight = readonly GroupLight[];

/** The log gain of one tube against the study, and what it rests on. */
export interface TubeGain {
  /** Of x and y. */
  readonly gain: readonly [number, number];
  /** Shares of the regions among its cells, one list a group. */
  readonly shares: readonly Float64Array[];
  /** Variance of the gain: xx, xy, yy; never wider than the prior. */
  readonly variance: readonly [number, number, number];
  /** Log likelihood of its cells, prior included. */
  readonly posterior: number;
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
  /** Shares to which every tube is held; free where left out. */
  readonly held?: readonly Float64Array[] | undefined;
}

/** @param most cells that are read: evenly spaced ones of the tube */
export function lightOf({ x, y, group }: PlaneTube, groups: number, most: number): TubeLight {
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
interface Looked {
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
function lookAt(
  lights: TubeLight,
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
    const group = groupScore(light, densities, gain, {
      from: study.held?.[g] ?? from[g]!,
      isHeld: study.held !== undefined,
    });
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

/** The same without score and information: where they are not asked for. */
export function likelihoodAt(
  lights: TubeLight,
  study: Study,
  { gain, shares: from }: { readonly gain: readonly [number, number]; readonly shares: readonly Float64Array[] },
): Pick<Looked, 'logLikelihood' | 'shares'> {
  let logLikelihood = logPrior(gain, study.settings).value;
  const shares = lights.map((light, g) => {
    const densities = study.regions[g]!;
    if (light.x.length === 0 || densities.length === 0) return from[g]!;
    const group = groupLikelihood(light, densities, gain, {
      from: study.held?.[g] ?? from[g]!,
      isHeld: study.held !== undefined,
    });
    logLikelihood += group.logLikelihood;
    return group.shares;
  });
  return { logLikelihood, shares };
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

/**
 * The gain under which a tube's cells are likeliest, a few steps nearer.
 * @param from where the search stands
 */
export function findGain(
  lights: TubeLight,
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
    posterior: best.logLikelihood,
    fit: count === 0 ? 0 : (best.logLikelihood - logPrior(best.gain, study.settings).value) / count,
  };
}

function stepOf({ score, information: [xx, xy, yy] }: Looked, damping: number): [number, number] {
  const determinant = xx * yy - xy * xy;
  const clamp = (step: number) => Math.max(-SEARCH.longest, Math.min(SEARCH.longest, damping * step));
  return [clamp((yy * score[0] - xy * score[1]) / determinant), clamp((xx * score[1] - xy * score[0]) / determinant)];
}
