import type { OtherCount, PlacementBook, TubeCounts } from '../gating/index.ts';
import type { Likeness } from '../likeness/index.ts';
import type { BatchStain, TubeSurvey } from '../placement/index.ts';
import type { Problem } from '../problems/index.ts';
import type { Tube } from '../study/index.ts';
import type { TimeTrace, TubeDecision, TubeLook } from '../tube/index.ts';
import type { PlacedPanel } from './placedPanel.ts';
import type { SampledCells } from './tubeSketch.ts';
import type { WalkPanel, WalkTube } from './walkTube.ts';

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

/** What counting rested on: so that tubes can be counted again by another book. */
export interface WalkBasis {
  /** Those that were placed and counted. */
  readonly tubes: readonly WalkTube[];
  readonly surveys: ReadonlyMap<string, TubeSurvey>;
  readonly placed: ReadonlyMap<string, PlacedPanel>;
  readonly decisions: Likeness['decisions'];
  readonly looks: ReadonlyMap<string, TubeLook>;
  readonly counts: ReadonlyMap<string, TubeCounts>;
  /** sampleId -> what all its values showed. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  /** sampleId -> how it ran; not of files without a time. */
  readonly traces: ReadonlyMap<string, TimeTrace>;
  /** sampleId -> cells to be shown. */
  readonly cells: ReadonlyMap<string, readonly SampledCells[]>;
}

export interface Walked {
  /** In the order in which they were given. */
  readonly tubes: readonly WalkedTube[];
  readonly panels: readonly WalkedPanel[];
  /** In what the tubes are unlike. */
  readonly likeness: Likeness;
  readonly problems: readonly Problem[];
  readonly basis: WalkBasis;
}
