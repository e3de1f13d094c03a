import { type Problem, problem, type Reading, type Where } from '../problems/index.ts';
import { readYaml, schemaProblems } from '../tables/index.ts';
import { Patch } from './patch.ts';

/** A patch with its place in the file. */
export interface WrittenPatch {
  readonly patch: Patch;
  readonly where: Where;
}

/**
 * Reads overrides.yaml: a list of patches. Everything that is wrong is found; value is undefined where anything is.
 * An empty file holds no patch.
 * @param file its name in messages
 */
export function readOverrides(text: string, file = 'overrides.yaml'): Reading<readonly WrittenPatch[]> {
  const read = readYaml(text, file, 'input');
  const source = read.value;
  if (source === undefined) return { value: undefined, problems: read.problems };
  if (source.value === null || source.value === undefined) return { value: [], problems: read.problems };
  if (!Array.isArray(source.value)) {
    const message = 'a list of patches is expected, one below the other, each beginning with "- "';
    return { value: undefined, problems: [problem('error', 'review.not-patches', message, source.at([]))] };
  }
  const problems: Problem[] = [...read.problems];
  const patches = source.value.flatMap((item: unknown, index): WrittenPatch[] => {
    const parsed = Patch.safeParse(item);
    if (parsed.success) return [{ patch: parsed.data, where: placeOf(source.at([index])) }];
    problems.push(...schemaProblems({ error: parsed.error, schema: Patch, source, base: [index] }));
    return [];
  });
  return { value: problems.some((one) => one.severity === 'error') ? undefined : patches, problems };
}

function placeOf({ file, line, column }: { file: string; line: number; column: number }): Where {
  return { file, line, column };
}
