import { median } from 'd3-array';
import { type BookScale, type EventIndex, uScale } from '../../gating/index.ts';
import { makeScale } from '../../scale/index.ts';
import type { Template, TemplatePopulation } from '../../template/index.ts';
import { kmeans } from '../density/kmeans.ts';
import type { SurveyedTube } from './sampledStudy.ts';
import type { StudyPlacement } from './studyPlacement.ts';

/** More clusters than lineages, so that a lineage may be made of several. */
const CLUSTERS = 24;
/** Events of the study on which the clusters are found, shared among the tubes. */
const FIT_EVENTS = 4000;
/** Events of a tube that are sorted into them: a prefix of its sample is itself a uniform sample. */
const JUDGED_EVENTS = 2000;
const ROUNDS = 40;
/** Only a population that clusters and gate see alike over the study is judged: a continuum has no second opinion. */
const LEAST_STUDY_AGREEMENT = 0.9;
/** Agreement (F1) below this, and this far below the usual tube's, is a disagreement: docs/quality.md. */
const LEAST_AGREEMENT = 0.85;
const USUAL_SCATTER = 0.1;
/** Fewer events of the population, by gate or by clusters, show no disagreement. */
const FEWEST_EVENTS = 60;

/** Where the two gaters see clearly different events: population -> sample_ids, ascending. */
export type Disagreements = ReadonlyMap<string, readonly string[]>;

/**
 * Looks at the study a second time without the template's rules: k-means (Lloyd 1982; starts by Arthur & Vassilvitskii
 * 2007, seeded) over all markers of the panel, on the samples of all tubes at once. A cluster belongs to the population
 * that holds most of it over the study; where a tube's gate and its clusters then part, one of them is wrong there. It
 * cannot see what is wrong alike in all tubes.
 * @returns populations up to two levels below the first branching of the tree
 */
export function secondOpinion(
  template: Template,
  surveyed: readonly SurveyedTube[],
  scales: readonly BookScale[],
  study: StudyPlacement,
): Disagreements {
  const base = firstBranching(template);
  if (base === undefined) return new Map();
  const below = template.populations.filter(({ path }) => path.startsWith(`${base.path}/`));
  const markers = markersOf(below, surveyed);
  const tubes = surveyed.map((one, t) => judgedTube(one, study.rootMembers(base.path, t), markers, scales));
  const centroids = fitClusters(tubes);
  if (centroids === undefined) return new Map();
  const labels = tubes.map(({ rows }) => rows.map((row) => nearest(row, centroids)));
  const judged = below.filter(({ depth }) => depth <= base.depth + 2);
  return new Map(
    judged.flatMap(({ path }) => {
      const members = tubes.map(({ events }, t) => marksOf(study.rootMembers(path, t), events));
      const sorted = tubes.map(({ isInPool }, t) => ({ isInPool, labels: labels[t]!, members: members[t]! }));
      const differing = disagreements(sorted).map((t) => surveyed[t]!.tube.sampleId);
      return differing.length === 0 ? [] : [[path, differing] as const];
    }),
  );
}

/** The highest population that is cut into several: what lies above it is cleaning. */
function firstBranching({ populations }: Template): TemplatePopulation | undefined {
  return populations.find(({ path }) => populations.filter((other) => other.parent === path).length > 1);
}

/** Markers that gates below look at and that every tube has: all are compared on the same. */
function markersOf(below: readonly TemplatePopulation[], surveyed: readonly SurveyedTube[]): readonly string[] {
  const used = [...new Set(below.flatMap(({ gate }) => gate.markers))];
  return used.filter((marker) => surveyed.every(({ survey }) => survey.reservoirs[0]?.columns[marker] !== undefined));
}

interface JudgedTube {
  readonly isInPool: boolean;
  /** Positions in the tube's sample, ascending. */
  readonly events: readonly number[];
  /** u of each, one number a marker. */
  readonly rows: readonly (readonly number[])[];
}

/** @param index positions in the tube's sample that lie in the population below which clusters are sought */
function judgedTube(
  { tube, survey }: SurveyedTube,
  index: EventIndex | null,
  markers: readonly string[],
  scales: readonly BookScale[],
): JudgedTube {
  const [sample] = survey.reservoirs;
  const count = sample?.rowCount ?? 0;
  const members = index === 'all' ? Array.from({ length: count }, (_, i) => i) : [...(index ?? [])];
  const columns = markers.map((marker) => {
    const cofactor = scales.find((scale) => scale.marker === marker)?.u_cofactor;
    const column = sample?.columns[marker];
    if (column === undefined || cofactor === undefined) throw new Error(`marker "${marker}" has no values or no scale`);
    const out = Float64Array.from(column);
    makeScale(uScale(cofactor)).forwardColumn(out, out);
    return out;
  });
  const events = members
    .filter((event) => columns.every((column) => Number.isFinite(column[event])))
    .slice(0, JUDGED_EVENTS);
  return { isInPool: tube.isInPool, events, rows: events.map((event) => columns.map((column) => column[event]!)) };
}

/** @returns undefined where the study holds too few events for so many clusters */
function fitClusters(tubes: readonly JudgedTube[]): readonly (readonly number[])[] | undefined {
  const pool = tubes.filter((tube) => tube.isInPool);
  const share = Math.ceil(FIT_EVENTS / Math.max(1, pool.length));
  const data = pool.flatMap(({ rows }) => rows.slice(0, share).map((row) => [...row]));
  if (data.length < 10 * CLUSTERS) return undefined;
  return kmeans(data, CLUSTERS, { initialization: 'kmeans++', seed: 1, maxIterations: ROUNDS }).centroids;
}

function nearest(row: readonly number[], centroids: readonly (readonly number[])[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let c = 0; c < centroids.length; c++) {
    const centroid = centroids[c]!;
    let distance = 0;
    for (let d = 0; d < row.length; d++) distance += (row[d]! - centroid[d]!) ** 2;
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  return best;
}

function marksOf(index: EventIndex | null, events: readonly number[]): readonly boolean[] {
  if (index === 'all') return events.map(() => true);
  const inside = new Set(index ?? []);
  return events.map((event) => inside.has(event));
}

/** A tube's judged events: the cluster of each, and whether the gate holds it. */
interface SortedTube {
  readonly isInPool: boolean;
  readonly labels: readonly number[];
  readonly members: readonly boolean[];
}

/** Tubes in which the population's clusters and its gate hold clearly different events. */
function disagreements(tubes: readonly SortedTube[]): readonly number[] {
  const pool = tubes.filter((tube) => tube.isInPool);
  const own = ownClusters(pool);
  const study = pool.map((tube) => overlap(tube, own)).reduce(sumOf, { both: 0, gate: 0, clusters: 0 });
  if (study.gate < FEWEST_EVENTS || agreement(study) < LEAST_STUDY_AGREEMENT) return [];
  const tables = tubes.map((tube) => overlap(tube, own));
  const isLarge = (one: Overlap) => Math.max(one.gate, one.clusters) >= FEWEST_EVENTS;
  const usual = median(
    tables.filter((one, t) => isLarge(one) && tubes[t]!.isInPool),
    agreement,
  );
  const least = Math.min(LEAST_AGREEMENT, (usual ?? 1) - USUAL_SCATTER);
  return tables.flatMap((one, t) => (isLarge(one) && agreement(one) < least ? [t] : []));
}

/** Clusters of which the population holds more than half over the study. */
function ownClusters(pool: readonly SortedTube[]): ReadonlySet<number> {
  const all = new Float64Array(CLUSTERS);
  const inside = new Float64Array(CLUSTERS);
  for (const { labels, members } of pool) {
    labels.forEach((cluster, i) => {
      all[cluster]! += 1;
      if (members[i]) inside[cluster]! += 1;
    });
  }
  return new Set(Array.from(all, (_, cluster) => cluster).filter((cluster) => inside[cluster]! > all[cluster]! / 2));
}

interface Overlap {
  readonly both: number;
  readonly gate: number;
  readonly clusters: number;
}

function overlap({ labels, members }: SortedTube, own: ReadonlySet<number>): Overlap {
  const gate = members.filter(Boolean).length;
  const clusters = labels.filter((cluster) => own.has(cluster)).length;
  return { both: labels.filter((cluster, i) => own.has(cluster) && members[i]).length, gate, clusters };
}

function sumOf(a: Overlap, b: Overlap): Overlap {
  return { both: a.both + b.both, gate: a.gate + b.gate, clusters: a.clusters + b.clusters };
}

/** F1 of the two as sets of events. */
function agreement({ both, gate, clusters }: Overlap): number {
  return gate + clusters === 0 ? 1 : (2 * both) / (gate + clusters);
}
