import type { Reservoir } from '../src/placement/tools.ts';

/** The sample of a tube of which only half of the events were seen: the rows for which `isOwn` answers true. */
export function halfSample(reservoir: Reservoir, isOwn: (row: number) => boolean): Reservoir {
  const columns = Object.fromEntries(
    Object.entries(reservoir.columns).map(([marker, column]) => [marker, column.filter((_, row) => isOwn(row))]),
  );
  const rowCount = Object.values(columns)[0]?.length ?? 0;
  return { ...reservoir, columns, rowCount, eventCount: Math.round(reservoir.eventCount / 2) };
}
