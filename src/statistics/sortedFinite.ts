/** The finite ones among values, ascending; the values stay as they are. */
export function sortedFinite(values: Float64Array): Float64Array {
  const kept = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // What is not finite less itself is no number.
    if (value - value === 0) kept[count++] = value;
  }
  return kept.subarray(0, count).sort();
}
