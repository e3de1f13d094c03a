import type { CutDraw } from '../cuts/redrawCuts.ts';
import { seededStream } from './seededStream.ts';

/** The study's cuts may as well stand this much lower or higher, in u: the step at which a gate is called a dial. */
export const CUT_REACH = 0.1;

/** The numbers of one cut, for every draw of a study. */
export interface SeededCut {
  readonly shift: (draw: number) => number;
  /** Standard normal. */
  readonly normal: (draw: number, sampleId: string) => number;
}

/**
 * @param key of the cut: study seed, population, cut. Each tube's own numbers also hang on its name, so that a tube added to
 *   the study leaves those of the others as they were; so does a further draw
 */
export function seededCut(key: string, drawCount: number): SeededCut {
  const { uniform } = seededStream(key);
  const shifts = Float64Array.from({ length: drawCount }, () => CUT_REACH * (2 * uniform() - 1));
  const normals = new Map<string, Float64Array>();
  return {
    shift: (draw) => shifts[draw - 1] as number,
    normal(draw, sampleId) {
      const known = normals.get(sampleId) ?? standardNormals(`${key}\n${sampleId}`, drawCount);
      normals.set(sampleId, known);
      return known[draw - 1] as number;
    },
  };
}

function standardNormals(key: string, count: number): Float64Array {
  const { normal } = seededStream(key);
  return Float64Array.from({ length: count }, normal);
}

/**
 * Places in a pool of tubes, with replacement. No cut's name is in it: a draw reads the same tubes for all cuts.
 */
export function seededPicks(seed: number, draw: number): CutDraw['picks'] {
  return (group, tubeCount) => {
    const { uniform } = seededStream(`${seed}\n${draw}\n${group}`);
    return Array.from({ length: tubeCount }, () => Math.floor(uniform() * tubeCount));
  };
}
