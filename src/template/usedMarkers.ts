import type { Template } from './template.ts';

/** The markers that something in the template looks at, in the order of `markers:`; others may be absent unnoticed. */
export function usedMarkers(template: Template): readonly string[] {
  const used = new Set([
    ...template.populations.flatMap(({ gate }) => gate.markers),
    ...template.alignments.flatMap(({ markers }) => markers),
    ...template.reservoirs.flatMap(({ above, below }) => [...Object.keys(above), ...Object.keys(below)]),
    ...template.intensities.markers,
  ]);
  return template.markers.map((marker) => marker.name).filter((name) => used.has(name));
}
