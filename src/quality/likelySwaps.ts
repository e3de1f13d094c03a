import { byText } from '../problems/index.ts';
import { type Fingerprints, fingerprints } from './fingerprint.ts';
import type { QualityTube } from './qualityTube.ts';

/** A tube that looks like another subject's. */
export interface LikelySwap {
  readonly sampleId: string;
  readonly subject: string;
  readonly looksLike: string;
  /** The tube it may have been exchanged with; null where it alone is out of place. */
  readonly exchangedWith: string | null;
  /** Log likelihood of the other label over its own; of both tubes where two were exchanged. */
  readonly score: number;
}

/** Least score of a finding, measured on drawn cohorts with and without swaps: docs/quality.md. */
const LEAST_SCORE = 18;
/** One trait alone convinces nobody: its squared distance counts up to this. */
const MOST_PER_TRAIT = 16;

/**
 * Tubes whose composition fits another subject far better than their own, by Gaussian likelihoods around the mean of the
 * subject's other tubes. Two tubes that fit each other's subjects are one finding. It asks a person to look; it changes
 * nothing.
 * @returns the strongest first; undefined where the study does not allow a judgement (see fingerprints)
 */
export function likelySwaps(all: readonly QualityTube[]): readonly LikelySwap[] | undefined {
  const prints = fingerprints([...all].sort((a, b) => byText(a.sampleId, b.sampleId)));
  if (prints === undefined) return undefined;
  const found = [...exchanges(prints), ...strays(prints)].sort((a, b) => b.score - a.score);
  const named = new Set<string>();
  return found.filter(({ sampleId, exchangedWith }) => {
    const ids = [sampleId, ...(exchangedWith === null ? [] : [exchangedWith])];
    if (ids.some((id) => named.has(id))) return false;
    for (const id of ids) named.add(id);
    return true;
  });
}

function exchanges(prints: Fingerprints): LikelySwap[] {
  const { tubes } = prints;
  return tubes.flatMap((first, i) =>
    tubes.flatMap((second, j): LikelySwap[] => {
      if (j <= i || first.subject === second.subject) return [];
      const [there, back] = [gain(prints, i, j), gain(prints, j, i)];
      if (there === undefined || back === undefined || there <= 0 || back <= 0) return [];
      const score = there + back;
      if (score < LEAST_SCORE) return [];
      const { sampleId, subject } = first;
      return [
        { sampleId, subject: subject ?? '', looksLike: second.subject ?? '', exchangedWith: second.sampleId, score },
      ];
    }),
  );
}

function strays(prints: Fingerprints): LikelySwap[] {
  const { tubes } = prints;
  const subjects = [...new Set(tubes.flatMap((tube) => tube.subject ?? []))];
  return tubes.flatMap((tube, i) =>
    subjects.flatMap((looksLike): LikelySwap[] => {
      if (looksLike === tube.subject) return [];
      const [own, other] = [misfit(prints, i, tube.subject, undefined), misfit(prints, i, looksLike, undefined)];
      const score = own === undefined || other === undefined ? 0 : own - other;
      const { sampleId, subject } = tube;
      return score < LEAST_SCORE ? [] : [{ sampleId, subject: subject ?? '', looksLike, exchangedWith: null, score }];
    }),
  );
}

/** By how much tube i fits the subject of tube j better than its own, neither tube counted as its label says. */
function gain(prints: Fingerprints, i: number, j: number): number | undefined {
  const own = misfit(prints, i, prints.tubes[i]!.subject, j);
  const other = misfit(prints, i, prints.tubes[j]!.subject, j);
  return own === undefined || other === undefined ? undefined : own - other;
}

/** Negative log likelihood of tube i around the mean of a subject's tubes without itself and without `left`. */
function misfit(
  { tubes, values, features }: Fingerprints,
  i: number,
  subject: string | null,
  left: number | undefined,
): number | undefined {
  const others = tubes.flatMap((tube, t) => (tube.subject === subject && t !== i && t !== left ? [t] : []));
  if (others.length === 0) return undefined;
  const spread = 1 + 1 / others.length;
  let sum = 0;
  for (let f = 0; f < features.length; f++) {
    const mean = others.reduce((total, t) => total + values[t]![f]!, 0) / others.length;
    sum += Math.min(MOST_PER_TRAIT, (values[i]![f]! - mean) ** 2 / spread) + Math.log(spread);
  }
  return sum / 2;
}
