import type { Geometry, PlacementBook } from '../gating/index.ts';

/** How much of a marker the cells of a gate carry. */
export type Level = '-' | 'mid' | '+' | 'hi';

/** Marker -> level, in the order in which the strategy looks at them. */
export type Definition = ReadonlyMap<string, Level>;

/** Size, granularity and time are no markers of a phenotype. */
const noMarker = /^(?:[FS]SC|time$)/i;

/**
 * What each gate says of markers, from the parent's down: of an interval that is open above `+`, open below `-`, closed
 * on both sides `mid`, along a ridge `hi`. A marker that two gates look at has the level of the later. Gates made of
 * other populations, and those by size or time, add nothing.
 */
export function gateDefinitions({ gates }: PlacementBook): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>();
  for (const { population, parent, tubes } of gates) {
    const placed = tubes.find(({ geometry }) => geometry.kind !== 'none');
    const own = placed === undefined ? [] : levelsOf(placed.geometry);
    found.set(population, new Map([...(found.get(parent) ?? []), ...own]));
  }
  return found;
}

type Levels = readonly (readonly [string, Level])[];

function levelsOf(geometry: Geometry): Levels {
  switch (geometry.kind) {
    case 'interval':
    case 'rectangle':
      return markers(geometry.dims.map(({ marker, min, max }) => [marker, bounded(min, max)]));
    case 'quadrant':
      return markers(geometry.dims.map(({ marker }, i) => [marker, geometry.side[i] === 'above' ? '+' : '-']));
    case 'strip':
      return markers(geometry.dims.map(({ marker }) => [marker, 'hi']));
    case 'all':
      return geometry.of.flatMap(levelsOf);
    default:
      return [];
  }
}

function bounded(min: number | null, max: number | null): Level | undefined {
  if (min === null && max === null) return undefined;
  if (min === null) return '-';
  return max === null ? '+' : 'mid';
}

function markers(all: readonly (readonly [string, Level | undefined])[]): Levels {
  return all.flatMap(([marker, level]) =>
    level === undefined || noMarker.test(marker) ? [] : [[marker, level] as const],
  );
}
