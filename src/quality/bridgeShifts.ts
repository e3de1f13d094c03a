import { median } from 'd3-array';
import type { QualityTube } from './qualityTube.ts';

/** How far one landmark of the bridging controls of a batch lies from that of all batches. */
export interface BridgeShift {
  readonly batch: string;
  readonly landmark: string;
  readonly tubeCount: number;
  /** u. */
  readonly shift: number;
  readonly isMarked: boolean;
}

/** Three times the error of a well-filled landmark (.04 to .05 u: docs/quality.md). */
export const MARKED_SHIFT = 0.15;

/**
 * Shifts of the bridging controls' landmarks, one a batch and landmark, from the median over batches. Aliquots of one donor
 * are the same cells: what differs is the batch. A control cannot prove itself: with two batches both are off by half.
 */
export function bridgeShifts(tubes: readonly QualityTube[]): readonly BridgeShift[] {
  const bridges = tubes.filter((tube) => tube.role === 'bridge');
  const batches = [...new Set(bridges.map((tube) => tube.batch))].sort();
  if (batches.length < 2) return [];
  const landmarks = [...new Set(bridges.flatMap((tube) => Object.keys(tube.landmarks)))].sort();
  return landmarks.flatMap((landmark) => {
    const ofBatch = batches.flatMap((batch) => {
      const at = bridges.flatMap((tube) =>
        tube.batch === batch && Object.hasOwn(tube.landmarks, landmark) ? (tube.landmarks[landmark] ?? []) : [],
      );
      const middle = median(at);
      return middle === undefined ? [] : [{ batch, tubeCount: at.length, middle }];
    });
    const study = median(ofBatch, (one) => one.middle);
    if (study === undefined) return [];
    return ofBatch.map(({ batch, tubeCount, middle }): BridgeShift => {
      const shift = middle - study;
      return { batch, landmark, tubeCount, shift, isMarked: Math.abs(shift) > MARKED_SHIFT };
    });
  });
}
