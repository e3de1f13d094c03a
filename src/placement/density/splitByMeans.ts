import { sortedQuantile } from '../../statistics/index.ts';
import { kmeans } from './kmeans.ts';

/** A minor cluster below this share is no population to cut at. */
const LEAST_SHARE = 0.02;
/** Least share of the variance that lies between the clusters. */
const LEAST_BETWEEN = 0.6;

/**
 * k-means in one dimension from fixed starting centres, so that neither file order nor a seed matters; cuts are the
 * midpoints of neighbouring centres (Lloyd 1982). Biased towards the larger and the wider cluster: a last resort.
 * @param values in u, in any order
 * @returns centres ascending, cuts between them; flags `unbalanced`, `weak_split`; no cut where the values are all equal
 *   (`one_mode`) or fewer than the clusters (`few_events`)
 */
export function splitByMeans(
  values: Float64Array,
  clusterCount: number,
): { cuts: readonly number[]; centres: readonly number[]; flags: readonly string[] } {
  if (values.length < clusterCount) return { cuts: [], centres: [], flags: ['few_events'] };
  const sorted = Float64Array.from(values).sort();
  const low = sortedQuantile(sorted, 0.05);
  const high = sortedQuantile(sorted, 0.95);
  if (low === undefined || high === undefined || !(high > low)) return { cuts: [], centres: [], flags: ['one_mode'] };
  const starts = Array.from({ length: clusterCount }, (_, i) =>
    clusterCount === 2
      ? [i === 0 ? low : high]
      : [sortedQuantile(sorted, 0.05 + (0.9 * i) / (clusterCount - 1)) as number],
  );
  const result = kmeans(
    Array.from(sorted, (value) => [value]),
    clusterCount,
    { initialization: starts, maxIterations: 200 },
  );
  const centres = result.centroids.map((centroid) => centroid[0] as number).sort((a, b) => a - b);
  const cuts = centres.slice(1).map((centre, i) => (centre + centres[i]!) / 2);
  return { cuts, centres, flags: qualityFlags(sorted, centres, cuts) };
}

function qualityFlags(sorted: Float64Array, centres: readonly number[], cuts: readonly number[]): string[] {
  const counts = new Array<number>(centres.length).fill(0);
  let sum = 0;
  let within = 0;
  let cluster = 0;
  for (const value of sorted) {
    while (cluster < cuts.length && value >= cuts[cluster]!) cluster++;
    counts[cluster]!++;
    within += (value - centres[cluster]!) ** 2;
    sum += value;
  }
  const mean = sum / sorted.length;
  let total = 0;
  for (const value of sorted) total += (value - mean) ** 2;
  const flags: string[] = [];
  if (Math.min(...counts) < LEAST_SHARE * sorted.length) flags.push('unbalanced');
  if (1 - within / total < LEAST_BETWEEN) flags.push('weak_split');
  return flags;
}
