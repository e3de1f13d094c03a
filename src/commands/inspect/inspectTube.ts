import {
  detectCompensated,
  type Evidence,
  judgePairs,
  misfitWords,
  pairSlopes,
  signsOf,
} from '../../compensation/index.ts';
import { type EventsSurvey, type FcsReadingOptions, openFile, surveyEvents } from '../../fcs/index.ts';
import { judgeScale, type ScaleVerdict, scaleProblem } from '../../likeness/index.ts';
import { type Problem, problem } from '../../problems/index.ts';
import { sortedFinite } from '../../statistics/index.ts';
import { onDisk } from '../../tables/index.ts';
import { valuesShape } from '../../tube/index.ts';
import { type TubeText, tubeText } from './tubeText.ts';

/** Whether values still hold their spillover, and how that is known. */
export interface CompensationVerdict {
  /**
   * raw: a matrix is there to be applied; undecided: the values tell nothing, and it is applied; contradiction: a person
   * must decide; misfit: the values do not go with it; display_scale: spillover is not seen.
   */
  readonly state:
    | 'raw'
    | 'undecided'
    | 'compensated'
    | 'contradiction'
    | 'misfit'
    | 'no_matrix'
    | 'unusable_matrix'
    | 'display_scale';
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
export function inspectTube(written: string, displayPath: string, reading: FcsReadingOptions): InspectedTube {
  const { path } = onDisk(written);
  const text = tubeText(path, displayPath, reading);
  const { file } = text;
  if (file === undefined) return { ...text, events: undefined, compensation: undefined, values: undefined };
  const source = openFile(path, displayPath);
  try {
    const events = surveyEvents(source, file);
    const values = judgeScale(
      file.parameters.flatMap((one, i) => valuesShape(one, sortedFinite(events.sample[i]!)) ?? []),
    );
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
  const indices = spillover?.channels.map((name) => parameters.findIndex((one) => one.name === name)) ?? [];
  const columns = indices.flatMap((index) => sample[index] ?? []);
  const values =
    spillover && columns.length === indices.length ? judgePairs(spillover, pairSlopes(spillover, columns)) : undefined;
  const matrix = spillover ? 'matrix' : isIdentity ? 'identity' : 'none';
  const found = detectCompensated(signsOf({ parameters, keywords, matrix }), values);
  const signs = found.evidence.map(({ says }) => says).join('; ');
  const where = { file: displayPath };
  if (found.verdict === 'contradiction') {
    return {
      state: 'contradiction',
      says: signs,
      problems: [problem('error', 'compensation.contradiction', signs, where)],
    };
  }
  if (found.verdict === 'compensated') {
    return {
      state: 'compensated',
      says: signs,
      problems: [problem('warning', 'fcs.already-compensated', signs, where)],
    };
  }
  const [lonely] = found.evidence.filter(({ kind }) => kind !== 'keywords' && kind !== 'values');
  const doubts = lonely ? [problem('warning', 'compensation.perhaps-compensated', lonely.says, where)] : [];
  if (spillover === null) {
    const says = isIdentity ? 'the matrix is the identity: nothing to apply' : 'the file holds no spillover matrix';
    return { state: 'no_matrix', says, problems: doubts };
  }
  if (found.misfit !== 'none') {
    const says = misfitWords[found.misfit];
    const code = found.misfit === 'badly' ? 'compensation.matrix-fits-badly' : 'compensation.spillover-transposed';
    return { state: 'misfit', says, problems: [...doubts, problem('warning', code, says, where)] };
  }
  const state = found.verdict === 'undecided' ? 'undecided' : 'raw';
  return { state, says: rawWords(found.evidence, spillover.source), problems: doubts };
}

function rawWords(evidence: readonly Evidence[], source: string): string {
  const seen = evidence.find(({ kind, points }) => kind === 'values' && points === 'raw');
  return seen === undefined ? `${source} is to be applied; the values alone do not show whether it was` : seen.says;
}
