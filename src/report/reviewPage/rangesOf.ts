import { type GateSample, STEP } from '../../review/index.ts';

/** Of the events on either side this share lies beyond the frame: what is far out would leave no room for the rest. */
const BEYOND = 0.002;
/** In u: around edges and events. */
const MARGIN = 0.25;
/** Events of a tube by which the frame is found. */
const LOOKED_AT = 500;

/** One frame of axes for a gate over all tubes: marker -> from, to in u. */
export function rangesOf(samples: readonly GateSample[]): Readonly<Record<string, readonly [number, number]>> {
  const values = new Map<string, number[]>();
  const places = new Map<string, number[]>();
  const add = (map: Map<string, number[]>, marker: string, more: readonly number[]) => {
    const list = map.get(marker) ?? [];
    for (const value of more) list.push(value);
    map.set(marker, list);
  };
  for (const { edges, axes, outlines } of samples) {
    for (const { markers, line, at, column } of edges) {
      if (line !== undefined) continue;
      add(
        values,
        markers[0]!,
        some(column).map((steps) => at + steps * STEP),
      );
      add(places, markers[0]!, [at]);
    }
    for (const { marker, column } of axes)
      add(
        values,
        marker,
        some(column).map((steps) => steps * STEP),
      );
    for (const { markers, points } of outlines) {
      add(
        places,
        markers[0],
        points.map(([x]) => x),
      );
      add(
        places,
        markers[1],
        points.map(([, y]) => y),
      );
    }
  }
  return Object.fromEntries(
    [...values].map(([marker, list]) => {
      const sorted = Float64Array.from(list).sort();
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      const ends = places.get(marker) ?? [];
      const from = Math.min(at(BEYOND), ...ends) - MARGIN;
      const to = Math.max(at(1 - BEYOND), ...ends) + MARGIN;
      return [marker, [Number(from.toFixed(2)), Number(to.toFixed(2))] as const];
    }),
  );
}

function some(column: Int16Array): number[] {
  const step = Math.max(1, Math.floor(column.length / LOOKED_AT));
  const kept: number[] = [];
  for (let i = 0; i < column.length; i += step) if (column[i]! > -30000) kept.push(column[i]!);
  return kept;
}
