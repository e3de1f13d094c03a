import {
  drawColumns,
  drawRows,
  intensityColumns,
  intensityRows,
  ridgeColumns,
  ridgeRows,
} from '../frequencies/index.ts';
import type { TubeCounts } from '../gating/index.ts';
import { byText } from '../problems/index.ts';
import { type CsvColumn, writeCsv } from '../tables/index.ts';
import type { Outputs } from './outputs.ts';
import type { Results } from './results.ts';
import { denominatorsIn } from './studyFrequencies.ts';

/**
 * What counting found beside the trees: intensities.csv, draws.csv and ridge.csv, by sample_id. A table of which no
 * template asks anything is not written; tubes that failed have no rows.
 */
export function writeCountTables(outputs: Outputs, results: Results): void {
  const { walked, panels, tubes, denominators, addedDenominators } = results;
  const templates = new Map(panels.map(({ panel, template }) => [panel, template]));
  const counted = [...tubes]
    .sort((a, b) => byText(a.sampleId, b.sampleId))
    .flatMap(({ sampleId, panel }) => {
      const counts = walked?.counts.get(sampleId);
      const template = templates.get(panel);
      return counts === undefined || template === undefined ? [] : [{ counts, template }];
    });
  const of = <Row>(rowsOf: (counts: TubeCounts) => readonly Row[]) => counted.flatMap(({ counts }) => rowsOf(counts));
  const draws = counted.flatMap(({ counts, template }) =>
    drawRows(counts, denominatorsIn(template, addedDenominators)),
  );
  writeTable(outputs, 'intensities.csv', intensityColumns, of(intensityRows));
  writeTable(outputs, 'draws.csv', drawColumns(denominators), draws);
  writeTable(outputs, 'ridge.csv', ridgeColumns, of(ridgeRows));
}

function writeTable<Row extends object>(
  outputs: Outputs,
  path: string,
  columns: readonly CsvColumn<Row>[],
  rows: readonly Row[],
): void {
  if (rows.length > 0) outputs.write(path, writeCsv(columns, rows));
}
