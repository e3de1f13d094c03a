import { plannedEndpoints, type ResolvedPlan } from '../analysis/index.ts';
import type { WalkPanel } from './walkTube.ts';

/**
 * The panels, each with the medians of staining that the plan compares among those that its template reports: these are
 * then counted with the others, and stand in intensities.csv.
 */
export function withPlannedMedians(panels: readonly WalkPanel[], plan: ResolvedPlan): readonly WalkPanel[] {
  const asked = plannedEndpoints(plan).flatMap(({ population, panel, value }) =>
    value?.kind === 'median' ? [{ population, panel, marker: value.marker }] : [],
  );
  return panels.map((one) => {
    const own = asked.filter(({ panel }) => panel === undefined || panel === one.panel);
    if (own.length === 0) return one;
    const { markers, populations } = one.template.intensities;
    const intensities = {
      markers: [...new Set([...markers, ...own.map(({ marker }) => marker)])],
      populations: [...new Set([...populations, ...own.map(({ population }) => population)])],
    };
    return { ...one, template: { ...one.template, intensities } };
  });
}
