import type { GateSample } from '../../review/index.ts';

/** Events of a tube beyond the first of its gate: enough for a thumbnail, and for a share within some percent. */
const FEW_EVENTS = 300;
/**
 * Bytes of events before they are packed, which makes about half of them and writes three of those as four letters: with
 * it a page stays below the 12 MB that a mailbox takes.
 */
const MOST_BYTES = 20_000_000;
/** Fewer events of a sampled parent than this would blur an edge. */
const LEAST_SAMPLED = 1000;

/**
 * How many events of each sample the page holds. Whole parents stay whole as long as they can, since of those the page
 * counts exactly; of sampled ones fewer are taken first.
 */
export function eventsToShow(samples: readonly GateSample[], isTop: readonly boolean[]): readonly number[] {
  const wanted = samples.map(({ marks }, i) => (isTop[i] ? marks.length : Math.min(marks.length, FEW_EVENTS)));
  const isSampled = samples.map(({ marks, parentCount }) => marks.length < parentCount);
  const cost = (counts: readonly number[]) =>
    counts.reduce((sum, count, i) => sum + count * bytesPerEvent(samples[i]!), 0);
  if (cost(wanted) <= MOST_BYTES) return wanted;
  const sampled = wanted.map((count, i) => (isSampled[i] ? count : 0));
  const whole = cost(wanted) - cost(sampled);
  const share = Math.max(0, MOST_BYTES - whole) / cost(sampled);
  const fewer = wanted.map((count, i) =>
    isSampled[i] && isTop[i] ? Math.min(count, Math.max(LEAST_SAMPLED, Math.floor(count * share))) : count,
  );
  const rest = MOST_BYTES / cost(fewer);
  return rest >= 1 ? fewer : fewer.map((count) => Math.max(Math.min(count, 100), Math.floor(count * rest)));
}

function bytesPerEvent({ edges, axes }: GateSample): number {
  return 2 * (edges.length + axes.length) + 1;
}
