import type { Template } from '../../template/index.ts';
import { placementMethods } from '../registry.ts';
import { isScatterOrTime } from '../study/frozenScales.ts';

/**
 * Stained markers on which a pool of several batches decides a cut, and no alignment carries it: on them a batch that was
 * stained otherwise is counted otherwise. In the order of the template's markers.
 */
export function pooledMarkers(template: Template): readonly string[] {
  const pooled = new Set(
    template.populations.flatMap(({ gate }) => {
      const method = placementMethods.get(gate.method);
      if (!method?.needsSurvey || method.hasCoordinates(gate.settings)) return [];
      if (['tube', 'batch'].includes(gate.pool ?? method.usualPool)) return [];
      const aligned = template.alignments.find((one) => one.name === gate.align)?.markers ?? [];
      return gate.markers.filter((marker) => !aligned.includes(marker));
    }),
  );
  return template.markers.flatMap(({ name }) => (pooled.has(name) && !isScatterOrTime(name) ? [name] : []));
}
