import type { CountedPopulation, CountsTable } from '../../frequencies/index.ts';
import { andMore, byText, didYouMean, nearestName, type Problem, problem, type Reading } from '../../problems/index.ts';
import { type Agreement, type AgreementPair, agreement } from '../../statistics/index.ts';
import type { NameMap } from '../../study/index.ts';
import { resolveReference } from '../../template/index.ts';

/** One population and measure, counted by both. */
export interface Compared {
  /** Full path, as our table has it. */
  readonly population: string;
  /** pct_parent, pct_of_<denominator>, cells_per_ul or count. */
  readonly measure: string;
  /** By sample_id, ascending. */
  readonly pairs: readonly (AgreementPair & { readonly sampleId: string })[];
  readonly agreement: Agreement;
}

export interface CompareRequest {
  /** How the two tables are called in messages. */
  readonly names: { readonly auto: string; readonly manual: string };
  readonly map: NameMap;
}

/**
 * Joins two tables by tube and population and compares every measure that both have; events only where no other measure
 * is common, since they depend on how many were acquired and gated before. What has no partner is said, never guessed.
 */
export function compareCounts(auto: CountsTable, manual: CountsTable, request: CompareRequest): Reading<Compared[]> {
  const problems: Problem[] = [];
  const { names } = request;
  const ours = new Map(auto.rows.map((row) => [keyOf(row.sampleId, row.population), row]));
  const paths = [...new Set(auto.rows.map((row) => row.population))];
  const pathOf = joinPopulations(paths, manual, request, problems);
  problems.push(...unmatchedTubes(auto, manual, names));
  const common = manual.measures.filter((measure) => auto.measures.includes(measure));
  const measures = common.length > 1 ? common.filter((measure) => measure !== 'count') : common;
  const results = paths.flatMap((population) =>
    measures.flatMap((measure): Compared[] => {
      const pairs = manual.rows.flatMap((theirs) => {
        if (pathOf.get(theirs.population) !== population) return [];
        return pairOf(ours.get(keyOf(theirs.sampleId, population)), theirs, measure);
      });
      pairs.sort((a, b) => byText(a.sampleId, b.sampleId));
      const found = agreement(pairs);
      return found ? [{ population, measure, pairs, agreement: found }] : [];
    }),
  );
  problems.push(...unknownSubjects(results, names.auto));
  if (results.length === 0) {
    const message = `"${names.manual}" and "${names.auto}" have no tube and population with the same measure in common`;
    problems.push(problem('error', 'input.nothing-common', message, { file: names.manual }));
  }
  return { value: results, problems };
}

function keyOf(sampleId: string, population: string): string {
  return JSON.stringify([sampleId, population]);
}

function pairOf(
  ours: CountedPopulation | undefined,
  theirs: CountedPopulation,
  measure: string,
): (AgreementPair & { sampleId: string })[] {
  const [auto, manual] = [ours?.values.get(measure), theirs.values.get(measure)];
  if (ours === undefined || auto === undefined || manual === undefined) return [];
  const subject = ours.subject || theirs.subject || ours.sampleId;
  return [{ subject, sampleId: ours.sampleId, auto, manual }];
}

/** Their name -> our full path, through the map or as any unique suffix of whole names. */
function joinPopulations(
  paths: readonly string[],
  manual: CountsTable,
  { map, names }: CompareRequest,
  problems: Problem[],
): Map<string, string> {
  const joined = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const { population: theirs, line } of manual.rows) {
    if (joined.has(theirs) || theirs === '') continue;
    const mapped = map.get(theirs);
    const where = mapped ? mapped.source.at(mapped.path) : { file: names.manual, line };
    const found = resolveReference(mapped?.value ?? theirs, paths);
    joined.set(theirs, found.kind === 'one' ? found.path : '');
    if (found.kind === 'one') {
      const other = taken.get(found.path);
      taken.set(found.path, theirs);
      if (other === undefined) continue;
      const message = `"${theirs}" and "${other}" are both "${found.path}"`;
      problems.push(problem('error', 'input.duplicate-row', message, where));
      continue;
    }
    const hint = didYouMean(found.kind === 'none' ? found.nearest : undefined);
    const message =
      found.kind === 'many'
        ? `population "${mapped?.value ?? theirs}" is ambiguous: ${found.matches.map((path) => `"${path}"`).join(', ')}`
        : `population "${mapped?.value ?? theirs}" is not in "${names.auto}"`;
    // A name in the map was meant to be found; one of the laboratory's own gates need not have a partner.
    problems.push(problem(mapped ? 'error' : 'warning', 'input.unmatched-population', message, where, hint));
  }
  for (const [theirs, part] of map) {
    if (joined.has(theirs)) continue;
    const message = `"${theirs}" of the map is no population of "${names.manual}"`;
    const hint = didYouMean(nearestName(theirs, [...joined.keys()]));
    problems.push(problem('warning', 'input.unmatched-population', message, part.source.at(part.path, 'key'), hint));
  }
  return joined;
}

function unmatchedTubes(auto: CountsTable, manual: CountsTable, names: CompareRequest['names']): Problem[] {
  const tubes = (table: CountsTable) => new Set(table.rows.map((row) => row.sampleId));
  const only = (one: CountsTable, other: CountsTable, here: string, there: string) => {
    const others = tubes(other);
    const alone = [...tubes(one)].filter((sampleId) => sampleId !== '' && !others.has(sampleId)).sort();
    if (alone.length === 0) return [];
    const [first = ''] = alone;
    const shown = andMore(
      alone.map((sampleId) => `"${sampleId}"`),
      8,
    );
    const message = `${alone.length === 1 ? 'tube' : 'tubes'} only in "${here}", not in "${there}": ${shown}`;
    const hint = didYouMean(nearestName(first, [...others]));
    return [problem('warning', 'input.unmatched-tube', message, { file: here }, hint)];
  };
  return [...only(manual, auto, names.manual, names.auto), ...only(auto, manual, names.auto, names.manual)];
}

function unknownSubjects(results: readonly Compared[], file: string): Problem[] {
  const isUnknown = results.some(({ pairs }) => pairs.some(({ subject, sampleId }) => subject === sampleId));
  if (!isUnknown) return [];
  const message = 'no column "subject": every tube is taken for a subject of its own, and tubes for independent';
  const hint = 'add the column where subjects have several tubes';
  return [problem('note', 'input.missing-column', message, { file }, hint)];
}
