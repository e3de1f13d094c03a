import type { PlacementTube } from '../placement/index.ts';
import type { TubeFile } from '../tube/index.ts';

/** A tube, what placing may know of it, and its panel. */
export interface WalkTube {
  readonly file: TubeFile;
  readonly panel: string;
  readonly placement: PlacementTube;
}
