import { type Problem, problem } from '../../problems/index.ts';
import { type Endpoint, endpointId, endpointKey } from '../analysisInput.ts';
import { answeringPanel } from './answeringPanel.ts';
import { denominatorWords, isPartOf } from './denominator.ts';
import { type EndpointValue, endpointValue, isValueMeasure } from './endpointValue.ts';
import type { Margins, PlanFamily } from './plan.ts';
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
    if (under !== undefined && !isPartOf(population, under)) {
      const message = `population "${population}" does not lie below denominator "${denominator}" (${denominatorWords(under)})`;
      problems.push(problem('error', 'stats.plan-conflict', message, {}, 'name a denominator above the population'));
    }
    const to = one.to === undefined ? undefined : findPopulation(one.to, facts.populations, problems);
    if (one.to !== undefined && to === undefined) return [];
    const { measure, value } = endpointValue(one, to);
    checkScale({ ...one, measure, value }, source, what, problems);
    if (value?.kind === 'median' && facts.markers !== undefined && !facts.markers.includes(value.marker)) {
      problems.push(unknownName('marker', value.marker, facts.markers));
    }
    const key = endpointKey(population, measure);
    const wanted = one.panel ?? source.panel;
    const panel = answeringPanel({ key, population, denominator, wanted, what }, facts, problems);
    return [
      {
        population,
        measure,
        denominator,
        key,
        margins: one.margins,
        ...(value === undefined ? {} : { value }),
        ...(one.cofactor === undefined ? {} : { cofactor: one.cofactor }),
        ...(panel === undefined ? {} : { panel }),
      },
    ];
  });
  if (new Set(endpoints.map(endpointId)).size < endpoints.length) {
    problems.push(problem('error', 'stats.plan-name', `${what} names an endpoint twice`, {}));
  }
  return endpoints;
}

/** A scale has no meaning for every measure: odds need a share, a difference from a background may be below zero. */
function checkScale(
  one: {
    readonly population: string;
    readonly measure: string;
    readonly value?: EndpointValue | undefined;
    readonly margins?: Margins | undefined;
  },
  source: Pick<PlanFamily, 'scale' | 'margins'>,
  what: string,
  problems: Problem[],
): void {
  const refuse = (message: string, hint: string) =>
    problems.push(problem('error', 'stats.plan-conflict', `${what}: ${message}`, {}, hint));
  const { population, measure, value } = one;
  const margins = one.margins ?? source.margins;
  const isShare = !isValueMeasure(measure);
  if (measure === 'cells_per_ul' && (source.scale === 'logit' || margins?.odds_ratio)) {
    refuse(
      `cells per µL of "${population}" have no odds; logit and odds_ratio need a share`,
      'use log-ratio, or margins as ratio',
    );
  } else if (!isShare && (source.scale === 'logit' || margins?.odds_ratio)) {
    refuse(
      `"${measure}" of "${population}" has no odds; logit and odds_ratio need a share`,
      'use log-ratio, or margins as ratio',
    );
  }
  if (source.scale === 'arcsinh' && value?.kind !== 'median') {
    refuse(`scale arcsinh is for medians of staining, and "${measure}" of "${population}" is none`, 'use log-ratio');
  }
  const isDifference = value?.kind === 'control' && value.background === 'difference';
  if (isDifference && source.scale !== 'percent') {
    refuse(
      `a difference from the background of "${population}" has no ratio`,
      'write scale: percent, or background: ratio',
    );
  }
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
