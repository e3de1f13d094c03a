/** The values that are numbers: an event without one on a marker shows nothing of that marker's shape. */
export function finiteOnly(values: Float64Array): Float64Array {
  // Whatever is not finite less itself is no number, and stays so in a sum.
  let rest = 0;
  for (let i = 0; i < values.length; i++) rest += values[i]! - values[i]!;
  return rest === 0 ? values : values.filter(Number.isFinite);
}
