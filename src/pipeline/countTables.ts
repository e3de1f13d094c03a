import {
  crossedColumns,
  drawColumns,
  drawRows,
  intensityColumns,
  intensityRows,
  profileColumns,
  profileRows,
} from '../frequencies/index.ts';
import type { TubeCounts } from '../gating/index.ts';
import { byText } from '../problems/index.ts';
import { type CsvColumn, writeCsv } from '../tables/index.ts';
import { walkedCrossed } from './crossed.ts';
import type { Outputs } from './outputs.ts';
import type { Gated } from './results.ts';
import { denominatorsIn } from './studyFrequencies.ts';

/**
 * What counting found beside the trees: intensities.csv, draws.csv, ridge.csv and crossed.csv, by sample_id. A table of which no
 * template asks anything is not written; tubes that failed have no rows.
 */
export function writeCountTables(outputs: Outputs, { walked, denominators, addedDenominators }: Gated): void {
  const templates = new Map(walked.panels.map(({ panel, template }) => [panel, template]));
  const counted = [...walked.tubes]
    .sort((a, b) => byText(a.tube.sampleId, b.tube.sampleId))
    .flatMap(({ tube, counts }) => {
      const template = templates.get(tube.panel);
      return counts === undefined || template === undefined ? [] : [{ counts, template }];
    });
  const of = <Row>(rowsOf: (counts: TubeCounts) => readonly Row[]) => counted.flatMap(({ counts }) => rowsOf(counts));
  const draws = counted.flatMap(({ counts, template }) =>
    drawRows(counts, denominatorsIn(template, addedDenominators)),
  );
  writeTable(outputs, 'intensities.csv', intensityColumns, of(intensityRows));
  writeTable(outputs, 'draws.csv', drawColumns(denominators), draws);
  writeTable(outputs, 'ridge.csv', profileColumns, of(profileRows));
  writeTable(outputs, 'crossed.csv', crossedColumns, walkedCrossed(walked));
}

function writeTable<Row extends object>(
  outputs: Outputs,
  path: string,
  columns: readonly CsvColumn<Row>[],
  rows: readonly Row[],
): void {
  if (rows.length > 0) outputs.write(path, writeCsv(columns, rows));
}
