import type { FcsParameter } from './fcsFile.ts';

/** True where stored numbers are channels of a log amplifier: integers with decades and a range to divide by. */
function isLogarithmic({ dataType, amplification, range }: FcsParameter): boolean {
  return (dataType === 'I' || dataType === 'A') && amplification.decades > 0 && range !== undefined;
}

/**
 * Linear values of a log amplifier, in place: 10^(f1 · x / $PnR) · f2 (FCS 3.1, section 3.2.20). Others are unchanged:
 * floats are linear whatever $PnE says, and gain is never applied.
 * @param out stored values; overwritten
 */
export function linearise(parameter: FcsParameter, out: Float64Array): void {
  lineariser(parameter)?.(out);
}

/** The same for many pieces of one column; undefined where nothing is to be done. */
export function lineariser(parameter: FcsParameter): ((out: Float64Array) => void) | undefined {
  if (!isLogarithmic(parameter)) return undefined;
  const { decades, offset } = parameter.amplification;
  const range = parameter.range as number;
  // Channels repeat: most log amplifiers have 1 024 of them.
  const table = range <= 65_536 ? new Float64Array(65_536).fill(Number.NaN) : undefined;
  return (out) => {
    for (let i = 0; i < out.length; i++) {
      const channel = out[i] as number;
      const known = table?.[channel];
      if (known !== undefined && !Number.isNaN(known)) {
        out[i] = known;
      } else {
        const value = 10 ** ((decades * channel) / range) * offset;
        if (table !== undefined && channel < table.length) table[channel] = value;
        out[i] = value;
      }
    }
  };
}
