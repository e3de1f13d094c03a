/** The values that are numbers: an event without one on a marker shows nothing of that marker's shape. */
export function finiteOnly(values: Float64Array): Float64Array {
  return values.every(Number.isFinite) ? values : values.filter(Number.isFinite);
}
