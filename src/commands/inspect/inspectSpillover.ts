import { matchSpillover, type Spillover, spilloverFromText } from '../../compensation/index.ts';
import type { Outcome } from '../../pipeline/index.ts';
import { hasErrors, type Problem } from '../../problems/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { decodeText, shownPath } from '../../tables/index.ts';
import type { InspectedTube } from './inspectTube.ts';
import { leftoverText } from './leftoverText.ts';

/**
 * What the matrix of each tube, or one that is named, leaves between its dyes.
 * @param matrixPath table of a matrix; undefined: each file's own
 */
export function inspectSpillover(tubes: readonly InspectedTube[], matrixPath: string | undefined): Outcome {
  const problems: Problem[] = [];
  const written = matrixPath === undefined ? undefined : readMatrix(matrixPath, problems);
  if (hasErrors(problems)) return { exit: 2, problems, text: '', closing: '' };
  problems.push(...tubes.flatMap((tube) => tube.problems));
  const texts = tubes.map((tube) => {
    const { file, displayPath } = tube;
    if (written === undefined || file === undefined) return leftoverText(tube, undefined);
    const matched = matchSpillover(written, file.parameters, { file: displayPath });
    problems.push(...matched.problems);
    return matched.value
      ? leftoverText(tube, matched.value)
      : `${displayPath}: the matrix does not go with this file\n`;
  });
  const isWhole = tubes.every(({ file }) => file !== undefined) && !hasErrors(problems);
  return { exit: isWhole ? 0 : 3, problems, text: texts.join('\n'), closing: '' };
}

function readMatrix(path: string, problems: Problem[]): Spillover | undefined {
  const name = shownPath(path);
  const bytes = readFileOrSay(path, name, { file: name }, problems);
  if (bytes === undefined) return undefined;
  const read = spilloverFromText(decodeText(bytes).text, { file: name }, 'warned');
  problems.push(...read.problems);
  return read.value;
}
