import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { plannedEndpoints, type ResolvedPlan } from '../analysis/index.ts';
import { type MedianRow, readIntensityTable } from '../frequencies/index.ts';
import { problem, type Reading } from '../problems/index.ts';

/** The intensities.csv beside a table of frequencies, where the plan compares medians of staining. */
export function mediansBeside(tablePath: string, plan: ResolvedPlan): Reading<readonly MedianRow[]> {
  const asked = plannedEndpoints(plan).filter(({ value }) => value?.kind === 'median');
  if (asked.length === 0) return { value: [], problems: [] };
  const path = join(dirname(tablePath), 'intensities.csv');
  if (existsSync(path)) return readIntensityTable(readFileSync(path), 'intensities.csv');
  const names = asked.map(({ measure }) => `"${measure}"`).join(', ');
  const message = `there is no intensities.csv beside the table: ${names} only where the table has such columns`;
  return {
    value: [],
    problems: [
      problem('warning', 'input.no-value', message, {}, 'put the intensities.csv of the run beside the table'),
    ],
  };
}
