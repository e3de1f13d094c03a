import { type ExportFormat, exportRegistry } from '../../exports/index.ts';
import { didYouMean, nearestName, type Problem, problem, type Reading } from '../../problems/index.ts';

/** The formats of a list such as `xlsx,parquet`, each once; everything that is not one, at once. */
export function namedFormats(list: string): Reading<readonly ExportFormat[]> {
  const names = [...new Set(list.split(',').map((name) => name.trim().toLowerCase()))].filter((name) => name !== '');
  const known = [...exportRegistry.keys()];
  const problems = names.filter((name) => !exportRegistry.has(name)).map((name) => unknown(name, known));
  if (names.length === 0) problems.push(unknown(list.trim(), known));
  if (problems.length > 0) return { value: undefined, problems };
  return { value: names.flatMap((name) => exportRegistry.get(name) ?? []), problems: [] };
}

function unknown(name: string, known: readonly string[]): Problem {
  const nearest = nearestName(name, known);
  const hint =
    nearest === undefined ? `known: ${known.join(', ')}` : `${didYouMean(nearest)} known: ${known.join(', ')}`;
  return problem('error', 'output.unknown-format', `there is no export format "${name}"`, {}, hint);
}
