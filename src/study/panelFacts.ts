import { type Denominator, hasDenominator, type PanelFacts } from '../analysis/index.ts';
import type { Template } from '../template/index.ts';

/**
 * What each of several templates can answer; none where one template serves all tubes.
 * @param added denominators that study.yaml adds: by name; those that a tree has are its panel's too
 */
export function panelFacts(
  templates: ReadonlyMap<string, Template>,
  added: Readonly<Record<string, Denominator>>,
): readonly PanelFacts[] {
  if (templates.has('')) return [];
  return [...templates].map(([name, template]) => {
    const populations = template.populations.map(({ path }) => path);
    const own = Object.entries(added).filter(([, one]) => hasDenominator(new Set(populations), one));
    const denominators = [...Object.keys(template.denominators), ...own.map(([denominator]) => denominator)];
    return { name, populations, denominators: [...new Set(denominators)] };
  });
}
