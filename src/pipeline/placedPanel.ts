import type { PlacementBook } from '../gating/index.ts';
import type { BatchStain, DrawnPopulation } from '../placement/index.ts';
import type { Template } from '../template/index.ts';

/** One panel as it was placed. */
export interface PlacedPanel {
  readonly template: Template;
  readonly book: PlacementBook;
  readonly draws: readonly DrawnPopulation[];
  readonly stains: readonly BatchStain[];
}
