import { basename } from 'node:path';
import { type Outcome, refused, warningsOf } from '../../pipeline/index.ts';
import { counted, hasErrors, type Problem } from '../../problems/index.ts';
import { compareReviewers, type Patch, type ReviewAgreement, readOverrides } from '../../review/index.ts';
import { readFileOrSay } from '../../study/index.ts';
import { decodeText, jsonText } from '../../tables/index.ts';

/** How two reviewers agree: their overrides.yaml, gate by gate of the tubes that both looked at. */
export function agreeReviewers(first: string, second: string, { json }: { readonly json: boolean }): Outcome {
  const problems: Problem[] = [];
  const [mine, theirs] = [readPatches(first, problems), readPatches(second, problems)];
  if (mine === undefined || theirs === undefined || hasErrors(problems)) return refused(problems);
  const found = compareReviewers(mine, theirs);
  const names = { first: basename(first), second: basename(second) };
  return {
    exit: 0,
    problems,
    text: json ? jsonText({ format: 'cytopair/reviewers/1', ...names, ...found }) : agreementText(names, found),
    closing: `cytopair: ${counted(found.both, 'gate')} that both looked at, ${warningsOf(problems)}`,
  };
}

function readPatches(path: string, problems: Problem[]): readonly Patch[] | undefined {
  const file = basename(path);
  const bytes = readFileOrSay(path, file, { file }, problems);
  if (bytes === undefined) return undefined;
  const read = readOverrides(decodeText(bytes).text, file);
  problems.push(...read.problems);
  return read.value?.map(({ patch }) => patch);
}

function agreementText(names: { first: string; second: string }, found: ReviewAgreement): string {
  const { both, onlyFirst, onlySecond, bothAccepted, bothChanged, firstChanged, secondChanged } = found;
  const by = ({ first, second } = found.authors) => `${first.join(', ')} and ${second.join(', ')}`;
  const lines = [
    `${names.first} against ${names.second}, by ${by()}`,
    `  both looked at ${counted(both, 'gate')}; only the first at ${onlyFirst}, only the second at ${onlySecond}`,
    `  both accepted ${bothAccepted}, both changed ${bothChanged}, only the first changed ${firstChanged}, only the second ${secondChanged}`,
    `  Cohen's kappa of changed or not: ${found.kappa === null ? 'none, one of them decided all gates alike' : found.kappa.toFixed(2)}`,
    ...(found.medianDifference === null
      ? []
      : [
          `  ${counted(found.handles.length, 'edge')} moved by one or both: median distance ${found.medianDifference.toFixed(2)} u`,
        ]),
    ...(found.differing.length === 0 ? ['  no gate on which they differ by more than 0.1 u'] : ['  they differ on']),
    ...found.differing.map((one) => `    ${one.tube} ${one.population}: ${one.first} | ${one.second}`),
  ];
  return `${lines.join('\n')}\n`;
}
