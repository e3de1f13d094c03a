import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type CrossedRow, crossedRows, readCrossedTable } from '../frequencies/index.ts';
import { byText, type Reading } from '../problems/index.ts';
import type { Walked } from './walked.ts';

/** Events of every tube in the endpoints' gates as they lie in the subject's other tubes, by sample_id. */
export function walkedCrossed({ tubes }: Walked): readonly CrossedRow[] {
  const sorted = [...tubes].sort((a, b) => byText(a.tube.sampleId, b.tube.sampleId));
  return sorted.flatMap(({ tube, crossed }) => crossedRows(tube.sampleId, crossed));
}

/** The crossed.csv beside a table of frequencies; none where there is no such file. */
export function crossedBeside(tablePath: string): Reading<readonly CrossedRow[]> {
  const path = join(dirname(tablePath), 'crossed.csv');
  return existsSync(path) ? readCrossedTable(readFileSync(path), 'crossed.csv') : { value: [], problems: [] };
}
