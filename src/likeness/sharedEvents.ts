import type { ComparedTube } from './comparison.ts';

/** Of so many of the lowest hashes in common nobody speaks of chance: events that repeat in their own tube are not among them. */
const FEWEST_SHARED = 6;

/** Two tubes with events in common. */
export interface SharedEvents {
  readonly tubes: readonly [ComparedTube, ComparedTube];
  /** Of the events of the smaller of the two, by the hashes that both could have. */
  readonly part: number;
}

/** Every pair of tubes whose sketches share events, by all values or by scatter alone. */
export function sharedEvents(tubes: readonly ComparedTube[]): readonly SharedEvents[] {
  const byPair = new Map<string, SharedEvents>();
  for (const which of [0, 1]) {
    for (const shared of sharedIn(tubes, which)) {
      const key = JSON.stringify(shared.tubes.map((tube) => tube.sampleId));
      if ((byPair.get(key)?.part ?? 0) < shared.part) byPair.set(key, shared);
    }
  }
  return [...byPair.values()];
}

function sharedIn(tubes: readonly ComparedTube[], which: number): SharedEvents[] {
  const holders = new Map<number, ComparedTube[]>();
  const counts = new Map<ComparedTube, Map<ComparedTube, number>>();
  for (const tube of tubes) {
    const own = new Map<ComparedTube, number>();
    for (const hash of tube.look.eventSketches[which] ?? []) {
      const known = holders.get(hash) ?? [];
      for (const other of known) own.set(other, (own.get(other) ?? 0) + 1);
      holders.set(hash, [...known, tube]);
    }
    counts.set(tube, own);
  }
  return [...counts].flatMap(([tube, own]) =>
    [...own].flatMap(([other, shared]) =>
      shared < FEWEST_SHARED ? [] : [{ tubes: [other, tube] as const, part: partOf(tube, other, { which, shared }) }],
    ),
  );
}

function partOf(a: ComparedTube, b: ComparedTube, { which, shared }: { which: number; shared: number }): number {
  const sketches = [a, b].map((tube) => tube.look.eventSketches[which] ?? []);
  const limit = Math.min(...sketches.map((sketch) => sketch.at(-1) ?? 0));
  const within = sketches.map((sketch) => sketch.filter((hash) => hash <= limit).length);
  return Math.min(1, shared / Math.max(1, Math.min(...within)));
}
