import type { OtherCount, PlacementBook, TubeCounts } from '../gating/index.ts';
import type { Likeness } from '../likeness/index.ts';
import type { BatchStain } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Tube } from '../study/index.ts';
import type { TimeTrace, TubeDecision, TubeLook } from '../tube/index.ts';
import type { SampledCells } from './tubeSketch.ts';
import type { WalkPanel } from './walkTube.ts';

/** A tube after the walk, whatever became of it. */
export interface WalkedTube {
  readonly tube: Tube;
  /** undefined where the file cannot be read. */
  readonly look: TubeLook | undefined;
  /** undefined where the tube may not be used. */
  readonly decision: TubeDecision | undefined;
  /** undefined where the tube failed. */
  readonly counts: TubeCounts | undefined;
  /** Its events inside the endpoints' gates as they lie in the subject's other tubes. */
  readonly crossed: readonly OtherCount[];
  /** How it ran; undefined where the file keeps no time, or the tube failed. */
  readonly trace: TimeTrace | undefined;
  /** Cells of the endpoints, or of the tree's ends, from the sample on which gates were placed. */
  readonly cells: readonly SampledCells[];
  /** Of file and survey. */
  readonly flags: readonly string[];
}

/** A panel with where every gate lies, and what bridging controls say of each batch. */
export interface WalkedPanel extends WalkPanel {
  readonly book: PlacementBook;
  readonly stains: readonly BatchStain[];
}

export interface Walked {
  /** In the order in which they were given. */
  readonly tubes: readonly WalkedTube[];
  readonly panels: readonly WalkedPanel[];
  /** In what the tubes are unlike. */
  readonly likeness: Likeness;
  readonly problems: readonly Problem[];
}
