import { resolve } from 'node:path';
import { type Outcome, refused, type StudyAnswer, studyInMemory, warningsOf } from '../../pipeline/index.ts';
import { placementRegistry } from '../../placement/index.ts';
import { counted, hasErrors, type Problem, problem } from '../../problems/index.ts';
import { readTemplateFile } from '../../study/index.ts';
import { jsonText, shownPath } from '../../tables/index.ts';
import { diffTemplates, type TemplateChange } from '../../template/index.ts';
import { type ConclusionChange, type CountChange, conclusionChanges, countChanges } from './compareAnswers.ts';
import { changesText, conclusionsText, countsText } from './diffText.ts';

export interface DiffOptions {
  /** A study whose tubes are counted by both; undefined: the templates alone. */
  readonly study: string | undefined;
  readonly threads: number | undefined;
  readonly json: boolean;
}

/**
 * In what the second of two templates does otherwise, in words; with a study also what that does to its counts and
 * conclusions.
 * @returns exit 1 where they differ, as `diff` has it
 */
export async function diff(first: string, second: string, options: DiffOptions): Promise<Outcome> {
  const read = [first, second].map((path) => readTemplateFile(path, placementRegistry));
  const problems: Problem[] = read.flatMap((one) => one.problems);
  const [a, b] = read.map((one) => one.value?.template);
  if (a === undefined || b === undefined || hasErrors(problems)) return refused(problems);
  const changes = diffTemplates(a, b, placementRegistry);
  const names: readonly [string, string] = [shown(first), shown(second)];
  const inStudy =
    options.study === undefined ? undefined : await ofStudy(options.study, [first, second], options.threads);
  problems.push(...(inStudy?.problems ?? []));
  if (inStudy !== undefined && inStudy.value === undefined) return refused(problems);
  const counts = inStudy?.value?.counts;
  const conclusions = inStudy?.value?.conclusions;
  const text = options.json
    ? jsonText(machineForm(names, changes, inStudy?.value))
    : [changesText(names, changes, b), counts && countsText(counts), conclusions && conclusionsText(conclusions)]
        .filter((part) => part !== undefined)
        .join('\n');
  const closing = `cytopair: ${counted(changes.length, 'difference')}, ${warningsOf(problems)}`;
  return { exit: changes.length === 0 ? 0 : 1, problems, text, closing };
}

function shown(path: string): string {
  return path.startsWith('shipped:') ? path : shownPath(path);
}

interface InStudy {
  readonly counts: readonly CountChange[];
  readonly conclusions: readonly ConclusionChange[];
}

async function ofStudy(study: string, paths: readonly [string, string], threads: number | undefined) {
  const problems: Problem[] = [];
  const answers: StudyAnswer[] = [];
  for (const path of paths) {
    const replaced = { count: 0 };
    const templateOf = (written: string, panels: number): string => {
      const isMeant = panels === 1 || paths.some((one) => baseOf(one) === baseOf(written));
      if (!isMeant) return written;
      replaced.count += 1;
      return path.startsWith('shipped:') ? path : resolve(path);
    };
    const options = threads === undefined ? { templateOf } : { templateOf, threads };
    const { value, problems: found } = await studyInMemory(study, options);
    problems.push(...found.filter((one) => !problems.some((other) => isSame(one, other))));
    if (replaced.count === 0 && value !== undefined) {
      const message = `none of the templates of the study is called "${baseOf(paths[0])}" or "${baseOf(paths[1])}"`;
      problems.push(problem('error', 'study.unknown-name', message, { file: shownPath(study) }));
    }
    if (value === undefined || hasStudyError(problems)) return { value: undefined, problems };
    answers.push(value);
  }
  const [one, other] = answers as [StudyAnswer, StudyAnswer];
  const value: InStudy = {
    counts: countChanges(one.frequencies, other.frequencies),
    conclusions: conclusionChanges(one.comparisons, other.comparisons),
  };
  return { value, problems };
}

function hasStudyError(problems: readonly Problem[]): boolean {
  return problems.some(({ severity, code }) => severity === 'error' && code === 'study.unknown-name');
}

function isSame(a: Problem, b: Problem): boolean {
  return a.code === b.code && a.message === b.message && JSON.stringify(a.where) === JSON.stringify(b.where);
}

/** `shipped:lineages`, `templates/lineages.yaml` -> `lineages`. */
function baseOf(path: string): string {
  const name =
    path
      .replace(/^shipped:/, '')
      .split(/[/\\]/)
      .at(-1) ?? path;
  return name.replace(/\.ya?ml$/i, '');
}

function machineForm(
  names: readonly [string, string],
  changes: readonly TemplateChange[],
  inStudy: InStudy | undefined,
) {
  return {
    first: names[0],
    second: names[1],
    changes: changes.map(({ kind, name, says, reaches }) => ({ kind, name, says, reaches })),
    counts: inStudy?.counts ?? null,
    conclusions: inStudy?.conclusions ?? null,
  };
}
