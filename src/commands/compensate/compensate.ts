import { basename } from 'node:path';
import { cellDifferences } from '../../compensation/index.ts';
import { type Outcome, outFolder, refused, warningsOf } from '../../pipeline/index.ts';
import { andMore, counted, hasErrors, type Problem, problem } from '../../problems/index.ts';
import { shownPath } from '../../tables/index.ts';
import { type Compared, readCompared } from './comparedMatrix.ts';
import { compensateText } from './compensateText.ts';
import { controlSheet } from './controlSheet.ts';
import { type MeasuredSheet, measureSheet } from './measureSheet.ts';
import { refusedCompensationFolder, writeCompensation } from './writeCompensation.ts';

export interface CompensateOptions {
  /** Sheet of controls. */
  readonly controls: string;
  /** An FCS file or the table of a matrix to compare with; undefined: the matrix that the controls carry. */
  readonly against: string | undefined;
  readonly out: string | undefined;
}

/** A difference of two percent of a dye's light shows in most panels; less is the error of a control. */
const TOLD = 0.02;

/**
 * A spillover matrix from single stains: written as a table that templates take, with every coefficient beside that of
 * the files' own matrix, and what is doubtful of each control. An error in one control leaves no matrix.
 */
export function compensate(options: CompensateOptions): Outcome {
  const out = outFolder(options.out, 'compensate');
  const refusal = refusedCompensationFolder(out);
  const shown = shownPath(options.controls);
  const sheet = controlSheet(options.controls, shown);
  const problems = [...(refusal ? [refusal] : []), ...sheet.problems];
  const against = options.against === undefined ? undefined : readCompared(options.against, problems);
  if (sheet.value === undefined || hasErrors(problems)) return refused(problems);
  const { value: measured, problems: found } = measureSheet(sheet.value, basename(shown));
  problems.push(...found);
  if (measured === undefined) return refused(problems);
  const compared = against ?? measured.carried;
  problems.push(...(compared === undefined ? [] : comparedProblems(measured, compared)));
  if (hasErrors(problems)) return refused(problems);
  writeCompensation(out, measured, compared);
  return {
    exit: 0,
    problems,
    text: compensateText(measured, compared),
    closing: `cytopair: matrix of ${counted(measured.controls.length, 'control')}, ${warningsOf(problems)} -> ${out.shown}`,
  };
}

function comparedProblems({ spillover }: MeasuredSheet, { name, spillover: other }: Compared): Problem[] {
  const where = { file: name };
  const found: Problem[] = [];
  const missing = other.channels.filter((channel) => !spillover.channels.includes(channel));
  if (missing.length > 0) {
    const message = `${andMore(
      missing.map((channel) => `"${channel}"`),
      6,
    )}: no control among those of the sheet`;
    found.push(problem('note', 'compensation.control-missing', message, where));
  }
  const cells = cellDifferences(spillover, other).filter(({ measured, other: theirs }) => {
    return Math.abs(measured - theirs) > TOLD;
  });
  if (cells.length > 0) {
    const most = cells.reduce((a, b) => (Math.abs(b.measured - b.other) > Math.abs(a.measured - a.other) ? b : a));
    const message =
      `${counted(cells.length, 'coefficient')} of ${spillover.channels.length * (spillover.channels.length - 1)} ` +
      `differ by more than ${100 * TOLD} %, most "${most.dye}" into "${most.detector}": measured ` +
      `${percent(most.measured)}, there ${percent(most.other)}`;
    found.push(problem('warning', 'compensation.matrix-differs', message, where));
  }
  return found;
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
