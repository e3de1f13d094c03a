import type { ExportedRun } from '../exportedRun.ts';
import type { Instrument } from './instruments.ts';
import { item, OPEN, table } from './markdown.ts';

/** Item 2: sample, treatment, reagents. */
export function specimenPart(run: ExportedRun, instruments: readonly Instrument[]): string {
  const specimens = [...new Set((run.planned?.tubes ?? []).map(({ specimen }) => specimen))].filter(
    (one) => one !== '',
  );
  return [
    '## 2 Sample and specimen',
    item('2.1', 'Sample material', specimens.length === 0 ? OPEN : specimens.join(', ')),
    item(
      '2.2',
      'Characteristics of the source',
      `patients, see table_one.csv where the study names covariates; ${OPEN}`,
    ),
    item('2.3', 'Treatment of the sample', OPEN),
    item('2.4', 'Fluorescence reagents', `as the files name them; clone, maker and catalogue number are ${OPEN}`),
    reagentTable(run, instruments),
  ].join('\n\n');
}

function reagentTable(run: ExportedRun, instruments: readonly Instrument[]): string {
  const markers = new Map(
    run.books.flatMap(({ scales }) => scales.map(({ channel, marker }) => [channel, marker] as const)),
  );
  const stained = instruments.flatMap(({ detectors }) => detectors.filter(({ stain }) => stain !== ''));
  const distinct = new Map(stained.map((one) => [`${one.name}\n${one.stain}`, one]));
  const rows = [...distinct.values()].map(({ name, stain }) => [
    markers.get(name) ?? stain,
    name,
    stain,
    OPEN,
    OPEN,
    OPEN,
  ]);
  return table(['analyte', 'detector', 'reporter as written ($PnS)', 'clone', 'maker', 'catalogue number'], rows);
}
