import type { PlanFacts } from '../analysis/index.ts';
import { panelFacts, type Study } from '../study/index.ts';
import { visitSpec } from './visitSpec.ts';

/** What the plan's names refer to: the trees of all panels, one after the other. */
export function planFacts(study: Pick<Study, 'templates' | 'visits' | 'denominators'>): PlanFacts {
  const templates = [...study.templates.values()];
  const populations = new Set(templates.flatMap((one) => one.populations.map((population) => population.path)));
  const own = Object.fromEntries(templates.flatMap((one) => Object.entries(one.denominators)));
  return {
    visits: study.visits.map(visitSpec),
    populations: [...populations],
    denominators: { ...own, ...study.denominators },
    markers: [...new Set(templates.flatMap((one) => one.markers.map(({ name }) => name)))],
    panels: panelFacts(study.templates, study.denominators),
  };
}
