/**
 * Scatter, time, widths of pulses and what a vendor's software writes of events: exports to a display scale leave them
 * linear, and their numbers say nothing of the scale of the stains.
 */
const OTHERS = [
  /^(?:fsc?|ssc?|bsc?|vssc?|fals|rals|forsc|orthsc|forward|side)(?:[ahw]|in|log|lin)?(?:[^a-z]|$)/i,
  /time|^hdr-|^event|^width$|^index|^(?:center|offset|residual)$|^unused|beaddist|label|classification|doublet/i,
  /[-_ ]w(?:idth)?$|[-_ ]w[-_ ]/i,
];

/** True where the numbers of a channel measure light or ions of a stain. */
export function isFluorescence({ name, isTime }: { readonly name: string; readonly isTime: boolean }): boolean {
  return !isTime && !OTHERS.some((pattern) => pattern.test(name.trim()));
}
