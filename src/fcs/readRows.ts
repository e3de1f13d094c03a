import type { Problem } from '../problems/index.ts';
import type { ByteSource } from './byteSource.ts';
import { addRowsToSurvey, addToSurvey, type ColumnSurvey, emptySurvey, reportSurveys } from './checkColumns.ts';
import { columnDecoder } from './decodeColumn.ts';
import type { FcsFile, FcsParameter } from './fcsFile.ts';
import { findingsOf, placedAt } from './findings.ts';
import { inGatingMlUnits } from './gatingMlUnits.ts';
import { lineariser } from './linearise.ts';
import { type ColumnsOptions, readColumns, reportInexact } from './readColumns.ts';

/** A block of whole events, one after the other. The same object and array serve every block of a reading. */
export interface EventRows {
  firstEvent: number;
  eventCount: number;
  /** Values of an event lie together, `width` a event; as `readColumns` gives them. */
  readonly data: Float32Array | Float64Array;
  readonly width: number;
  /** Where in an event each wanted parameter lies. */
  readonly offsets: Int32Array;
}

export interface RowsOptions extends ColumnsOptions {
  /** Most events of a block: a multiple of 8, so that events of odd bits begin at whole bytes in every block. */
  readonly blockEvents: number;
  /** What is done to stretches of a parameter's column beside; undefined: nothing. */
  readonly alsoDo?: (parameter: FcsParameter) => ((column: Float64Array) => void) | undefined;
  /** Sees the bytes of DATA as they lie in the file, in their order, each once. */
  readonly onBytes?: (bytes: Uint8Array) => void;
  /** 'checked': what stands out in stored values is told, as `readColumns` tells it. */
  readonly values?: 'checked' | 'as they are';
}

/**
 * Hands out the events of a file in blocks, in file order; memory is that of one block (of the columns for free text).
 * @param indices parameters from 1 that are wanted
 * @param use called once a block; may keep nothing of it
 * @returns what was asked to be told
 * @throws where the source gives fewer bytes than when the file was described: it changed while it was read
 */
export function readRows(
  source: ByteSource,
  file: FcsFile,
  { indices, ...options }: RowsOptions & { readonly indices: readonly number[] },
  use: (rows: EventRows) => void,
): readonly Problem[] {
  const { blockEvents } = options;
  const parameters = indices.map((index) => {
    const parameter = file.parameters[index - 1];
    if (parameter === undefined) throw new RangeError(`${file.name} has no parameter ${index}`);
    return parameter;
  });
  if (file.layout.eventBits === 0) return rowsOfText(source, file, { parameters, options }, use);
  const steps = parameters.map((parameter) => stepsOf(file, parameter, options));
  const areBare = steps.every((step) => step === undefined);
  const checks =
    options.values === 'checked' ? parameters.map(() => ({ survey: emptySurvey(), inexact: 0 })) : undefined;
  const asStored = areBare ? floatRows(file, parameters, { blockEvents, checks }) : undefined;
  const decoded = asStored ?? decodedRows(file, parameters, { steps, blockEvents, checks });
  const { eventBits, offsetBytes } = file.layout;
  const buffer = new Uint8Array(decoded.buffer, 0, Math.ceil((blockEvents * eventBits) / 8));
  for (let firstEvent = 0; firstEvent < file.eventCount; firstEvent += blockEvents) {
    const eventCount = Math.min(blockEvents, file.eventCount - firstEvent);
    const lengthBytes = Math.ceil((eventCount * eventBits) / 8);
    const bytes = source.read(offsetBytes + (firstEvent * eventBits) / 8, lengthBytes, buffer);
    if (bytes.length < lengthBytes) throw new Error(`${file.name} became shorter while it was read`);
    options.onBytes?.(bytes);
    // Bytes in memory come as they lie there, and are not ours to turn round.
    if (bytes.buffer !== buffer.buffer) buffer.set(bytes);
    decoded.rows.firstEvent = firstEvent;
    decoded.rows.eventCount = eventCount;
    decoded.decode(buffer, eventCount);
    use(decoded.rows);
  }
  return checks === undefined ? [] : told(source.name, file, { parameters, checks });
}

/** What is known so far of the stored values of a parameter. */
interface Check {
  readonly survey: ColumnSurvey;
  /** Integers that were rounded. */
  inexact: number;
}

function told(
  name: string,
  file: FcsFile,
  { parameters, checks }: { readonly parameters: readonly FcsParameter[]; readonly checks: readonly Check[] },
): readonly Problem[] {
  const findings = findingsOf(name);
  const inexact = checks.map((check) => check.inexact);
  reportInexact(parameters, inexact, file, findings);
  const surveys = checks.map(({ survey }) => survey);
  reportSurveys(parameters, surveys, findings);
  return placedAt(findings.list, file.layout.offsetBytes);
}

/** What is done to a column after decoding, in the order of `readColumns`; undefined: nothing. */
function stepsOf(file: FcsFile, parameter: FcsParameter, { amplification, alsoDo }: RowsOptions): Step {
  const linear = amplification === 'stored' ? undefined : lineariser(parameter);
  const isInUnits = amplification === 'gating-ml';
  const own = alsoDo?.(parameter);
  if (linear === undefined && !isInUnits && own === undefined) return undefined;
  return (column) => {
    linear?.(column);
    if (isInUnits) inGatingMlUnits(parameter, file.keywords, column);
    own?.(column);
  };
}

type Step = ((column: Float64Array) => void) | undefined;

interface Decoded {
  readonly buffer: ArrayBuffer;
  readonly rows: EventRows;
  /** Makes rows of the bytes in the buffer. */
  readonly decode: (bytes: Uint8Array, eventCount: number) => void;
}

const isLittleHere = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The block as it was read, words turned round where they must be; undefined unless all wanted are aligned 32-bit floats. */
function floatRows(
  { layout }: FcsFile,
  parameters: readonly FcsParameter[],
  { blockEvents, checks }: { readonly blockEvents: number; readonly checks: readonly Check[] | undefined },
): Decoded | undefined {
  const { eventBits, byteOrder } = layout;
  const isAligned = ({ dataType, bitOffset }: FcsParameter) => dataType === 'F' && bitOffset % 32 === 0;
  if (eventBits % 32 !== 0 || byteOrder.kind === 'mixed' || !parameters.every(isAligned)) return undefined;
  const width = eventBits / 32;
  const buffer = new ArrayBuffer(4 * width * blockEvents);
  const bytesHere = Buffer.from(buffer);
  const isTurned = (byteOrder.kind === 'little') !== isLittleHere;
  const offsets = Int32Array.from(parameters, ({ bitOffset }) => bitOffset / 32);
  const data = new Float32Array(buffer);
  return {
    buffer,
    rows: { firstEvent: 0, eventCount: 0, data, width, offsets },
    decode(_, eventCount) {
      const isWhole = eventCount === blockEvents;
      if (isTurned) (isWhole ? bytesHere : bytesHere.subarray(0, 4 * width * eventCount)).swap32();
      checks?.forEach(({ survey }, c) => {
        const stretch = { offset: offsets[c]!, width, count: eventCount };
        addRowsToSurvey(survey, data, stretch, parameters[c]!.isTime);
      });
    },
  };
}

/** Any other layout: columns of a block, decoded as for `readColumns`, then put side by side. */
function decodedRows(
  file: FcsFile,
  parameters: readonly FcsParameter[],
  {
    steps,
    blockEvents,
    checks,
  }: {
    readonly steps: readonly Step[];
    readonly blockEvents: number;
    readonly checks: readonly Check[] | undefined;
  },
): Decoded {
  const { eventBits, byteOrder } = file.layout;
  const decoders = parameters.map((parameter) => columnDecoder(parameter, eventBits, byteOrder));
  const width = parameters.length;
  const data = new Float64Array(width * blockEvents);
  const column = new Float64Array(blockEvents);
  return {
    buffer: new ArrayBuffer(Math.ceil((blockEvents * eventBits) / 8)),
    rows: { firstEvent: 0, eventCount: 0, data, width, offsets: Int32Array.from(parameters, (_, c) => c) },
    decode(bytes, eventCount) {
      const filled = eventCount === blockEvents ? column : column.subarray(0, eventCount);
      for (let c = 0; c < width; c++) {
        const inexact = decoders[c]!({ firstEvent: 0, eventCount, firstBit: 0, bytes }, filled);
        const check = checks?.[c];
        if (check !== undefined) {
          check.inexact += inexact;
          addToSurvey(check.survey, filled, eventCount);
        }
        steps[c]?.(filled);
        for (let e = 0, at = c; e < eventCount; e++, at += width) data[at] = filled[e]!;
      }
    },
  };
}

/** Free text has no rows to be found by position: it is read whole. */
function rowsOfText(
  source: ByteSource,
  file: FcsFile,
  { parameters, options }: { readonly parameters: readonly FcsParameter[]; readonly options: RowsOptions },
  use: (rows: EventRows) => void,
): readonly Problem[] {
  options.onBytes?.(source.read(file.layout.offsetBytes, file.layout.lengthBytes));
  const indices = parameters.map(({ index }) => index);
  const { columns, problems } = readColumns(source, file, indices, options);
  for (const [c, parameter] of parameters.entries()) options.alsoDo?.(parameter)?.(columns[c]!);
  const width = parameters.length;
  const offsets = Int32Array.from(parameters, (_, c) => c);
  const rows = { firstEvent: 0, eventCount: 0, data: new Float64Array(width * options.blockEvents), width, offsets };
  for (; rows.firstEvent < file.eventCount; rows.firstEvent += options.blockEvents) {
    rows.eventCount = Math.min(options.blockEvents, file.eventCount - rows.firstEvent);
    for (let c = 0; c < width; c++) {
      for (let e = 0; e < rows.eventCount; e++) rows.data[e * width + c] = columns[c]![rows.firstEvent + e]!;
    }
    use(rows);
  }
  return options.values === 'checked' ? problems : [];
}
