// In: the bytes of an FCS file, 2.0 to 3.2, sound or not. Out: its keywords, parameters and columns of values, with a
// problem for every departure from the standard and the rule that was used; or the bytes of a new file, also without persons.
// Never: compensates, clamps, scales, resolves markers, or chooses between two readings without evidence.
export { type ByteSource, type OpenSource, openFile } from './byteSource.ts';
export { deidentifiedHead } from './deidentify/deidentifiedHead.ts';
export { pseudonymousName, subjectPseudonyms } from './deidentify/subjectPseudonyms.ts';
export { writeDeidentified } from './deidentify/writeDeidentified.ts';
export type { FcsFile, FcsParameter, FcsReadingOptions } from './fcsFile.ts';
export { inGatingMlUnits } from './gatingMlUnits.ts';
export { readColumns } from './readColumns.ts';
export { readFcs } from './readFcs.ts';
export { type FcsContents, readFcsFile } from './readFcsFile.ts';
export { type EventRows, readRows } from './readRows.ts';
export { readEventRange, readSample } from './readSample.ts';
export { sha256Of } from './sha256Of.ts';
export { type EventsSurvey, surveyEvents } from './surveyEvents.ts';
export { writeEvents } from './writeEvents.ts';
export { acquisitionDate } from './writtenDate.ts';
