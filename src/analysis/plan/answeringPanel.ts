import { type Problem, problem } from '../../problems/index.ts';
import type { PlanFacts } from './planFacts.ts';
import { unknownName } from './unknownName.ts';

interface AskedEndpoint {
  /** The cell of the column `endpoint`, for words. */
  readonly key: string;
  /** Full path. */
  readonly population: string;
  /** Name of the denominator; empty where the measure has none. */
  readonly denominator: string;
  /** The panel that the plan names, at the endpoint or its family. */
  readonly wanted: string | undefined;
  /** The entry of the plan, for words: `family "regulatory"`. */
  readonly what: string;
}

/**
 * The panel whose tubes answer an endpoint: the one that the plan names, else the only one whose template has the
 * population and its denominator. Where several could, nobody but the plan can tell: their gates and stains differ.
 * @returns undefined where one template serves all tubes, or with a problem
 */
export function answeringPanel(
  { key, population, denominator, wanted, what }: AskedEndpoint,
  { panels = [] }: PlanFacts,
  problems: Problem[],
): string | undefined {
  const names = panels.map(({ name }) => name);
  if (panels.length === 0) {
    if (wanted === undefined) return undefined;
    const message = `${what}: panel "${wanted}" is named, and one template serves all tubes`;
    problems.push(problem('error', 'stats.plan-conflict', message, {}, 'leave out panel'));
    return undefined;
  }
  const able = panels.filter(
    (panel) =>
      panel.populations.includes(population) && (denominator === '' || panel.denominators.includes(denominator)),
  );
  if (wanted !== undefined) {
    if (!names.includes(wanted)) problems.push(unknownName('panel', wanted, names));
    else if (!able.some(({ name }) => name === wanted)) {
      problems.push(
        problem('error', 'stats.plan-conflict', `${what}: panel "${wanted}" cannot answer "${key}"`, {}, hintFor(able)),
      );
    }
    return wanted;
  }
  if (able.length === 1) return able[0]?.name;
  const listed = able.map(({ name }) => `"${name}"`).join(' and ');
  if (able.length > 1) {
    const message = `${what}: "${key}" could be answered by panels ${listed}`;
    const [first] = able;
    problems.push(
      problem(
        'error',
        'stats.ambiguous-panel',
        message,
        {},
        `write panel: ${first?.name ?? ''}, or the other, at the endpoint or the family`,
      ),
    );
  } else {
    const message = `${what}: no panel has both population and denominator of "${key}"`;
    problems.push(
      problem('error', 'stats.plan-conflict', message, {}, 'name a denominator of the panel that has the population'),
    );
  }
  return undefined;
}

function hintFor(able: readonly { readonly name: string }[]): string {
  return able.length === 0 ? 'no panel can' : `panels that can: ${able.map(({ name }) => name).join(', ')}`;
}
