import type { Problem } from '../problems/index.ts';
import type { ByteSource } from './byteSource.ts';
import { addToSurvey, type ColumnSurvey, emptySurvey, reportSurveys } from './checkColumns.ts';
import { columnDecoder } from './decodeColumn.ts';
import type { FcsFile } from './fcsFile.ts';
import { findingsOf, placedAt } from './findings.ts';
import { linearise } from './linearise.ts';
import { readBlocks } from './readBlocks.ts';
import { readColumns, reportInexact } from './readColumns.ts';

/** What all events of a file show, without keeping them. */
export interface EventsSurvey {
  /** Smallest and largest finite stored value, one a parameter; undefined where there is none. */
  readonly ranges: readonly ({ readonly min: number; readonly max: number } | undefined)[];
  /** Every n-th event, at most 10 000, one column a parameter; log amplifiers made linear. */
  readonly sample: readonly Float64Array[];
  readonly problems: readonly Problem[];
}

// More events would not show better whether values are compensated.
const mostSampled = 10_000;

/** Reads all events once, in blocks: memory is one block and the sample, whatever the file's size. */
export function surveyEvents(source: ByteSource, file: FcsFile): EventsSurvey {
  const { parameters, eventCount } = file;
  const findings = findingsOf(source.name);
  const surveys = parameters.map(emptySurvey);
  const step = Math.max(1, Math.ceil(eventCount / mostSampled));
  const sample = parameters.map(() => new Float64Array(Math.ceil(eventCount / step)));
  const keep = (c: number, column: Float64Array, firstEvent: number, count: number): void => {
    addToSurvey(surveys[c] as ColumnSurvey, column, count);
    for (let event = Math.ceil(firstEvent / step) * step; event < firstEvent + count; event += step) {
      (sample[c] as Float64Array)[event / step] = column[event - firstEvent] as number;
    }
  };
  if (file.layout.eventBits === 0) {
    // Free text has no rows to be read in blocks.
    const { columns } = readColumns(
      source,
      file,
      parameters.map((one) => one.index),
      { amplification: 'stored' },
    );
    for (const [c, column] of columns.entries()) keep(c, column, 0, eventCount);
  } else {
    reportInexact(parameters, surveyRows(source, file, keep), file, findings);
  }
  reportSurveys(parameters, surveys, findings);
  for (const [c, parameter] of parameters.entries()) linearise(parameter, sample[c] as Float64Array);
  const ranges = surveys.map(({ min, max }) => (min <= max ? { min, max } : undefined));
  return { ranges, sample, problems: placedAt(findings.list, file.layout.offsetBytes) };
}

/** @returns integers above 2⁵³, one count a parameter */
function surveyRows(
  source: ByteSource,
  file: FcsFile,
  keep: (c: number, column: Float64Array, firstEvent: number, count: number) => void,
): number[] {
  const { eventBits, byteOrder } = file.layout;
  const decoders = file.parameters.map((parameter) => columnDecoder(parameter, eventBits, byteOrder));
  const inexact = file.parameters.map(() => 0);
  let column = new Float64Array(0);
  for (const block of readBlocks(source, file)) {
    if (column.length < block.eventCount) column = new Float64Array(block.eventCount);
    for (const [c, decode] of decoders.entries()) {
      inexact[c] = (inexact[c] as number) + decode({ ...block, firstEvent: 0 }, column);
      keep(c, column, block.firstEvent, block.eventCount);
    }
  }
  return inexact;
}
