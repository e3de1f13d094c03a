import { usualCutError } from '../cuts/ownCutError.ts';
import { CUT_REACH } from '../draws/seededCuts.ts';
import { seededStream } from '../draws/seededStream.ts';
import type { RidgeDraw } from './ridgeDraw.ts';

/** Everything that one draw of a ridge changes. */
interface SeededRidge {
  readonly ridge: RidgeDraw;
  /** The settings of a gate with its border moved. */
  settings(own: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
}

/** The border on a ridge may as well stand this much lower or higher, as a share of the way to the tip. */
const K_REACH = 0.1;
/** Error of a gain that more cells do not lessen, in u: classes of one tube are never stained quite alike. */
const GAIN_FLOOR = 0.04;

/**
 * One plausible fit, and the border of a gate on it.
 * @param key of the draw: study seed, alignment, number; each tube's own error also hangs on its name, so that a tube
 *   added to the study leaves the errors of the others as they were
 * @param pool the sample_ids of the pool, ascending
 */
export function seededRidge(key: string, pool: readonly string[]): SeededRidge {
  const study = seededStream(key);
  const shift = (reach: number) => reach * (2 * study.uniform() - 1);
  const k = shift(K_REACH);
  const borders = {
    memory: shift(CUT_REACH),
    plasmablastX: shift(CUT_REACH),
    valleyY: shift(CUT_REACH),
    second: shift(CUT_REACH),
  };
  const picks = pool.map(() => {
    return { sampleId: pool[Math.floor(study.uniform() * pool.length)]!, from: study.uniform() };
  });
  return {
    ridge: {
      borders,
      picks,
      displacement(sampleId, [xx, xy, yy]) {
        const own = seededStream(`${key}\n${sampleId}`);
        // Factors of the variance (Cholesky), the floor added on both markers.
        const x = Math.sqrt(xx + GAIN_FLOOR ** 2);
        const across = xy / x;
        const y = Math.sqrt(Math.max(0, yy + GAIN_FLOOR ** 2 - across ** 2));
        const [first, second] = [own.normal(), own.normal()];
        return [x * first, across * first + y * second];
      },
      ownCut: (sampleId, axis, cells) => usualCutError(cells) * seededStream(`${key}\n${sampleId}\n${axis}`).normal(),
    },
    settings: (own) => (typeof own.k === 'number' ? { ...own, k: withinRidge(own.k + k) } : own),
  };
}

/** A border lies between core and tip. */
function withinRidge(k: number): number {
  return Math.min(0.99, Math.max(0.01, k));
}
