import { detectCompensated, type Evidence } from '../compensation/index.ts';
import { type EventsSurvey, type FcsReadingOptions, openFile, surveyEvents } from '../fcs/index.ts';
import { judgeScale, type ScaleVerdict, scaleProblem } from '../likeness/index.ts';
import type { Problem } from '../problems/index.ts';
import { valuesShape } from '../tube/index.ts';
import { type TubeText, tubeText } from './tubeText.ts';

/** Whether values still hold their spillover, and how that is known. */
export interface CompensationVerdict {
  /** raw: a matrix is there to be applied; contradiction: a person must decide; display_scale: spillover is not seen. */
  readonly state: 'raw' | 'compensated' | 'contradiction' | 'no_matrix' | 'unusable_matrix' | 'display_scale';
  readonly says: string;
}

/** A tube read to the end: what its TEXT says, and what its events show. */
export interface InspectedTube extends TubeText {
  /** undefined where the file cannot be read. */
  readonly events: EventsSurvey | undefined;
  readonly compensation: CompensationVerdict | undefined;
  /** Whether the stored values are linear. */
  readonly values: ScaleVerdict | undefined;
}

/** Reads a file once from begin to end; memory is bounded whatever its size. */
export function inspectTube(path: string, displayPath: string, reading: FcsReadingOptions): InspectedTube {
  const text = tubeText(path, displayPath, reading);
  const { file } = text;
  if (file === undefined) return { ...text, events: undefined, compensation: undefined, values: undefined };
  const source = openFile(path, displayPath);
  try {
    const events = surveyEvents(source, file);
    const values = judgeScale(file.parameters.flatMap((one, i) => valuesShape(one, events.sample[i]!) ?? []));
    const onScale = scaleProblem(values, { file: displayPath });
    const seen = compensationOf(text, events);
    // What coordinates show of spillover is no sign that it is still there.
    const compensation = values.verdict === 'display' && seen.state !== 'compensated' ? notToBeTold : seen;
    const problems = [...text.problems, ...events.problems, ...compensation.problems, ...(onScale ? [onScale] : [])];
    return { ...text, problems, events, compensation, values };
  } finally {
    source.close();
  }
}

const notToBeTold = {
  state: 'display_scale',
  says: 'values of a display scale do not show their spillover; they were nearly always compensated before',
  problems: [],
} as const;

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
