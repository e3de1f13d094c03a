import { nearestName, type Problem, problem } from '../../problems/index.ts';
import { type Endpoint, endpointKey } from '../analysisInput.ts';
import type { PlanFamily } from './plan.ts';
import type { PlanFacts } from './planFacts.ts';

/** The endpoints of one entry of a plan, with populations as full paths; what does not fit is a problem. */
export function endpointsOf(
  source: Pick<PlanFamily, 'endpoints' | 'scale' | 'margins'>,
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
    return [{ population, measure: one.measure, denominator, key, margins: one.margins }];
  });
  if (new Set(endpoints.map((one) => one.key)).size < endpoints.length) {
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

/** The problem of a name that is none of the known ones. */
export function unknownName(what: string, name: string, known: readonly string[]): Problem {
  const near = nearestName(name, known);
  const hint = near === undefined ? `known: ${known.join(', ')}` : `did you mean "${near}"?`;
  return problem('error', 'stats.plan-name', `${what} "${name}" is not known`, {}, hint);
}
