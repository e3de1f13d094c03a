import { median } from 'd3-array';
import { byText } from '../problems/index.ts';
import { robustSd } from '../statistics/index.ts';
import type { QualityTube } from './qualityTube.ts';

/** Tubes in the space of shares that a person keeps over visits. */
export interface Fingerprints {
  readonly tubes: readonly QualityTube[];
  /** Traits that were chosen: `share PATH`, `mode PATH MARKER` or `landmark ALIGNMENT MARKER`. */
  readonly features: readonly string[];
  /** One a tube and feature, the visit's median taken away, in units of the spread within a subject. */
  readonly values: readonly (readonly number[])[];
}

/** Fewer events give a share that says little of a person. */
const LEAST_PARENT = 100;
/** A trait is used where subjects differ by more than their own visits do: variance over all at least 1.4 times that within. */
const LEAST_RATIO = 1.4;
/** Traits that move together over the tubes say the same thing twice. */
const MOST_CORRELATION = 0.8;
/** No trait is trusted more than this, in log odds or u: about 5 %. */
const LEAST_SPREAD = 0.05;
const FEWEST_SUBJECTS = 4;
/** With two tubes of a subject neither can be told from the one that is out of place. */
const FEWEST_TUBES = 3;
const FEWEST_FEATURES = 3;

/**
 * What a person keeps over visits as a fingerprint: shares as log odds within the parent, and how bright the positive cells
 * of a gate are. What all patients do between visits, and the batch of a visit, are taken away with the visit's median;
 * spreads are medians, so that a few swapped tubes neither hide nor make a difference.
 * @returns undefined where fewer than four subjects have three tubes, or fewer than three traits tell subjects apart
 */
export function fingerprints(all: readonly QualityTube[]): Fingerprints | undefined {
  const tubes = all.filter((tube) => tube.role === 'sample' && tube.subject !== null && tube.visit !== null);
  const pairs = siblingPairs(tubes);
  const subjects = [...new Set(tubes.map((tube) => tube.subject))];
  const tubeCount = (subject: string | null) => tubes.filter((tube) => tube.subject === subject).length;
  if (subjects.filter((one) => tubeCount(one) >= FEWEST_TUBES).length < FEWEST_SUBJECTS) return undefined;
  const shares = namesIn(tubes.map((tube) => tube.counts)).flatMap(
    (path) => candidate(`share ${path}`, tubes, pairs, (tube) => logOdds(tube, path)) ?? [],
  );
  const modes = namesIn(tubes.map((tube) => tube.modes)).flatMap(
    (name) => candidate(`mode ${name}`, tubes, pairs, (tube) => ownNumber(tube.modes, name)) ?? [],
  );
  const landmarks = namesIn(tubes.map((tube) => tube.landmarks)).flatMap(
    (name) => candidate(`landmark ${name}`, tubes, pairs, (tube) => ownNumber(tube.landmarks, name)) ?? [],
  );
  const candidates = [...shares, ...modes, ...landmarks].sort((a, b) => b.ratio - a.ratio || byText(a.name, b.name));
  const chosen: Candidate[] = [];
  for (const one of candidates) {
    if (chosen.every((other) => Math.abs(correlation(one.values, other.values)) < MOST_CORRELATION)) chosen.push(one);
  }
  if (chosen.length < FEWEST_FEATURES) return undefined;
  return {
    tubes,
    features: chosen.map((one) => one.name),
    values: tubes.map((_, t) => chosen.map((one) => one.values[t]!)),
  };
}

/** Positions of two tubes of one subject. */
function siblingPairs(tubes: readonly QualityTube[]): readonly (readonly [number, number])[] {
  return tubes.flatMap((first, i) =>
    tubes.flatMap((second, j) => (j > i && first.subject === second.subject ? [[i, j] as const] : [])),
  );
}

function namesIn(records: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  return [...new Set(records.flatMap((record) => Object.keys(record)))].sort();
}

interface Candidate {
  readonly name: string;
  readonly ratio: number;
  readonly values: readonly number[];
}

function candidate(
  name: string,
  tubes: readonly QualityTube[],
  pairs: readonly (readonly [number, number])[],
  of: (tube: QualityTube) => number | undefined,
): Candidate | undefined {
  const known = tubes.flatMap((tube) => of(tube) ?? []);
  // A trait that one tube lacks would be weighed differently between tubes: such a tube was not fit to be compared.
  if (known.length < tubes.length) return undefined;
  const centred = withoutVisits(known, tubes);
  const between = robustSd(centred) ?? 0;
  const moved = robustSd(pairs.map(([i, j]) => centred[i]! - centred[j]!)) ?? 0;
  const within = Math.max(LEAST_SPREAD, moved / Math.SQRT2);
  const ratio = (between / within) ** 2;
  return ratio < LEAST_RATIO ? undefined : { name, ratio, values: centred.map((value) => value / within) };
}

/** A marker or population may be called `constructor`, which every object answers to. */
function ownNumber(record: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Half an event on either side keeps the odds of nobody and of everybody finite. */
function logOdds(tube: QualityTube, path: string): number | undefined {
  const found = Object.hasOwn(tube.counts, path) ? tube.counts[path] : undefined;
  if (found === undefined || found.parentCount < LEAST_PARENT) return undefined;
  return Math.log((found.count + 0.5) / (found.parentCount - found.count + 0.5));
}

function withoutVisits(values: readonly number[], tubes: readonly QualityTube[]): readonly number[] {
  const visits = [...new Set(tubes.map((tube) => tube.visit))];
  const middle = new Map(
    visits.map((visit) => [visit, median(values.filter((_, t) => tubes[t]!.visit === visit)) ?? 0]),
  );
  return values.map((value, t) => value - (middle.get(tubes[t]!.visit) ?? 0));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB);
    aa += (a[i]! - meanA) ** 2;
    bb += (b[i]! - meanB) ** 2;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}
