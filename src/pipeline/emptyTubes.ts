import type { PlacementBook } from '../gating/index.ts';
import type { Problem } from '../problems/index.ts';

/**
 * Findings of placement without gates that have no place in tubes of 0 events alone: that such a tube holds nothing is
 * told once, of its file, and not again for every gate.
 * @param emptyIds sampleIds of tubes without events
 */
export function toldOnceOfEmptyTubes(
  problems: readonly Problem[],
  book: PlacementBook,
  emptyIds: ReadonlySet<string>,
): readonly Problem[] {
  const fromEmptiness = new Set(
    book.gates
      .filter(({ tubes }) => tubes.every((tube) => tube.geometry.kind !== 'none' || emptyIds.has(tube.sample_id)))
      .map(({ population }) => population),
  );
  return problems.filter(({ code, where }) => code !== 'gate.not-placed' || !fromEmptiness.has(where.gate ?? ''));
}
