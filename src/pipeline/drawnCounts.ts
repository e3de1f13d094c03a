import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type DrawnCount, plannedEndpoints, type ResolvedPlan } from '../analysis/index.ts';
import { drawRows, readDrawTable } from '../frequencies/index.ts';
import type { Reading } from '../problems/index.ts';
import { denominatorsIn } from './studyFrequencies.ts';
import type { Walked } from './walked.ts';

/** Counts under plausible placements of the plan's endpoints, as draws.csv has them. */
export function drawnCounts(
  { tubes, panels }: Walked,
  { plan, denominators }: { readonly plan: ResolvedPlan; readonly denominators: Readonly<Record<string, string>> },
): readonly DrawnCount[] {
  const templates = new Map(panels.map(({ panel, template }) => [panel, template]));
  const endpoints = plannedEndpoints(plan);
  return tubes.flatMap(({ tube: { sampleId, panel }, counts }) => {
    const template = templates.get(panel);
    if (counts === undefined || template === undefined) return [];
    const rows = drawRows(counts, denominatorsIn(template, denominators));
    return rows.flatMap(({ population, draw, count, parentCount, of }) =>
      endpoints
        .filter((endpoint) => endpoint.population === population)
        .map(({ key: endpointKey, denominator }): DrawnCount => {
          const whole =
            denominator === '' ? parentCount : Object.hasOwn(of, denominator) ? (of[denominator] ?? null) : null;
          return { endpointKey, sampleId, draw, count, parentCount: whole };
        }),
    );
  });
}

/** The draws.csv beside a table of frequencies; none where there is no such file. */
export function drawsBeside(tablePath: string, plan: ResolvedPlan): Reading<readonly DrawnCount[]> {
  const path = join(dirname(tablePath), 'draws.csv');
  return existsSync(path) ? readDrawTable(readFileSync(path), 'draws.csv', plan) : { value: [], problems: [] };
}
