import type { BookGate } from '../gating/index.ts';

/** In so few tubes a flag of all of them is no pattern of the study. */
const FEW_TUBES = 4;

/**
 * Flags that a gate has in every tube, such as `three_modes` where a marker has three levels: said once for the gate, they
 * do not hide the tubes that differ.
 */
export function commonFlags({ tubes }: Pick<BookGate, 'tubes'>): ReadonlySet<string> {
  if (tubes.length <= FEW_TUBES) return new Set();
  const [first, ...others] = tubes;
  return new Set(first?.flags.filter((flag) => others.every((tube) => tube.flags.includes(flag))));
}
