import { basinsOf } from '../density/basins.ts';
import { planeDensity } from '../density/planeDensity.ts';
import { densityOf, type PlanePool } from '../ridge/plane.ts';
import { CARRY as C } from './settings.ts';

/**
 * The populations of a pool in a plane, as the densities of its basins. How full each is in one tube is left free, so that
 * only where populations lie tells of a stain, never how large they are; what belongs to no population is a region too.
 * @returns one group, for the registration
 */
export function basinRegions(pool: PlanePool, width: number = C.width): readonly (readonly Float64Array[])[] {
  const regionOf = regionsOfRows(pool);
  const count = Math.max(0, ...regionOf) + 1;
  const densities = Array.from({ length: count }, (_, region) => region).flatMap(
    (region) => densityOf(pool, (row) => regionOf[row] === region, width) ?? [],
  );
  return [densities];
}

/** Region of every row: 0 for what lies in no basin of a population. */
function regionsOfRows(pool: PlanePool): Int32Array {
  const regions = new Int32Array(pool.weights.length);
  const density = planeDensity(pool);
  if (density === undefined) return regions;
  const { modeOf, modes } = basinsOf(density, C.prominence);
  const { bins, origin, step } = density;
  const binOf = pool.x.map((x, row) => {
    const column = Math.floor((x - origin[0]) / step[0]);
    const line = Math.floor((pool.y[row]! - origin[1]) / step[1]);
    return column >= 0 && column < bins && line >= 0 && line < bins ? line * bins + column : -1;
  });
  const held = new Map<number, number>();
  let total = 0;
  for (const [row, bin] of binOf.entries()) {
    const weight = pool.weights[row]!;
    total += weight;
    if (bin >= 0) held.set(modeOf[bin]!, (held.get(modeOf[bin]!) ?? 0) + weight);
  }
  const populations = modes.filter((mode) => (held.get(mode) ?? 0) >= C.leastShare * total);
  const place = new Map(populations.map((mode, i) => [mode, i + 1]));
  for (const [row, bin] of binOf.entries()) regions[row] = bin < 0 ? 0 : (place.get(modeOf[bin]!) ?? 0);
  return regions;
}
