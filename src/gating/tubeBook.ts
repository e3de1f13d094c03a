import type { PlacementBook, TubeBook } from './book.ts';

/** The entries of one tube, so that counting cannot know of another. */
export function tubeBook(book: PlacementBook, sampleId: string): TubeBook {
  return {
    sampleId,
    scales: book.scales,
    gates: book.gates.map((gate) => {
      const entry = gate.tubes.find((t) => t.sample_id === sampleId);
      if (!entry) throw new Error(`the book holds no entry of "${gate.population}" for tube "${sampleId}"`);
      return { population: gate.population, parent: gate.parent, geometry: entry.geometry, flags: entry.flags };
    }),
  };
}
