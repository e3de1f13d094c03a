import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Denominator, DrawnCount, ResolvedPlan } from '../analysis/index.ts';
import { drawnCounts, drawRows, readDrawTable } from '../frequencies/index.ts';
import type { Reading } from '../problems/index.ts';
import { denominatorsIn } from './studyFrequencies.ts';
import type { Walked } from './walked.ts';

/** Counts under plausible placements of the plan's endpoints, as draws.csv has them. */
export function walkedDraws(
  { tubes, panels }: Walked,
  { plan, denominators }: { readonly plan: ResolvedPlan; readonly denominators: Readonly<Record<string, Denominator>> },
): readonly DrawnCount[] {
  const templates = new Map(panels.map(({ panel, template }) => [panel, template]));
  const panelOf = new Map(tubes.map(({ tube }) => [tube.sampleId, tube.panel]));
  const rows = tubes.flatMap(({ tube: { panel }, counts }) => {
    const template = templates.get(panel);
    return counts === undefined || template === undefined
      ? []
      : drawRows(counts, denominatorsIn(template, denominators));
  });
  return drawnCounts(rows, plan, (sampleId) => panelOf.get(sampleId));
}

/** The draws.csv beside a table of frequencies; none where there is no such file. */
export function drawsBeside(
  tablePath: string,
  plan: ResolvedPlan,
  panelOf: (sampleId: string) => string | undefined,
): Reading<readonly DrawnCount[]> {
  const path = join(dirname(tablePath), 'draws.csv');
  if (!existsSync(path)) return { value: [], problems: [] };
  const { value, problems } = readDrawTable(readFileSync(path), 'draws.csv', plan);
  return { value: value && drawnCounts(value, plan, panelOf), problems };
}
