import type { Landmark } from '../../gating/index.ts';
import type { Pool } from '../../template/index.ts';
import type { MeasuredStain } from '../stain/stain.ts';
import { carried } from '../stain/stainingGain.ts';

/** What is asked of a tube to know how its stain lies to its pool's. */
export interface FramedTube {
  readonly sampleId: string;
  readonly batch: string;
}

/** How the coordinates of one marker, in u, lie in a tube and in its pool. */
export interface PoolFrame {
  toPool(tube: FramedTube, u: number): number;
  toTube(tube: FramedTube, u: number): number;
  /** Where bridging controls moved the tube's batch: their landmark in the batch, and its shift; else nothing. */
  landmark(tube: FramedTube): Landmark | undefined;
}

/** An alignment of the gate's own. */
interface FrameAlignment {
  readonly book: { readonly markers: readonly string[] };
  toStudy(sampleId: string, marker: string, u: number): number;
  inTube(sampleId: string, marker: string, u: number): number;
}

/** What a gate's pool stands on. */
export interface FrameRequest {
  readonly pool: Pool;
  readonly alignment: FrameAlignment | undefined;
  /** How bridging controls let a batch's cuts on a marker be carried; undefined where they do not. */
  stain(batch: string, marker: string): MeasuredStain | undefined;
}

/**
 * The frame of a gate's pool on one marker. Where the gate's own alignment holds the marker, each tube is brought
 * to the study by it, and nothing is corrected twice; else, where batches are aligned, by the gain of its batch; else as it is.
 */
export function poolFrame({ pool, alignment, stain }: FrameRequest, marker: string): PoolFrame {
  if (alignment?.book.markers.includes(marker)) {
    return {
      toPool: (tube, u) => alignment.toStudy(tube.sampleId, marker, u),
      toTube: (tube, u) => alignment.inTube(tube.sampleId, marker, u),
      landmark: () => undefined,
    };
  }
  // A pool of one tube or one batch has one stain: there and back would be the same place.
  if (pool === 'tube' || pool === 'batch') return SAME_FRAME;
  const placesOf = (tube: FramedTube) => {
    const found = stain(tube.batch, marker);
    return found === undefined ? undefined : { study: found.study, own: found.study + found.carried };
  };
  return {
    toPool: (tube, u) => {
      const places = placesOf(tube);
      return places === undefined ? u : carried(u, places.own, places.study);
    },
    toTube: (tube, u) => {
      const places = placesOf(tube);
      return places === undefined ? u : carried(u, places.study, places.own);
    },
    landmark: (tube) => {
      const found = stain(tube.batch, marker);
      return found === undefined ? undefined : { marker, at: found.study + found.carried, shift: found.carried };
    },
  };
}

/** Coordinates that mean the same in every tube. */
const SAME_FRAME: PoolFrame = {
  toPool: (_, u) => u,
  toTube: (_, u) => u,
  landmark: () => undefined,
};
