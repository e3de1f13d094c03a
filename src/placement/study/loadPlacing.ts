import { loadKmeans } from '../density/kmeans.ts';
import { placeStudy } from './placeStudy.ts';

/** Placing, with the library that it alone needs: the only way to it through the door, so that no caller forgets to load. */
export async function loadPlacing(): Promise<typeof placeStudy> {
  await loadKmeans();
  return placeStudy;
}
