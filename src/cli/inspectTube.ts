import { detectCompensated, type Evidence } from '../compensation/index.ts';
import { type EventsSurvey, type FcsReadingOptions, openFile, surveyEvents } from '../fcs/index.ts';
import type { Problem } from '../problems/index.ts';
import { onDisk } from '../tables/index.ts';
import { type TubeText, tubeText } from './tubeText.ts';

/** Whether values still hold their spillover, and how that is known. */
export interface CompensationVerdict {
  /** raw: a matrix is there to be applied; contradiction: a person must decide. */
  readonly state: 'raw' | 'compensated' | 'contradiction' | 'no_matrix' | 'unusable_matrix';
  readonly says: string;
}

/** A tube read to the end: what its TEXT says, and what its events show. */
export interface InspectedTube extends TubeText {
  /** undefined where the file cannot be read. */
  readonly events: EventsSurvey | undefined;
  readonly compensation: CompensationVerdict | undefined;
}

/** Reads a file once from begin to end; memory is bounded whatever its size. */
export function inspectTube(written: string, displayPath: string, reading: FcsReadingOptions): InspectedTube {
  const { path } = onDisk(written);
  const text = tubeText(path, displayPath, reading);
  const { file } = text;
  if (file === undefined) return { ...text, events: undefined, compensation: undefined };
  const source = openFile(path, displayPath);
  try {
    const events = surveyEvents(source, file);
    const compensation = compensationOf(text, events);
    const problems = [...text.problems, ...events.problems, ...compensation.problems];
    return { ...text, problems, events, compensation };
  } finally {
    source.close();
  }
}

function compensationOf(
  { displayPath, file, spillover, problems }: TubeText,
  { sample }: EventsSurvey,
): CompensationVerdict & { readonly problems: readonly Problem[] } {
  if (file === undefined || spillover === undefined) {
    return { state: 'unusable_matrix', says: 'there is a spillover matrix that cannot be used', problems: [] };
  }
  const { parameters, keywords } = file;
  const isIdentity = problems.some(({ code }) => code === 'compensation.spillover-identity');
  const none = isIdentity ? 'identity' : 'none';
  const columns = spillover?.channels.map((name) => sample[parameters.findIndex((one) => one.name === name)]);
  const isKnown = columns?.every((column) => column !== undefined);
  const found = detectCompensated(
    { parameters, keywords, matrix: spillover ?? none, ...(isKnown ? { columns: columns as Float64Array[] } : {}) },
    { file: displayPath },
  );
  const signs = found.evidence.map(({ says }) => says).join('; ');
  if (found.verdict !== 'raw') return { state: found.verdict, says: signs, problems: found.problems };
  if (spillover === null) {
    const says = isIdentity ? 'the matrix is the identity: nothing to apply' : 'the file holds no spillover matrix';
    return { state: 'no_matrix', says, problems: found.problems };
  }
  return { state: 'raw', says: rawWords(found.evidence, spillover.source), problems: found.problems };
}

function rawWords(evidence: readonly Evidence[], source: string): string {
  const seen = evidence.find(({ kind, points }) => kind === 'values' && points === 'raw');
  return seen === undefined ? `${source} is to be applied; the values alone do not show whether it was` : seen.says;
}
