import type { Problem } from '../problems/index.ts';
import type { ByteSource } from './byteSource.ts';
import { addToSurvey, emptySurvey, reportSurveys } from './checkColumns.ts';
import { columnDecoder, numberOfText } from './decodeColumn.ts';
import type { FcsFile, FcsParameter } from './fcsFile.ts';
import { type Findings, findingsOf, placedAt } from './findings.ts';
import { inGatingMlUnits } from './gatingMlUnits.ts';
import { linearise } from './linearise.ts';
import { isSeparator } from './placeFreeText.ts';
import { readBlocks } from './readBlocks.ts';

export interface ColumnsOptions {
  /**
   * stored: numbers as in the file, integers masked by $PnR; linear (default): channels of log amplifiers ($PnE, integers
   * only) turned into linear values; gain is applied in neither. gating-ml: linear, divided by the gain.
   */
  readonly amplification?: 'stored' | 'linear' | 'gating-ml';
}

export interface ColumnsRead {
  /** One a requested index, in that order; length = eventCount. NaN and infinities of the file stay. */
  readonly columns: Float64Array[];
  readonly problems: readonly Problem[];
}

/**
 * Values of some parameters, for all events. Blocks of rows are read and dropped: memory is that of the columns.
 * @param file what `readFcs` said about the same source
 * @param indices parameters from 1; may repeat
 * @throws RangeError on an index that the file does not have
 */
export function readColumns(
  source: ByteSource,
  file: FcsFile,
  indices: readonly number[],
  options: ColumnsOptions = {},
): ColumnsRead {
  const parameters = indices.map((index) => parameterAt(file, index));
  const findings = findingsOf(source.name);
  const columns = parameters.map(() => new Float64Array(file.eventCount));
  if (file.layout.eventBits === 0) {
    readFreeText(source, file, parameters, columns);
  } else {
    readRows(source, file, parameters, columns, findings);
  }
  const surveys = columns.map((column) => {
    const survey = emptySurvey();
    addToSurvey(survey, column, column.length);
    return survey;
  });
  reportSurveys(parameters, surveys, findings);
  if (options.amplification !== 'stored') {
    for (const [i, parameter] of parameters.entries()) linearise(parameter, columns[i] as Float64Array);
  }
  if (options.amplification === 'gating-ml') {
    for (const [i, parameter] of parameters.entries()) {
      inGatingMlUnits(parameter, file.keywords, columns[i] as Float64Array);
    }
  }
  return { columns, problems: placedAt(findings.list, file.layout.offsetBytes) };
}

function parameterAt(file: FcsFile, index: number): FcsParameter {
  const parameter = file.parameters[index - 1];
  if (parameter === undefined) throw new RangeError(`${file.name} has no parameter ${index}`);
  return parameter;
}

function readRows(
  source: ByteSource,
  file: FcsFile,
  parameters: readonly FcsParameter[],
  columns: readonly Float64Array[],
  findings: Findings,
): void {
  const { eventBits, byteOrder } = file.layout;
  const decoders = parameters.map((parameter) => columnDecoder(parameter, eventBits, byteOrder));
  const inexact = parameters.map(() => 0);
  for (const block of readBlocks(source, file)) {
    for (let c = 0; c < decoders.length; c++) {
      inexact[c] = (inexact[c] as number) + (decoders[c]?.(block, columns[c] as Float64Array) ?? 0);
    }
  }
  reportInexact(parameters, inexact, file, findings);
}

/** @param inexact how many integers were rounded, one count a parameter */
export function reportInexact(
  parameters: readonly FcsParameter[],
  inexact: readonly number[],
  file: FcsFile,
  findings: Findings,
): void {
  for (const [c, count] of inexact.entries()) {
    if (count === 0) continue;
    const message = `"${parameters[c]?.name}": ${count} integers above 2^53 were rounded to the nearest double`;
    findings.add('warning', 'fcs.integer-precision-lost', message, file.layout.offsetBytes);
  }
}

const textBlockBytes = 1 << 18;

/** Numbers between separators, event after event; what is no number becomes NaN and is reported by the checks. */
function readFreeText(
  source: ByteSource,
  file: FcsFile,
  parameters: readonly FcsParameter[],
  columns: readonly Float64Array[],
): void {
  const { offsetBytes, lengthBytes } = file.layout;
  const width = file.parameters.length;
  let word = '';
  let position = 0;
  const take = (): void => {
    const event = Math.floor(position / width);
    const index = (position % width) + 1;
    for (const [c, parameter] of parameters.entries()) {
      if (parameter.index === index) (columns[c] as Float64Array)[event] = numberOfText(word);
    }
    position++;
    word = '';
  };
  for (let done = 0; done < lengthBytes; done += textBlockBytes) {
    const block = source.read(offsetBytes + done, Math.min(textBlockBytes, lengthBytes - done));
    for (const byte of block) {
      if (!isSeparator(byte)) word += String.fromCharCode(byte);
      else if (word !== '') take();
    }
  }
  if (word !== '') take();
}
