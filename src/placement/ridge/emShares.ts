import type { CellDensities } from './cellDensities.ts';
import { SEARCH } from './settings.ts';

/** Shares of the regions among some cells, a few steps of EM nearer (Dempster, Laird & Rubin 1977). */
export function emShares({ value, count, parts }: CellDensities, from: Float64Array): Float64Array {
  let shares = from;
  for (let step = 0; step < SEARCH.emSteps; step++) {
    const next = new Float64Array(parts);
    for (let i = 0; i < count; i++) {
      const first = i * parts;
      let density = 0;
      for (let part = 0; part < parts; part++) density += shares[part]! * value[first + part]!;
      for (let part = 0; part < parts; part++) next[part]! += (shares[part]! * value[first + part]!) / density;
    }
    for (let part = 0; part < parts; part++) next[part] = next[part]! / count;
    shares = next;
  }
  return shares;
}
