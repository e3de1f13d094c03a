import type { FcsParameter } from './fcsFile.ts';

/**
 * Values as Gating-ML 2.0 counts them, in place: those of a linear amplifier divided by its gain ($PnG), time multiplied by
 * $TIMESTEP; log amplifiers, made linear before, stay (Gating-ML 2.0, 4.2).
 * @param out linear values; overwritten
 */
export function inGatingMlUnits(
  { isTime, gain, amplification }: Pick<FcsParameter, 'isTime' | 'gain' | 'amplification'>,
  keywords: ReadonlyMap<string, string>,
  out: Float64Array,
): void {
  if (isTime) {
    const step = Number(keywords.get('$TIMESTEP') ?? Number.NaN);
    if (!(step > 0) || step === 1) return;
    for (let i = 0; i < out.length; i++) out[i] = out[i]! * step;
    return;
  }
  if (gain === undefined || gain === 1 || amplification.decades > 0) return;
  for (let i = 0; i < out.length; i++) out[i] = out[i]! / gain;
}
