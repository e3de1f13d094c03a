import { type Problem, problem } from '../../problems/index.ts';
import { type Endpoint, endpointId, endpointKey } from '../analysisInput.ts';
import { answeringPanel } from './answeringPanel.ts';
import type { PlanFamily } from './plan.ts';
import type { PlanFacts } from './planFacts.ts';
import { unknownName } from './unknownName.ts';

/** The endpoints of one entry of a plan, with populations as full paths; what does not fit is a problem. */
export function endpointsOf(
  source: Pick<PlanFamily, 'endpoints' | 'scale' | 'margins' | 'panel'>,
  what: string,
  facts: PlanFacts,
  problems: Problem[],
): Endpoint[] {
  const endpoints = source.endpoints.flatMap((one): Endpoint[] => {
    const population = findPopulation(one.population, facts.populations, problems);
    const denominator = one.measure.startsWith('pct_of_') ? one.measure.slice('pct_of_'.length) : '';
    const known = Object.keys(facts.denominators);
    if (denominator !== '' && !known.includes(denominator))
      problems.push(unknownName('denominator', denominator, known));
    if (population === undefined) return [];
    const under = facts.denominators[denominator];
    if (under !== undefined && under !== 'root' && !`${population}/`.startsWith(`${under}/`)) {
      const message = `population "${population}" does not lie below denominator "${denominator}" ("${under}")`;
      problems.push(problem('error', 'stats.plan-conflict', message, {}, 'name a denominator above the population'));
    }
    const margins = one.margins ?? source.margins;
    if (one.measure === 'cells_per_ul' && (source.scale === 'logit' || margins?.odds_ratio)) {
      const message = `${what}: cells per µL of "${population}" have no odds; logit and odds_ratio need a share`;
      problems.push(problem('error', 'stats.plan-conflict', message, {}, 'use log-ratio, or margins as ratio'));
    }
    const key = endpointKey(population, one.measure);
    const panel = answeringPanel(
      { key, population, denominator, wanted: one.panel ?? source.panel, what },
      facts,
      problems,
    );
    const own = panel === undefined ? {} : { panel };
    return [{ population, measure: one.measure, denominator, key, margins: one.margins, ...own }];
  });
  if (new Set(endpoints.map(endpointId)).size < endpoints.length) {
    problems.push(problem('error', 'stats.plan-name', `${what} names an endpoint twice`, {}));
  }
  return endpoints;
}

function findPopulation(name: string, known: readonly string[], problems: Problem[]): string | undefined {
  if (known.includes(name)) return name;
  const matches = known.filter((path) => path.endsWith(`/${name}`));
  if (matches.length > 1) {
    const message = `population "${name}" is ambiguous: ${matches.map((path) => `"${path}"`).join(', ')}`;
    problems.push(problem('error', 'stats.plan-name', message, {}, 'write more of the path'));
  } else if (matches.length === 0) {
    // Compared as long as it was written: "B/Naif" is near "B/Naive", not near a whole path.
    const names = name.split('/').length;
    const ends = known.map((path) => path.split('/').slice(-names).join('/'));
    problems.push(unknownName('population', name, [...new Set(ends)]));
  }
  return matches.length === 1 ? matches[0] : undefined;
}
