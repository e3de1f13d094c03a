import type { PlacementBook } from '../gating/index.ts';
import type { QualityTube } from './qualityTube.ts';

/** What the book of a study says of one tube's stain: where its landmarks lie, and the bright modes that its gates found. */
export function bookTraits(book: PlacementBook, sampleId: string): Pick<QualityTube, 'landmarks' | 'modes'> {
  return { landmarks: landmarksOf(book, sampleId), modes: modesOf(book, sampleId) };
}

function landmarksOf(book: PlacementBook, sampleId: string): QualityTube['landmarks'] {
  const found = book.alignments.flatMap(({ name, tubes }) => {
    const own = tubes.find((tube) => tube.sample_id === sampleId);
    return Object.entries(own?.offset ?? {}).map(([marker, offset]) => [`${name} ${marker}`, offset] as const);
  });
  return Object.fromEntries(found);
}

/** The brightest mode of each gate and marker, where the gate saw a dim one beside it. */
function modesOf(book: PlacementBook, sampleId: string): QualityTube['modes'] {
  const found = book.gates.flatMap(({ population, tubes }) => {
    const own = tubes.find((tube) => tube.sample_id === sampleId);
    return (own?.modes ?? []).flatMap(({ marker, at }) => {
      const brightest = at.at(-1);
      return brightest === undefined || at.length < 2 ? [] : [[`${population} ${marker}`, brightest] as const];
    });
  });
  return Object.fromEntries(found);
}
